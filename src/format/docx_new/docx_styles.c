/* docx_styles: word/styles.xml of a new DOCX (ECMA-376 part 1, 17.7). Word knows its own styles by
 * name ("heading 1"), not by id. Every style says all of its indents, since all inherit from
 * Normal, which has that of the text. */
#include "format/docx_new/docx_parts.h"

typedef struct style_name {
    const char *id, *name;
    bool own; /* not one of Word's */
} style_name;

static const style_name names[DOCX_STYLES] = {
    [STYLE_NORMAL] = {"Normal", "Normal", false},
    [STYLE_TITLE] = {"Title", "Title", false},
    [STYLE_SUBTITLE] = {"Subtitle", "Subtitle", false},
    [STYLE_SALUTATION] = {"Salutation", "Salutation", false},
    [STYLE_HEADING] = {"Heading1", "heading 1", false},
    [STYLE_HEADING + 1] = {"Heading2", "heading 2", false},
    [STYLE_HEADING + 2] = {"Heading3", "heading 3", false},
    [STYLE_HEADING + 3] = {"Heading4", "heading 4", false},
    [STYLE_HEADING + 4] = {"Heading5", "heading 5", false},
    [STYLE_HEADING + 5] = {"Heading6", "heading 6", false},
    [STYLE_LIST] = {"ListParagraph", "List Paragraph", false},
    [STYLE_CAPTION] = {"Caption", "caption", false},
    [STYLE_ATTACHMENT] = {"Attachment", "Attachment", true},
    [STYLE_ATTACHMENT_MARK] = {"AttachmentMark", "Attachment Mark", true},
    [STYLE_SIGNATURE] = {"Signature", "Signature", false},
    [STYLE_DATE] = {"Date", "Date", false},
    [STYLE_NOTE] = {"Note", "Note", true},
    [STYLE_TABLE] = {"TableText", "Table Text", true},
    [STYLE_FOOTNOTE] = {"FootnoteText", "footnote text", false},
    [STYLE_FOOTER] = {"Footer", "footer", false},
    [STYLE_RED_HEAD] = {"RedHead", "Red Head", true},
    [STYLE_DOCUMENT_NUMBER] = {"DocumentNumber", "Document Number", true},
    [STYLE_MARKING] = {"Marking", "Marking", true},
    [STYLE_IMPRINT] = {"Imprint", "Imprint", true},
};

const char *docx_style_id(docx_style style) {
    return names[style].id;
}

/* An attribute in hundredths of a character and its fallback in twips. */
static void write_indent(out *to, const char *name, int chars, int size) {
    out_printf(to, " w:%sChars=\"%d\" w:%s=\"%d\"", name, chars, name, chars * size / 10);
}

/* 17.3.1.24: a rule below a paragraph. */
static void write_rule(const docx_look *look, out *to) {
    if (!look->below) return;
    out_printf(to,
               "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"%u\" w:space=\"%u\""
               " w:color=\"FF0000\"/></w:pBdr>",
               look->below, look->below_space);
}

void docx_look_write(const docx_layout *l, const docx_look *look, out *to) {
    static const char *const align[] = {"left", "center", "right", "both"};
    out_printf(to, "<w:keepNext w:val=\"%d\"/>", look->keep_next);
    if (look->new_page) out_text(to, "<w:pageBreakBefore/>");
    out_text(to, "<w:widowControl w:val=\"0\"/>"); /* every page has all its lines */
    write_rule(look, to);
    bool exact = l->exact && !look->single;
    /* On the grid, what is higher than a line would take two. */
    bool on_grid = exact && look->size <= l->looks[STYLE_NORMAL].size;
    out_printf(to, "<w:snapToGrid w:val=\"%d\"/>", on_grid);
    out_printf(to, "<w:spacing w:before=\"%u\" w:after=\"%u\" w:line=\"%u\" w:lineRule=\"%s\"/>",
               look->before, look->after, look->single ? 240 : l->line, exact ? "exact" : "auto");
    out_text(to, "<w:ind");
    write_indent(to, "left", look->left, look->size);
    write_indent(to, "right", look->right, look->size);
    if (look->first < 0)
        write_indent(to, "hanging", -look->first, look->size);
    else
        write_indent(to, "firstLine", look->first, look->size);
    out_printf(to, "/><w:jc w:val=\"%s\"/>", align[look->align]);
}

static void write_font(const docx_typeface *f, out *to) {
    out_text(to, "<w:rFonts w:ascii=\"");
    out_xml(to, f->latin);
    out_text(to, "\" w:hAnsi=\"");
    out_xml(to, f->latin);
    out_text(to, "\" w:eastAsia=\"");
    out_xml(to, f->chinese);
    out_text(to, "\" w:cs=\"");
    out_xml(to, f->latin);
    out_text(to, "\"/>");
}

