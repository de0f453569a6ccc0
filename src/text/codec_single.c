/* Encodings of one byte a character: a table of 256 each. */
#include "text/codec.h"
#include "text/tables/pages.h"

static size_t single_next(const encoding *e, const uint8_t *p, size_t n, uint32_t *c) {
    (void)n;
    uint16_t value = pages[e->page][p[0]];
    return value == UTF8_REPLACEMENT ? 0 : (*c = value, 1);
}

static size_t single_bad(const encoding *e, const uint8_t *p, size_t n) {
    return (void)e, (void)p, (void)n, 1;
}

static size_t single_run(const encoding *e, const uint8_t *p, size_t n, char **out_end,
                         size_t *npua) {
    const uint16_t *page = pages[e->page];
    char *out = *out_end;
    size_t at = 0;
    for (; at < n && page[p[at]] != UTF8_REPLACEMENT; at++) {
        *npua += is_private(page[p[at]]);
        out += utf8_write(out, page[p[at]]);
    }
    *out_end = out;
    return at;
}

const codec codec_single = {single_next, single_bad, single_run};
