/* invisible: takes out characters that leave no mark on the page: zero-width spaces and joiners,
 * BOMs inside the text, soft hyphens, controls (NUL too), directional marks, noncharacters.
 *
 * Some of them do matter where they stand and are kept: joiners inside emoji and in scripts that
 * join (Arabic, the Indic ones), the selectors of a Han variant or of an emoji's form, directional
 * marks in a paragraph that has right-to-left letters. The no-break space is no invisible one.
 *
 * Every byte of every file passes here, so a paragraph without a suspect is only scanned. */
#include "filter.h"
#include "scan.h"

/* Bytes are compared as signed numbers: processors do that at once. */
#define BYTE(value) ((signed char)((value)-0x100))

/* Marks the bytes from `first` to `last`, on whose ring 0 follows on 0xFF. */
SCAN_INLINE lane_mask range(lanes bytes, unsigned char first, unsigned char last) {
    lanes top = bytes + (unsigned char)(0x7F - last); /* `last` is the highest signed number */
    return (lane_mask)top > (signed char)(0x7F - (unsigned char)(last - first) - 1);
}

/* Marks what is neither printable ASCII nor a character from U+4000 to U+EFFF, and no sign from
 * U+2010 to U+2027, from U+3000 to U+303F or from U+FF00 to U+FF3F. Most text has nothing else, and
 * this costs half of what suspects() does: a second byte that makes one of these signs, and with E2
 * a third, move the first out of the range that is marked. */
SCAN_INLINE lane_mask others(lanes c, lanes d, lanes e) {
    lanes second = (lanes)(d == 0x80), third = second & (lanes)range(e, 0x90, 0xA7);
    lane_mask low = range(c - second - third, 0xC1, 0xE3);
    lane_mask high = range(c + (lanes)(d == 0xBC), 0xEF, 0x1F);
    return low | high | (lane_mask)(c == 0x7F);
}

/* Marks the bytes that may start an invisible character: c, followed by d and e. Among signed
 * numbers the controls follow on 0xFF. */
SCAN_INLINE lane_mask suspects(lanes first, lanes second, lanes third) {
    lane_mask c = (lane_mask)first, d = (lane_mask)second, e = (lane_mask)third;
    lane_mask wide = (c == BYTE(0xEF)) & ((d & BYTE(0xFE)) == BYTE(0xBC));
    lane_mask outer = (c > BYTE(0xEE)) & (c < 0x20) & ~(wide | (c == '\t') | (c == '\n'));
    lane_mask latin = (c == BYTE(0xC2)) & ((d < BYTE(0xA0)) | (d == BYTE(0xAD)));
    lane_mask format =
        ((e > BYTE(0x8A)) & (e < BYTE(0x90))) | ((e > BYTE(0xA9)) & (e < BYTE(0xAF)));
    lane_mask general = (c == BYTE(0xE2)) & ((d == BYTE(0x81)) | ((d == BYTE(0x80)) & format));
    lane_mask hangul = (c == BYTE(0xE3)) & (d == BYTE(0x85));
    lane_mask rare = (c == BYTE(0xCD)) | (c == BYTE(0xD8)) | (c == BYTE(0xE1)) | (c == 0x7F);
    return outer | latin | general | hangul | rare;
}

static bool has_others(str s) {
    SCAN(s, others);
}

static bool has_suspects(str s) {
    SCAN(s, suspects);
}

static bool may_hold_invisible(str s) {
    return has_others(s) && has_suspects(s);
}

/* ---- What stands around a suspect ------------------------------------------------------------ */

static uint32_t before(str s, size_t at) {
    return at ? utf8_prev(s, &at) : 0;
}

static uint32_t after(str s, size_t at) {
    return at < s.n ? utf8_next(s, &at) : 0;
}

/* Symbols that emoji sequences are made of: arrows to dingbats, the pictographs, and the selector
 * that makes an emoji of a symbol. */
static bool is_pictograph(uint32_t c) {
    return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF) || c == 0x3030 ||
           c == 0x303D || c == 0x3297 || c == 0x3299 || c == 0xA9 || c == 0xAE || c == 0xFE0F;
}

