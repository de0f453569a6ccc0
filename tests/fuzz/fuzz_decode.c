/* The first byte names an encoding, the rest is decoded in it. The text is well-formed, line ends
 * are as many as in the source, what was ill-formed is listed in order, and places lie within. */
#include "base/utf8.h"
#include "text/decode.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

static size_t line_feeds(const encoding *e, const uint8_t *p, size_t n) {
    size_t count = 0, unit = encoding_unit(e);
    bool big = encoding_id_of(e) == ENC_UTF16BE || encoding_id_of(e) == ENC_UTF32BE;
    for (size_t i = 0; i + unit <= n; i += unit) {
        bool is = p[i + (big ? unit - 1 : 0)] == '\n';
        for (size_t k = 0; k < unit; k++)
            if (k != (big ? unit - 1 : 0)) is &= p[i + k] == 0;
        count += is;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    const encoding *e = encoding_at((encoding_id)(data[0] % ENC_COUNT));
    const uint8_t *p = data + 1;
    size_t n = size - 1;
    arena *mem = arena_new(0);
    decoded d;
    if (!mem) return 0;
    must(decode(mem, e, p, n, 0, &d));
    must(utf8_valid_prefix(d.text) == d.text.n);
    uint64_t at = 0;
    for (size_t i = 0; i < d.nbad; i++) {
        must(d.bad[i].len && d.bad[i].off >= at);
        at = d.bad[i].off + d.bad[i].len;
    }
    must(at <= n);
    if (encoding_is_ascii(e) || encoding_unit(e) > 1)
        must(line_feeds(e, p, n) ==
             line_feeds(encoding_at(ENC_UTF8), (const uint8_t *)d.text.p, d.text.n));
    size_t before = 0;
    for (size_t i = 0; i < 8; i++) {
        size_t place = decode_place(e, p, n, d.text.n * i / 8, false);
        must(place >= before && place <= n);
        before = place;
    }
    arena_free(mem);
    return 0;
}
