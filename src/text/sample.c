#include "text/sample.h"
#include "base/utf8.h"

/* As ascii_cost says it, but so that many bytes are compared at once. */
static inline uint8_t is_control(uint8_t c) {
    uint8_t used = (c == '\t') | (c == '\n') | (c == '\f') | (c == '\r') | ((c & 0xFE) == 0x1A);
    return (uint8_t)(((c < 0x20) & !used) | (c == 0x7F));
}

/* "~{" starts Chinese in HZ. */
static bool has_shift(const sample *s) {
    const uint8_t *end = s->p + s->n, *hit = s->p;
    while ((hit = memchr(hit, '~', (size_t)(end - hit))) && ++hit < end)
        if (*hit == '{') return true;
    return false;
}

/* `n` is at most what a counter of one byte can hold; when it is constant, many bytes are counted
 * at once. */
static inline void count_block(sample *s, const uint8_t *p, size_t n) {
    uint8_t high = 0, controls = 0, spaces = 0, signs = 0;
    for (size_t i = 0; i < n; i++) {
        high = (uint8_t)(high + (p[i] >> 7));
        controls = (uint8_t)(controls + is_control(p[i]));
        spaces = (uint8_t)(spaces + (p[i] == ' '));
        signs = (uint8_t)(signs + (p[i] == 0x40));
    }
    s->high += high;
    s->controls += controls;
    s->spaces += spaces;
    s->signs += signs;
}

static void count_bytes(sample *s) {
    enum { BLOCK = 128 };
    size_t at = 0;
    for (; s->n - at >= BLOCK; at += BLOCK) count_block(s, s->p + at, BLOCK);
    count_block(s, s->p + at, s->n - at);
    s->escapes |= memchr(s->p, 0x1B, s->n) || has_shift(s);
}

/* Is this byte worth looking at: not plain ASCII? */
static bool telling(uint8_t c) {
    return c >= 0x80 || is_control(c) || c == 0x1B;
}

void sample_take(const uint8_t *p, size_t n, sample *s) {
    *s = (sample){.n = n < SAMPLE ? n : SAMPLE, .cut = n > SAMPLE};
    memcpy(s->p, p, s->n);
    count_bytes(s);
    if (!s->cut || s->controls || s->high > 256) return;
    size_t most = n < LOOKED_AT ? n : LOOKED_AT, at = 0, end;
    sample lines = {.cut = true};
    for (; at < most && lines.n < SAMPLE; at = end) {
        const uint8_t *lf = memchr(p + at, '\n', most - at);
        end = lf ? (size_t)(lf - p) + 1 : most;
        size_t i = at;
        while (i < end && !telling(p[i])) i++;
        if (i == end) continue;
        size_t from = end - at > 512 && i - at > 64 ? i - 64 : at, length = end - from;
        if (length > SAMPLE - lines.n) length = SAMPLE - lines.n;
        memcpy(lines.p + lines.n, p + from, length);
        lines.n += length;
    }
    count_bytes(&lines);
    if (lines.n) *s = lines;
}

bool sample_is_utf8(const sample *s) {
    size_t wide = 0;
    if (s->controls || s->high < 18) return false;
    for (size_t at = 0; at < s->n;) {
        uint32_t c;
        size_t length = utf8_read((const char *)s->p + at, s->n - at, &c);
        if (!length) return s->cut && s->n - at < 4;
        wide += length > 1;
        at += length;
    }
    return wide >= 6;
}
