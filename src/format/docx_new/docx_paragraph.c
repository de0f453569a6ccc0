/* docx_paragraph: a paragraph of a new DOCX with its runs, links, pictures and note references, and
 * the paragraphs of an official document that look like no other: its red head and its 版记. */
#include "base/unicode.h"
#include "base/utf8.h"
#include "format/docx_new/docx_body.h"
#include "format/inline.h"
#include "format/text/html.h"

#include <stdlib.h>

/* ---- Runs (17.3.2) --------------------------------------------------------------------------- */

/* How a run looks beyond its paragraph. */
typedef struct run_look {
    unsigned lead; /* level of the run-in heading it belongs to; 0: none */
    bool bold;
    bool link;
    bool chinese; /* the paragraph is Chinese */
} run_look;

static bool has_han(str s) {
    for (size_t at = 0; at < s.n;)
        if (is_han(utf8_next(s, &at))) return true;
    return false;
}

/* Quotes, dashes, dots, arrows, circled numbers: Word takes them from the Latin font unless told
 * that they are East Asian (17.3.2.26, hint). */
static bool has_shared_marks(str s) {
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c < 0xA1) continue;
        if (c <= 0xBF || c == 0xD7 || c == 0xF7 || (c >= 0x2010 && c < 0x2C00)) return true;
    }
    return false;
}

static void write_run_properties(str text, const run_look *look, out *to) {
    bool hint = look->chinese && has_shared_marks(text);
    if (!hint && !look->lead && !look->bold && !look->link) return;
    out_text(to, "<w:rPr>");
    if (look->link)
        out_text(to, "<w:rStyle w:val=\"Hyperlink\"/>");
    else if (look->lead)
        out_printf(to, "<w:rStyle w:val=\"RunInHeading%u\"/>", look->lead);
    if (hint) out_text(to, "<w:rFonts w:hint=\"eastAsia\"/>");
    if (look->bold) out_text(to, "<w:b/><w:bCs/>");
    out_text(to, "</w:rPr>");
}

static void write_text(str text, out *to) {
    if (!text.n) return;
    bool keep = text.p[0] == ' ' || text.p[text.n - 1] == ' ';
    out_text(to, keep ? "<w:t xml:space=\"preserve\">" : "<w:t>");
    out_xml(to, text);
    out_text(to, "</w:t>");
}

static void write_run(str text, const run_look *look, out *to) {
    if (!text.n) return;
    out_text(to, "<w:r>");
    write_run_properties(text, look, to);
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\t' && text.p[i] != '\n') continue;
        write_text(str_cut(text, from, i), to);
        out_text(to, text.p[i] == '\t' ? "<w:tab/>" : "<w:br/>");
        from = i + 1;
    }
    write_text(str_cut(text, from, text.n), to);
    out_text(to, "</w:r>");
}

/* ---- Links (17.16.22) ------------------------------------------------------------------------ */

static void close_link(docx_body *b) {
    if (b->open_link.n) out_text(b->to, "</w:hyperlink>");
    b->open_link = STR("");
}

static void open_link(docx_body *b, str target) {
    if (str_eq(b->open_link, target)) return;
    close_link(b);
    if (!target.n) return;
    b->open_link = target;
    b->links++;
    out_printf(b->to, "<w:hyperlink r:id=\"l%u\">", b->links);
    out_printf(b->relations, "<Relationship Id=\"l%u\" Type=\"", b->links);
    out_text(b->relations,
             "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
             "\" TargetMode=\"External\" Target=\"");
    out_xml(b->relations, target);
    out_text(b->relations, "\"/>");
}

static str link_of(const docx_body *b, const span *s) {
    bool link = b->relations && s && s->flags & SPAN_LINK && link_is_safe(s->value);
    return link && s->value.p[0] != '#' ? s->value : STR("");
}

/* ---- Paragraphs (17.3.1) --------------------------------------------------------------------- */

static int by_id(const void *key, const void *entry) {
    return str_cmp(*(const str *)key, ((const docx_note *)entry)->id);
}

/* 17.11.14. A reference to no note is left out. */
static void write_note_reference(docx_body *b, str id) {
    const docx_note *found = b->notes && b->notes->n ? bsearch(&id, b->notes->list, b->notes->n,
                                                               sizeof *b->notes->list, by_id)
                                                     : NULL;
    if (!found) return;
    out_printf(b->to,
               "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"
               "<w:footnoteReference w:id=\"%u\"/></w:r>",
               found->number);
}