static void write_bold(bool bold, out *to) {
    out_printf(to, "<w:b w:val=\"%d\"/><w:bCs w:val=\"%d\"/>", bold, bold);
}

static void write_size(unsigned size, out *to) {
    out_printf(to, "<w:sz w:val=\"%u\"/><w:szCs w:val=\"%u\"/>", size, size);
}

/* 17.7.5: what holds where no style says otherwise. */
static void write_defaults(const docx_parts *p, out *to) {
    const docx_look *normal = &p->layout->looks[STYLE_NORMAL];
    bool traditional = str_starts(p->language, STR("zh-Hant"));
    out_text(to, "<w:docDefaults><w:rPrDefault><w:rPr>");
    write_font(&p->layout->fonts[normal->font], to);
    write_size(normal->size, to);
    out_printf(to, "<w:lang w:val=\"en-US\" w:eastAsia=\"%s\"/>", traditional ? "zh-TW" : "zh-CN");
    out_text(to, "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>");
}

static bool is_heading(unsigned style) {
    return style >= STYLE_HEADING && style < STYLE_HEADING + HEADING_STYLES;
}

/* Characters stand so close that a line holds as many as the layout says. A grid of characters
 * (17.6.5) would do it in Word, but others give each character two cells when it is wider than one.
 */
static void write_spacing(const docx_layout *l, out *to) {
    if (!l->line_characters) return;
    int width = (A4_WIDTH - l->left - l->right) / l->line_characters;
    int size = l->looks[STYLE_NORMAL].size * 10;
    out_printf(to, "<w:spacing w:val=\"%d\"/>", width - size);
}

static void write_style(const docx_layout *l, unsigned style, out *to) {
    const docx_look *look = &l->looks[style];
    const style_name *name = &names[style];
    if (!look->size) return;
    out_printf(to, "<w:style w:type=\"paragraph\"%s%s w:styleId=\"%s\"><w:name w:val=\"%s\"/>",
               style == STYLE_NORMAL ? " w:default=\"1\"" : "",
               name->own ? " w:customStyle=\"1\"" : "", name->id, name->name);
    if (style != STYLE_NORMAL) out_text(to, "<w:basedOn w:val=\"Normal\"/>");
    if (is_heading(style) || style == STYLE_TITLE) out_text(to, "<w:next w:val=\"Normal\"/>");
    out_text(to, "<w:qFormat/><w:pPr>");
    docx_look_write(l, look, to);
    if (is_heading(style)) out_printf(to, "<w:outlineLvl w:val=\"%u\"/>", style - STYLE_HEADING);
    out_text(to, "</w:pPr><w:rPr>");
    write_font(&l->fonts[look->font], to);
    write_bold(look->bold, to);
    if (look->red) out_text(to, "<w:color w:val=\"FF0000\"/>");
    if (style == STYLE_NORMAL) write_spacing(l, to);
    if (look->single && l->line_characters) out_text(to, "<w:spacing w:val=\"0\"/>");
    write_size(look->size, to);
    out_text(to, "</w:rPr></w:style>");
}

/* The lead of a run-in heading has the font of a heading of its level and the size of the text. */
static void write_lead_style(const docx_layout *l, unsigned level, out *to) {
    const docx_look *look = &l->looks[STYLE_HEADING + level - 1];
    out_printf(to,
               "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"RunInHeading%u\">"
               "<w:name w:val=\"Run-in Heading %u\"/>"
               "<w:basedOn w:val=\"DefaultParagraphFont\"/><w:qFormat/><w:rPr>",
               level, level);
    write_font(&l->fonts[look->font], to);
    write_bold(look->bold, to);
    out_text(to, "</w:rPr></w:style>");
}

static const char fixed_styles[] =
    "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">"
    "<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/>"
    "</w:style>"
    "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/>"
    "<w:basedOn w:val=\"DefaultParagraphFont\"/>"
    "<w:rPr><w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/></w:rPr></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\">"
    "<w:name w:val=\"footnote reference\"/><w:basedOn w:val=\"DefaultParagraphFont\"/>"
    "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"
    "<w:name w:val=\"Normal Table\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>"
    "<w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/>"
    "</w:tblCellMar></w:tblPr></w:style>"
    "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>"
    "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
    "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
    "<w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
    "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
    "<w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
    "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
    "<w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"
    "</w:tblBorders></w:tblPr></w:style>";

void docx_styles_write(const docx_parts *p, out *to) {
    out_text(to, DOCX_PROLOG "<w:styles" DOCX_NAMESPACES ">");
    write_defaults(p, to);
    for (unsigned s = 0; s < DOCX_STYLES; s++) write_style(p->layout, s, to);
    for (unsigned level = 1; level <= HEADING_STYLES; level++)
        write_lead_style(p->layout, level, to);
    out_text(to, fixed_styles);
    out_text(to, "</w:styles>");
}