/* Letters of scripts whose shapes depend on joiners: Hebrew to Mongolian, without Hangul. */
static bool is_joining(uint32_t c) {
    return (c >= 0x0590 && c <= 0x10FF) || (c >= 0x1200 && c <= 0x1C7F);
}

static bool is_right_to_left(uint32_t c) {
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDCF) ||
           (c >= 0xFE70 && c <= 0xFEFC);
}

static bool has_right_to_left(str s) {
    for (size_t at = 0; at < s.n;)
        if (is_right_to_left(utf8_next(s, &at))) return true;
    return false;
}

static bool selector_matters(uint32_t c, uint32_t prev, uint32_t next) {
    if (c >= 0x180B && c <= 0x180E) return prev >= 0x1820 && prev <= 0x18AA;
    if (is_han(prev)) return c >= 0xE0100 || c <= 0xFE02;
    if (c == 0xFE0F || c == 0xFE0E)
        return is_pictograph(prev) || (next == 0x20E3 && prev < 0x80 && prev > ' ');
    return false;
}

/* Whether the invisible character c, between prev and next, is there for a reason; rtl: the
 * paragraph has right-to-left letters. */
static bool matters(uint32_t c, uint32_t prev, uint32_t next, bool rtl) {
    if (c == 0x200D || c == 0x200C)
        return (is_joining(prev) && (is_joining(next) || c == 0x200D)) ||
               (c == 0x200D && is_pictograph(next) && (is_pictograph(prev) || prev >= 0x1F000));
    if ((c >= 0x180B && c <= 0x180E) || (c >= 0xFE00 && c <= 0xFE0F) || c >= 0xE0100)
        return selector_matters(c, prev, next);
    if (c == 0x115F || c == 0x1160) return (next >= 0x1100 && next <= 0x11FF) || prev == 0x115F;
    if (c == 0x200E || c == 0x200F || c == 0x61C || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2066 && c <= 0x2069))
        return rtl;
    return false;
}

/* ---- Taking out ------------------------------------------------------------------------------ */

static reason reason_for(uint32_t c) {
    if (c == 0xFEFF) return (reason){STR("bom"), STR("a byte order mark inside the text"), 100};
    if (c < 0x20 || (c >= 0x7F && c < 0xA0))
        return (reason){STR("control"), STR("a control character"), 100};
    if (c == 0xAD) return (reason){STR("soft-hyphen"), STR("a soft hyphen"), 95};
    if ((c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF))
        return (reason){STR("noncharacter"), STR("a code point that is no character"), 100};
    if ((c >= 0xFE00 && c <= 0xFE0F) || c >= 0xE0100)
        return (reason){STR("selector"), STR("a variation selector with nothing to select"), 90};
    return (reason){STR("zero-width"), STR("a character without width"), 95};
}

/* Finds the runs of invisible characters; a run is one change, named after its first character.
 * With `to` NULL they are only counted. */
static size_t find(str s, change *to) {
    size_t count = 0, run_end = STR_NONE;
    bool rtl = has_right_to_left(s);
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (!is_invisible(c)) continue;
        if (matters(c, before(s, start), after(s, at), rtl)) continue;
        if (run_end == start) {
            if (to) to[count - 1].n += at - start;
        } else {
            if (to) to[count] = (change){start, at - start, STR(""), reason_for(c)};
            count++;
        }
        run_end = at;
    }
    return count;
}

static void invisible_block(const stage *s, doc *d, uint32_t index) {
    (void)s;
    str text = d->blocks[index].text;
    if (!text.n || d->blocks[index].flags & BLOCK_PLAIN || !may_hold_invisible(text)) return;
    size_t count = find(text, NULL);
    if (!count) return;
    change *changes = arena_alloc(d->mem, count * sizeof *changes);
    if (!changes) {
        fail_memory(&d->why);
        return;
    }
    find(text, changes);
    edit_apply(d, index, changes, count);
}

const filter filter_invisible = {
    .info =
        {
            .name = "invisible",
            .summary = {"remove zero-width characters, stray BOMs, controls and soft hyphens",
                        "去除零宽字符、文中 BOM、控制字符和软连字符"},
        },
    .block = invisible_block,
};