#define PICTURE "http://schemas.openxmlformats.org/drawingml/2006/picture"
#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/main"
#define INLINE  "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

/* Makes a picture no wider than the text and no higher than the page's text. */
static void fit_image(const docx_layout *l, long *width, long *height) {
    enum { EMU_PER_TWIP = 635 };
    double room = (double)(A4_WIDTH - l->left - l->right) * EMU_PER_TWIP;
    double tall = (double)(A4_HEIGHT - l->top - l->bottom) * EMU_PER_TWIP * 0.9;
    double w = *width > 0 ? (double)*width : room / 2, h = *height > 0 ? (double)*height : room / 2;
    double scale = w > room ? room / w : 1;
    if (h * scale > tall) scale = tall / h;
    *width = w * scale < 1 ? 1 : (long)(w * scale);
    *height = h * scale < 1 ? 1 : (long)(h * scale);
}

/* 20.4.2.8: a picture that stands in the line, as wide as it was. */
static void write_image(docx_body *b, const docx_image *image, str description) {
    long width = image->width, height = image->height;
    unsigned number = ++b->images;
    fit_image(b->parts->layout, &width, &height);
    out_printf(b->to,
               "<w:r><w:drawing><wp:inline xmlns:wp=\"" INLINE "\" distT=\"0\" distB=\"0\""
               " distL=\"0\" distR=\"0\"><wp:extent cx=\"%ld\" cy=\"%ld\"/>"
               "<wp:docPr id=\"%u\" name=\"Picture %u\" descr=\"",
               width, height, number, number);
    out_xml(b->to, description);
    out_text(b->to, "\"/><a:graphic xmlns:a=\"" DRAWING "\"><a:graphicData uri=\"" PICTURE
                    "\"><pic:pic xmlns:pic=\"" PICTURE "\"><pic:nvPicPr>");
    out_printf(b->to,
               "<pic:cNvPr id=\"%u\" name=\"Picture %u\"/><pic:cNvPicPr/></pic:nvPicPr>"
               "<pic:blipFill><a:blip r:embed=\"m%u\"/><a:stretch><a:fillRect/></a:stretch>"
               "</pic:blipFill>",
               number, number, image->media + 1);
    out_printf(b->to,
               "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm>"
               "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>",
               width, height);
    out_text(b->to, "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>");
}

static void write_one_run(docx_body *b, const run *r, run_look look, size_t lead) {
    if (r->from && r->from->kind == SPAN_NOTE) {
        open_link(b, STR(""));
        write_note_reference(b, r->from->value);
        return;
    }
    const docx_image *image =
        r->from && b->relations ? docx_image_of(&b->parts->images, r->from) : NULL;
    if (image) {
        close_link(b);
        write_image(b, image, r->from->value);
        return;
    }
    open_link(b, r->text.n ? link_of(b, r->from) : STR(""));
    look.link = b->open_link.n > 0;
    look.bold = r->from && r->from->flags & SPAN_BOLD;
    size_t head = lead > r->at ? lead - r->at : 0;
    if (head) write_run(str_cut(r->text, 0, head), &look, b->to);
    look.lead = 0;
    write_run(str_cut(r->text, head, r->text.n), &look, b->to);
}

static void write_runs(docx_body *b, const block *k) {
    str label = label_shown(k);
    run_look look = {.chinese = has_han(k->text)};
    if (k->role == QW_ROLE_RUNIN) look.lead = k->level == 0 ? 1 : k->level;
    if (look.lead > HEADING_STYLES) look.lead = HEADING_STYLES;
    write_run(label, &look, b->to);
    write_run(str_of(label_gap(label)), &look, b->to);
    runs all;
    runs_begin(&all, k);
    for (run r; runs_next(&all, &r);) {
        run_begin_at(&r, block_hashes(k));
        write_one_run(b, &r, look, look.lead ? k->lead : 0);
    }
    close_link(b);
}

/* ---- The head and the foot of an official document ------------------------------------------- */

/* The issuer's name in one line, as large as it can be. */
static void write_red_head(docx_body *b, str text, unsigned size) {
    out_printf(b->to, "<w:r><w:rPr><w:sz w:val=\"%u\"/><w:szCs w:val=\"%u\"/></w:rPr>", size, size);
    write_text(str_trim(text), b->to);
    out_text(b->to, "</w:r>");
}

