/* written: documents made by hand and what a writer makes of them, for tests/unit. */
#ifndef QW_TESTS_WRITTEN_H
#define QW_TESTS_WRITTEN_H

#include "format/format.h"
#include "support/keep.h"

/* An empty document; free its arena with arena_free(d->mem). */
static inline doc *written_doc(void) {
    arena *mem = arena_new(0);
    doc *d = doc_new(mem, STR("a.txt"), STR(""));
    d->format = STR("txt");
    d->encoding = STR("UTF-8");
    doc_add_part(d, STR(""), STR(""));
    return d;
}

static inline block *written_add(doc *d, qw_role role, unsigned level, const char *text) {
    block *b = doc_add_block(d, BLOCK_PARAGRAPH, str_of(text), 0, 0);
    b->role = (uint8_t)role;
    b->level = (uint8_t)level;
    return b;
}

/* A container of the n blocks that come after it. */
static inline block *written_container(doc *d, enum block_kind kind, uint32_t n, unsigned columns) {
    block *b = doc_add_block(d, kind, STR(""), 0, 0);
    block_rest(d, b)->end = (uint32_t)d->nblocks + n;
    b->more->columns = (uint16_t)columns;
    return b;
}

/* Writes to *to, which the caller frees. */
static inline bool written_with(doc *d, const writer *w, const qw_write_options *o, buf *to) {
    static out stream;
    qw_error why = {0};
    qw_sink sink = {keep, to};
    *to = BUF_INIT((size_t)1 << 30);
    out_begin(&stream, &sink);
    return w->write(d, o, &stream, &why) && out_end(&stream);
}

static inline bool written(doc *d, const writer *w, buf *to) {
    return written_with(d, w, &(qw_write_options){0}, to);
}

/* Checks all that a writer makes of the document; for programs that include check.h. */
#define CHECK_WRITTEN(d, w, options, want)                                                         \
    do {                                                                                           \
        buf written_;                                                                              \
        CHECK(written_with(d, w, options, &written_));                                             \
        CHECK_STR(buf_str(&written_), str_of(want));                                               \
        buf_free(&written_);                                                                       \
    } while (0)

#endif
