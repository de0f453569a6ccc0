/* homoglyph: characters that only look like the ones that were meant.
 *
 *   下ー步, エ作   a single katakana between Han characters, in a paragraph without other
 *                  kana, is the Han character it looks like (recognition of scans)
 *   ⼀、⼈民       Kangxi radicals beside Han characters are ideographs (extraction of PDF)
 *   二OO四年       letters and digits for 〇 in a Chinese year; only with the option `zeros`
 *
 * `mode=report` enters findings and changes nothing. */
#include "filter.h"
#include "scan.h"

enum { OPTION_MODE, OPTION_ZEROS };
enum { MODE_FIX, MODE_REPORT };

static const struct {
    uint16_t kana;
    uint16_t han;
} lookalikes[] = {
    {0x30FC, 0x4E00}, /* ー 一 */
    {0x30CB, 0x4E8C}, /* ニ 二 */
    {0x30CF, 0x516B}, /* ハ 八 */
    {0x30AB, 0x529B}, /* カ 力 */
    {0x30ED, 0x53E3}, /* ロ 口 */
    {0x30C8, 0x535C}, /* ト 卜 */
    {0x30BF, 0x5915}, /* タ 夕 */
    {0x30A8, 0x5DE5}, /* エ 工 */
};

/* Katakana (E3 82 A0 – E3 83 BF) and radicals (E2 BA 80 – E2 BF 9F). */
SCAN_INLINE lane_mask suspects(lanes c, lanes d, lanes e) {
    lane_mask kana = (c == 0xE3) & ((d == 0x83) | ((d == 0x82) & (e >= 0xA0)));
    return kana | ((c == 0xE2) & (d >= 0xBA));
}

static bool may_hold_lookalike(str s) {
    SCAN(s, suspects);
}

/* A zero as Latin letter or digit, or a circle, right after a Han character. */
SCAN_INLINE lane_mask zero_suspects(lanes c, lanes d, lanes e) {
    (void)e;
    return (c >= 0x80) & ((d == 'O') | (d == 'o') | (d == '0'));
}

static bool may_hold_zero(str s) {
    SCAN(s, zero_suspects);
}

static bool is_kana(uint32_t c) {
    return (c >= 0x3041 && c <= 0x30FF) || (c >= 0xFF66 && c <= 0xFF9D);
}

static uint32_t han_for(uint32_t c) {
    for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++)
        if (lookalikes[i].kana == c) return lookalikes[i].han;
    return 0;
}

static bool is_radical(uint32_t c) {
    return (c >= 0x2F00 && c <= 0x2FD5) || c == 0x2EA0 || c == 0x2EA9;
}

/* What stands around a character. */
typedef struct sight {
    uint32_t before, after; /* 0: nothing */
} sight;

static sight look(str s, size_t at, size_t end) {
    size_t left = at, right = end;
    return (sight){left ? utf8_prev(s, &left) : 0, right < s.n ? utf8_next(s, &right) : 0};
}

/* Han or what stands around a number of headings. */
static bool is_surrounding(uint32_t c) {
    return is_han(c) || is_radical(c) || c == 0xFF08 || c == 0xFF09 || c == '(' || c == ')' ||
           c == 0x3001;
}

/* Whether all kana of the paragraph are single look-alikes between Han: then none is Japanese. */
static bool is_chinese(str s) {
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        if (!is_kana(c)) continue;
        sight x = look(s, from, at);
        bool fits = (is_surrounding(x.before) || !x.before) && is_surrounding(x.after) &&
                    (is_han(x.before) || is_han(x.after) || x.before == 0xFF08 || x.before == '(');
        if (!han_for(c) || !fits) return false;
    }
    return true;
}

static bool is_year_digit(uint32_t c) {
    return c == 0x3007 || c == 0x4E00 || c == 0x4E8C || c == 0x4E09 || c == 0x56DB || c == 0x4E94 ||
           c == 0x516D || c == 0x4E03 || c == 0x516B || c == 0x4E5D;
}

static bool is_zero(uint32_t c) {
    return c == 'O' || c == 'o' || c == '0' || c == 0xFF10 || c == 0x25CB;
}

/* Whether the zero at `at` stands inside a Chinese year: digits around it, up to 年 or a digit. */
static bool in_year(str s, size_t at, size_t end) {
    uint32_t left = 0, right = 0;
    while (at && is_zero(left = utf8_prev(s, &at))) {}
    while (end < s.n && is_zero(right = utf8_next(s, &end))) {}
    return is_year_digit(left) && (is_year_digit(right) || right == 0x5E74);
}

/* The character that was meant at [at, end), 0 when c is right. */
static uint32_t meant(str s, size_t at, size_t end, uint32_t c, bool chinese, bool zeros) {
    if (is_kana(c)) return chinese ? han_for(c) : 0;
    if (zeros && is_zero(c)) return in_year(s, at, end) ? 0x3007 : 0;
    if (!is_radical(c)) return 0;
    sight x = look(s, at, end);
    uint32_t folded[UNICODE_FOLD_MAX];
    if (!is_surrounding(x.before) && !is_surrounding(x.after)) return 0;
    return unicode_fold_char(c, folded) == 1 && is_han(folded[0]) ? folded[0] : 0;
}

static const reason why = {STR_INIT("lookalike"),
                           STR_INIT("a character that only looks like the Han character meant"),
                           85};

/* Counts the changes, and writes them when `to` is given. */
static size_t find(doc *d, str s, bool zeros, change *to) {
    bool chinese = is_chinese(s);
    size_t count = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at), han = 0;
        if (c >= 0x80 || zeros) han = meant(s, from, at, c, chinese, zeros);
        if (!han) continue;
        if (to) {
            char text[4];
            to[count] = (change){from, at - from,
                                 arena_str(d->mem, str_make(text, utf8_write(text, han))), why};
        }
        count++;
    }
    return count;
}

static void homoglyph_block(const stage *s, doc *d, uint32_t index) {
    str text = d->blocks[index].text;
    bool zeros = stage_option(s, OPTION_ZEROS);
    if (!text.n || !(may_hold_lookalike(text) || (zeros && may_hold_zero(text)))) return;
    size_t count = find(d, text, zeros, NULL);
    if (!count) return;
    change *changes = arena_alloc(d->mem, count * sizeof *changes);
    if (!changes) {
        fail_memory(&d->why);
        return;
    }
    find(d, text, zeros, changes);
    if (stage_option(s, OPTION_MODE) == MODE_FIX) {
        edit_apply(d, index, changes, count);
        return;
    }
    for (size_t i = 0; i < count; i++) edit_finding(d, index, changes[i].at, changes[i].n, why);
}

static const qw_option options[] = {
    {"mode",
     {"put the right character in, or only report", "改正，或只报告"},
     QW_OPTION_CHOICE,
     MODE_FIX,
     0,
     1,
     "fix|report"},
    {"zeros",
     {"also write 〇 for letters and digits in Chinese years", "中文年份中的字母、数字零改为〇"},
     QW_OPTION_FLAG,
     0,
     0,
     1,
     NULL},
};

const filter filter_homoglyph = {
    .info =
        {
            .name = "homoglyph",
            .summary = {"repair characters that only look like the Han character meant",
                        "改正形近误字（如“下ー步”）和部首字符"},
            FILTER_OPTIONS(options),
        },
    .block = homoglyph_block,
};
