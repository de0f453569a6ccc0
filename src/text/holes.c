#include "text/holes.h"
#include "base/utf8.h"
#include "text/score.h"

enum { AHEAD = 3 * BIT };

/* Length that a lead byte asks for; 0 when it is none. */
static size_t lead_length(uint16_t b) {
    if (b >= 0xC2 && b < 0xE0) return 2;
    if (b >= 0xE0 && b < 0xF0) return 3;
    return b >= 0xF0 && b < 0xF5 ? 4 : 0;
}

/* Some decoders put '?' where bytes were lost. */
static bool is_hole(uint16_t b) {
    return b == HOLE_BYTE || b == '?';
}

static bool is_tail(uint16_t b) {
    return is_hole(b) || (b >= 0x80 && b < 0xC0);
}

/* Length of the sequence at i, holes counted as tails; 0 when there is none. */
static size_t sequence(const holed *b, size_t i, size_t *holes) {
    size_t length = lead_length(b->p[i]);
    *holes = 0;
    if (!length || i + length > b->n) return 0;
    for (size_t k = 1; k < length; k++) {
        if (!is_tail(b->p[i + k])) return 0;
        *holes += is_hole(b->p[i + k]);
    }
    return length;
}

static size_t known(const holed *b, size_t i, size_t length, uint8_t value, uint32_t *c) {
    char bytes[4];
    for (size_t k = 0; k < length; k++)
        bytes[k] = (char)(is_hole(b->p[i + k]) ? value : b->p[i + k]);
    return utf8_read(bytes, length, c) == length;
}

/* The character at i if nothing is missing there, else 0. */
static uint32_t next_char(const holed *b, size_t i) {
    size_t holes;
    uint32_t c;
    if (i >= b->n || b->p[i] == HOLE_BYTE) return 0;
    if (b->p[i] < 0x80) return b->p[i];
    size_t length = sequence(b, i, &holes);
    return length && !holes && known(b, i, length, 0, &c) ? c : 0;
}

/* Cost of c between its neighbours, in Chinese. */
static int cost_between(uint32_t before, uint32_t c, uint32_t after) {
    int hans = char_cost(TONGUE_HANS, c), hant = char_cost(TONGUE_HANT, c);
    int gain =
        (before >= 0x80 ? pair_gain(before, c) : 0) + (after >= 0x80 ? pair_gain(c, after) : 0);
    return (hans < hant ? hans : hant) - 3 * gain / 2;
}

/* The character with one hole that stands out; U+FFFD when none does. */
static uint32_t guess(const holed *b, size_t i, size_t length, uint32_t before, bool by_1252) {
    static const uint8_t undefined_1252[] = {0x81, 0x8D, 0x8F, 0x90, 0x9D};
    uint32_t after = next_char(b, i + length), best_char = UTF8_REPLACEMENT;
    int best = 0, second = 0;
    for (unsigned k = 0; k < (by_1252 ? sizeof undefined_1252 : 64); k++) {
        uint32_t c;
        if (!known(b, i, length, by_1252 ? undefined_1252[k] : (uint8_t)(0x80 + k), &c)) continue;
        int cost = cost_between(before, c, after);
        if (best_char == UTF8_REPLACEMENT || cost < best) {
            second = best_char == UTF8_REPLACEMENT ? cost + AHEAD : best;
            best = cost, best_char = c;
        } else if (cost < second || second > best + 1000 * BIT) {
            second = cost;
        }
    }
    return second - best >= AHEAD ? best_char : UTF8_REPLACEMENT;
}

str holes_fill(arena *mem, const holed *b, bool by_1252, size_t *bad) {
    char *text = arena_alloc(mem, 3 * b->n + 8);
    uint32_t before = 0;
    size_t n = 0;
    if (!text) return (str){NULL, 0};
    for (size_t i = 0; i < b->n;) {
        size_t holes = 0, length = 1;
        uint32_t c = b->p[i] < 0x80 ? b->p[i] : UTF8_REPLACEMENT;
        if (b->p[i] >= 0x80 && b->p[i] != HOLE_BYTE) {
            size_t whole = sequence(b, i, &holes);
            if (whole && !holes && known(b, i, whole, 0, &c))
                length = whole;
            else if (whole && holes == 1)
                c = guess(b, i, whole, before, by_1252), length = whole;
            else if (whole && holes)
                length = whole;
            else
                c = UTF8_REPLACEMENT, *bad += 1;
        }
        n += utf8_write(text + n, c);
        before = c;
        i += length;
    }
    return (str){text, n};
}