/* GB/T 9704-2012, 7.4.3: who printed it on the left, the date on the right. In text, blanks stand
 * between them. */
static void write_imprint(docx_body *b, str text) {
    run_look look = {.chinese = true};
    text = str_trim(text);
    size_t from = 0, to = 0;
    for (size_t at = 0; at < text.n && !(from && to < at);) {
        size_t begin = at;
        while (at < text.n) {
            size_t next = at;
            if (!is_space(utf8_next(text, &next))) break;
            at = next;
        }
        if (at - begin >= 2) from = begin, to = at;
        if (at < text.n) utf8_next(text, &at);
    }
    bool parted = from && to > from && str_ends(text, STR("印发"));
    write_run(str_cut(text, 0, parted ? from : text.n), &look, b->to);
    if (!parted) return;
    write_run(STR("\t"), &look, b->to);
    write_run(str_cut(text, to, text.n), &look, b->to);
}

/* 7.4.1: the 版记 is a table at the end of its page, as wide as the text; rules of 0.35 mm above
 * and below it, of 0.25 mm inside. */
static void open_imprint(docx_body *b) {
    const docx_layout *l = b->parts->layout;
    int width = A4_WIDTH - l->left - l->right, edge = l->looks[STYLE_IMPRINT].size * 10;
    b->in_imprint = true;
    out_text(b->to, "<w:tbl><w:tblPr><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\""
                    " w:vertAnchor=\"margin\" w:horzAnchor=\"margin\" w:tblpXSpec=\"left\""
                    " w:tblpYSpec=\"bottom\"/>");
    out_printf(b->to,
               "<w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>"
               "<w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/>"
               "<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/>"
               "<w:insideH w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"auto\"/>"
               "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
               "<w:left w:w=\"%d\" w:type=\"dxa\"/><w:right w:w=\"%d\" w:type=\"dxa\"/>"
               "</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/></w:tblGrid>",
               width, edge, edge, width);
}

/* A table which floats belongs to the paragraph behind it. */
void docx_imprint_close(docx_body *b) {
    if (!b->in_imprint) return;
    b->in_imprint = false;
    out_text(b->to, "</w:tbl><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\""
                    " w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>");
}

static void write_imprint_row(docx_body *b, uint32_t index, const docx_place *place) {
    const docx_layout *l = b->parts->layout;
    int width = A4_WIDTH - l->left - l->right, edge = place->look.size * 10;
    if (!b->in_imprint) open_imprint(b);
    out_printf(b->to,
               "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr>"
               "<w:pStyle w:val=\"%s\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs>",
               width, docx_style_id(STYLE_IMPRINT), width - 2 * edge);
    if (place->look.first < 0)
        out_printf(b->to, "<w:ind w:left=\"%d\" w:hanging=\"%d\"/>", place->look.left * edge / 100,
                   -place->look.first * edge / 100);
    out_text(b->to, "</w:pPr>");
    write_imprint(b, b->d->blocks[index].text);
    out_text(b->to, "</w:p></w:tc></w:tr>");
}

void docx_paragraph_write(docx_body *b, uint32_t index, bool in_table, bool note_mark) {
    const block *k = &b->d->blocks[index];
    const docx_layout *l = b->parts->layout;
    docx_place place = docx_place_of(l, b->d, index);
    if (place.style == STYLE_IMPRINT && !in_table && !note_mark) {
        write_imprint_row(b, index, &place);
        return;
    }
    docx_imprint_close(b);
    if (in_table && place.style == STYLE_NORMAL) place.style = STYLE_TABLE, place.direct = false;
    out_text(b->to, "<w:p>");
    if (place.style != STYLE_NORMAL || place.direct) {
        out_text(b->to, "<w:pPr>");
        out_printf(b->to, "<w:pStyle w:val=\"%s\"/>", docx_style_id(place.style));
        if (place.direct) docx_look_write(l, &place.look, b->to);
        out_text(b->to, "</w:pPr>");
    }
    if (note_mark)
        out_text(b->to, "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"
                        "<w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>");
    if (place.style == STYLE_RED_HEAD)
        write_red_head(b, k->text, place.look.size);
    else
        write_runs(b, k);
    out_text(b->to, "</w:p>");
}
