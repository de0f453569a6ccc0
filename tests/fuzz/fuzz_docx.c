/* A document, styles and a numbering part, which is also merged in, with a byte 1 between them, as
 * a Flat OPC package; read with formulas as characters and in linear form, in every view of
 * revisions. Whatever comes of it holds together: text is UTF-8, and spans, blocks and containers
 * lie where they may. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/doc.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static void add_part(buf *b, const char *name, str bytes) {
    buf_printf(b, "<pkg:part pkg:name=\"%s\"><pkg:xmlData>", name);
    buf_add(b, bytes);
    buf_add(b, STR("</pkg:xmlData></pkg:part>"));
}

static void make_package(buf *b, str document, str styles, str numbering) {
    buf_add(b, STR("<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\""
                   " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"));
    add_part(b, "/_rels/.rels",
             STR("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                 "relationships\"><Relationship Id=\"a\" Type=\"" REL
                 "officeDocument\" Target=\"d.xml\"/></Relationships>"));
    add_part(b, "/_rels/d.xml.rels",
             STR("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                 "relationships\"><Relationship Id=\"a\" Type=\"" REL
                 "styles\" Target=\"s.xml\"/><Relationship Id=\"b\" Type=\"" REL
                 "numbering\" Target=\"n.xml\"/><Relationship Id=\"c\" Type=\"" REL
                 "footnotes\" Target=\"s.xml\"/><Relationship Id=\"d\" Type=\"" REL
                 "aFChunk\" Target=\"n.xml\"/></Relationships>"));
    add_part(b, "/d.xml", document);
    if (styles.n) add_part(b, "/s.xml", styles);
    if (numbering.n) add_part(b, "/n.xml", numbering);
    buf_add(b, STR("</pkg:package>"));
}

static void check_span(const doc *d, const block *b, const span *s) {
    size_t n = block_original(b).n;
    must(s->at <= n && s->len <= n - s->at);
    must(s->part < d->nparts);
    size_t bytes = d->parts[s->part].bytes.n;
    must(s->off <= bytes && s->source_len <= bytes - s->off);
    must(utf8_valid_prefix(s->value) == s->value.n);
}

static void check_block(const doc *d, size_t i) {
    const block *b = &d->blocks[i];
    must(utf8_valid_prefix(b->text) == b->text.n);
    must(b->part < d->nparts);
    size_t bytes = d->parts[b->part].bytes.n;
    must(b->off <= bytes && b->len <= bytes - b->off);
    const block_more *more = b->more;
    if (b->kind != BLOCK_PARAGRAPH) must(more && more->end > i && more->end <= d->nblocks);
    if (!more) return;
    must(utf8_valid_prefix(more->label) == more->label.n);
    for (size_t k = 0; k < more->nspans; k++) {
        check_span(d, b, &more->spans[k]);
        if (k > 0) must(more->spans[k].at >= more->spans[k - 1].at + more->spans[k - 1].len);
    }
}

static void read_in(qw_workspace *space, const buf *b, bool linear, int view) {
    qw_error why = {0};
    qw_input input = {.name = "fuzz.xml", .bytes = b->p, .n = b->n};
    qw_read_options options = {
        .format = "docx", .linear_formulas = linear, .revisions = (qw_revisions)view};
    doc *d = qw_read(space, &input, &options, &why);
    must((d != NULL) == (why.code == QW_OK));
    for (size_t i = 0; d && i < d->nblocks; i++) check_block(d, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str rest = str_make((const char *)data, size), parts[3] = {STR(""), STR(""), STR("")};
    for (int i = 0; i < 3; i++) str_next(&rest, '\1', &parts[i]);
    buf b = BUF_INIT(SIZE_MAX);
    make_package(&b, parts[0], parts[1], parts[2]);
    qw_workspace *space = qw_workspace_new();
    must(space && !b.failed);
    for (int view = QW_REVISIONS_FINAL; view <= QW_REVISIONS_ALL; view++)
        read_in(space, &b, view == QW_REVISIONS_ORIGINAL, view);
    read_in(space, &b, true, QW_REVISIONS_FINAL);
    qw_workspace_free(space);
    buf_free(&b);
    return 0;
}
