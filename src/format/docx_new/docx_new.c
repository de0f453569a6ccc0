#include "format/docx_new/docx_new.h"

#include "base/buf.h"
#include "format/docx_new/docx_body.h"
#include "ooxml/package.h"

enum { MADE_PARTS = 12 }; /* at most, pictures not counted */

/* The parts while they are made, each in a buffer of its own. */
typedef struct making {
    doc *d;
    docx_parts facts;
    docx_notes notes;
    out *stream; /* one after the other, but for the document and its relationships */
    buf bytes[MADE_PARTS];
    new_part *list;
    size_t n;
    bool ok;
} making;

static bool put(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

/* Makes a part of what `write` writes. */
static void make(making *m, const char *name, void (*write)(const docx_parts *p, out *to)) {
    buf *b = &m->bytes[m->n];
    qw_sink sink = {put, b};
    out_begin(m->stream, &sink);
    write(&m->facts, m->stream);
    if (!out_end(m->stream)) m->ok = false;
    m->list[m->n++] = (new_part){name, buf_str(b)};
}

static void write_odd_footer(const docx_parts *p, out *to) {
    docx_footer_write(p, false, to);
}

static void write_even_footer(const docx_parts *p, out *to) {
    docx_footer_write(p, true, to);
}

/* The document and, as its links turn up, its relationships. */
static bool make_document(making *m) {
    buf *text = &m->bytes[m->n], *ties = &m->bytes[m->n + 1];
    qw_sink text_sink = {put, text}, ties_sink = {put, ties};
    out *to = m->stream, *ties_to = arena_alloc(m->d->mem, sizeof *ties_to);
    if (!ties_to) return false;
    out_begin(to, &text_sink);
    out_begin(ties_to, &ties_sink);
    out_text(ties_to, DOCX_PROLOG "<Relationships xmlns=\"http://schemas.openxmlformats.org/"
                                  "package/2006/relationships\">");
    docx_relations_write(&m->facts, ties_to);
    docx_body body = {
        .d = m->d, .parts = &m->facts, .notes = &m->notes, .to = to, .relations = ties_to};
    docx_document_write(&body);
    out_text(ties_to, "</Relationships>");
    bool written = out_end(to);
    if (!out_end(ties_to) || !written) return false;
    m->list[m->n++] = (new_part){"word/document.xml", buf_str(text)};
    m->list[m->n++] = (new_part){"word/_rels/document.xml.rels", buf_str(ties)};
    return true;
}

static bool make_footnotes(making *m) {
    buf *b = &m->bytes[m->n];
    qw_sink sink = {put, b};
    out_begin(m->stream, &sink);
    docx_body body = {.d = m->d, .parts = &m->facts, .to = m->stream};
    docx_footnotes_write(&body);
    if (!out_end(m->stream)) return false;
    m->list[m->n++] = (new_part){"word/footnotes.xml", buf_str(b)};
    return true;
}

static void make_parts(making *m) {
    make(m, "[Content_Types].xml", docx_content_types_write);
    make(m, "_rels/.rels", docx_package_relations_write);
    if (!make_document(m)) m->ok = false;
    if (m->facts.footnotes && !make_footnotes(m)) m->ok = false;
    make(m, "word/styles.xml", docx_styles_write);
    make(m, "word/settings.xml", docx_settings_write);
    make(m, "word/fontTable.xml", docx_fonts_write);
    if (m->facts.layout->page_number != PAGE_NUMBER_NONE)
        make(m, "word/footer1.xml", write_odd_footer);
    if (m->facts.layout->page_number == PAGE_NUMBER_OUTSIDE)
        make(m, "word/footer2.xml", write_even_footer);
    make(m, "docProps/core.xml", docx_core_write);
    make(m, "docProps/app.xml", docx_app_write);
}

static void add_pictures(making *m) {
    const docx_images *images = &m->facts.images;
    for (size_t i = 0; i < images->nmedia; i++)
        m->list[m->n++] = (new_part){images->media[i].name, images->media[i].bytes};
}

/* A line with an address names who gave the file away, not what it is. */
static bool has_address(str s) {
    return str_find(s, STR("www."), 0) != STR_NONE || str_find(s, STR("://"), 0) != STR_NONE;
}

static str title_of(const doc *d) {
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (block_is_text(b) && b->role == QW_ROLE_TITLE)
            return has_address(b->text) ? STR("") : b->text;
    }
    return STR("");
}

static bool write_package(making *m, out *to, qw_error *why) {
    doc *d = m->d;
    if (!docx_notes_find(d, &m->notes)) return fail_memory(why);
    m->facts.footnotes = m->notes.n > 0;
    m->stream = arena_alloc(d->mem, sizeof *m->stream);
    m->list = arena_alloc(d->mem, (MADE_PARTS + m->facts.images.nmedia) * sizeof *m->list);
    if (!m->stream || !m->list) return fail_memory(why);
    make_parts(m);
    add_pictures(m);
    return m->ok ? package_write_new(m->list, m->n, to, why) : fail_memory(why);
}

bool docx_new_write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    const docx_layout *layout = docx_layout_find(d->mem, o->layout, why);
    if (!layout) return false;
    making m = {
        .d = d,
        .facts = {.layout = layout, .title = title_of(d), .language = d->language},
        .ok = true,
    };
    for (size_t i = 0; i < MADE_PARTS; i++) m.bytes[i] = BUF_INIT(SIZE_MAX);
    bool from_docx = str_eq(d->format, STR("docx"));
    package *source = from_docx ? package_open(d->mem, d->source, d->name, &d->limits, why) : NULL;
    bool ok = (source || !from_docx) && docx_images_find(d, source, &m.facts.images, why) &&
              write_package(&m, to, why);
    for (size_t i = 0; i < MADE_PARTS; i++) buf_free(&m.bytes[i]);
    package_close(source);
    return ok;
}
