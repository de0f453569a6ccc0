/* punct: half-width punctuation in Chinese text becomes full-width, and the blanks between Han
 * characters go.
 *
 * A mark is changed only where Han text stands on both its sides (, ; : ? !), a bracket only in
 * pairs that hold Han text, straight quotes only when their number in the paragraph is even, a
 * blank only in the prose of a paragraph. URLs, numbers, times, code and Latin sentences have no
 * Han on both sides, and a paragraph that is mostly Latin is left alone as a whole. */
#include "filter.h"
#include "scan.h"

#include <stdlib.h>

enum { OPTION_SPACES, OPTION_QUOTES };

/* A bracket's text longer than this (bytes) is not looked for. */
#define BRACKET_BYTES 300
/* Changes in one paragraph; what is more stays. */
#define MOST_CHANGES 4096

/* A mark or blank next to a character of more than one byte. */
SCAN_INLINE lane_mask suspects(lanes c, lanes d, lanes e) {
    lane_mask mark = (d == ',') | (d == ';') | (d == ':') | (d == '?') | (d == '!') | (d == '(') |
                     (d == ')') | (d == ' ') | (d == '"');
    return mark & ((c >= 0x80) | (e >= 0x80));
}

static bool may_hold_marks(str s) {
    SCAN(s, suspects);
}

/* The paragraph while it is worked on. */
typedef struct work {
    str s;
    change *changes;
    size_t count;
    bool prose;  /* a paragraph of sentences: blanks in it are no layout */
    bool quotes; /* straight quotes come in pairs */
    bool open;   /* the next quote closes */
} work;

static uint32_t before(str s, size_t at) {
    return at ? utf8_prev(s, &at) : 0;
}

static uint32_t after(str s, size_t at) {
    return at < s.n ? utf8_next(s, &at) : 0;
}

/* Chinese marks that may stand before or after a mark that is to be Chinese. */
static bool is_chinese_mark(uint32_t c) {
    return (c >= 0x3001 && c <= 0x3011) || (c >= 0x2018 && c <= 0x201D) || c == 0x2026 ||
           (c >= 0xFF01 && c <= 0xFF1F && !(c >= 0xFF10 && c <= 0xFF19));
}

/* Brackets and quotes count in either width, for they may be changed in the same pass: a second
 * pass must find nothing more to do. */
static bool is_beside_mark(uint32_t c) {
    return is_han(c) || is_chinese_mark(c) || c == '(' || c == ')' || c == '"';
}

/* Chinese marks that a blank beside them is superfluous with. */
static bool is_stop(uint32_t c) {
    return c == 0x3002 || c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == 0xFF1F || c == 0xFF01 ||
           c == 0xFF1A;
}

/* Mostly Han: twice as many Han characters as Latin letters and numbers, and no code. */
static bool is_chinese_text(str s) {
    size_t han = 0, latin = 0;
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0xE3 && c <= 0xE9)
            han++;
        else if (is_ascii_letter(c) || (is_ascii_digit(c) && !digit))
            latin++;
        else if (c == '{' || c == '}' || c == '\\' || c == '`' || c == '\t')
            return false;
        digit = is_ascii_digit(c);
    }
    return han >= 2 * latin;
}

/* A paragraph of twenty characters or more that ends as a sentence does; marks count in either
 * width here too. */
static bool is_prose(const block *b) {
    str s = b->text;
    size_t at = s.n;
    if (!s.n || (b->role != QW_ROLE_BODY && b->role != QW_ROLE_RUNIN)) return false;
    uint32_t c = utf8_prev(s, &at);
    bool ends = c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x201D || c == 0x2026 ||
                c == 0xFF1A || c == '!' || c == '?' || c == ':' || c == '"';
    return ends && utf8_offset(s, 20) < s.n;
}

static bool has_pairs(str s) {
    size_t count = 0;
    for (size_t at = 0; (at = str_find_byte(s, '"', at)) != STR_NONE; at++) count++;
    return count && count % 2 == 0;
}

static const reason mark_why = {STR_INIT("width"),
                                STR_INIT("half-width punctuation in Chinese text"), 85};
static const reason bracket_why = {STR_INIT("brackets"),
                                   STR_INIT("half-width brackets around Chinese text"), 80};
static const reason quote_why = {STR_INIT("quotes"), STR_INIT("straight quotes in Chinese text"),
                                 75};
static const reason space_why = {STR_INIT("space"), STR_INIT("a blank between Han characters"), 80};

static void put(work *w, size_t at, size_t n, const char *with, reason why) {
    if (w->count < MOST_CHANGES) w->changes[w->count++] = (change){at, n, str_of(with), why};
}

static const char *full_width(uint32_t c) {
    switch (c) {
    case ',': return "，";
    case ';': return "；";
    case ':': return "：";
    case '?': return "？";
    case '!': return "！";
    default: return NULL;
    }
}

/* Characters that foreign names are written with, without those that sentences often end or begin
 * with. */
static const char of_names[] = "阿埃艾爱奥巴拜贝彼宾波伯布查达戴丹德登迪蒂杜恩尔爾法菲费費弗夫福盖"
                               "蓋戈格哈汉赫亨霍基吉贾杰卡凯凱"
                               "科克库庫拉莱萊兰蘭劳勒雷丽麗利莉列林龙卢盧鲁魯伦倫罗羅洛马馬玛瑪麦"
                               "麥曼梅米莫默姆穆纳納娜尼诺諾帕"
                               "佩皮珀普奇乔喬切琼荣瑞萨薩塞桑沙莎圣聖史斯苏蘇索塔泰特汤湯托瓦威韦"
                               "韋维維温溫沃乌烏西希夏谢辛休雅亚"
                               "亞扬耶叶伊依英尤约約扎詹珍朱兹茲佐";

static bool is_of_names(uint32_t c) {
    char text[4];
    size_t n = utf8_write(text, c);
    return n == 3 && str_find(str_of(of_names), str_make(text, n), 0) != STR_NONE;
}

/* How far back a clause is read, in characters. */
#define CLAUSE_LENGTH 40

/* Whether the clause before byte `at` asks: it has one of the words that questions have. */
static bool asks(str s, size_t at) {
    static const char words[] = "吗嗎呢吧么麽麼嘛啊谁誰什哪何几幾怎咋多否不没沒未岂豈";
    for (unsigned steps = 0; at && steps < CLAUSE_LENGTH; steps++) {
        size_t end = at;
        uint32_t c = utf8_prev(s, &at);
        if (is_han(c) && str_find(str_of(words), str_cut(s, at, end), 0) != STR_NONE) return true;
        if (is_sentence_end(c) || is_stop(c) || c == '?' || c == ',') return false;
    }
    return false;
}

/* Whether a ? stands where the dot of a foreign name was lost, 比尔?盖茨: in the middle of a name,
 * in a clause that does not ask. */
static bool is_lost_dot(str s, size_t at) {
    return is_of_names(before(s, at)) && is_of_names(after(s, at + 1)) && !asks(s, at);
}

static void look_at_mark(work *w, size_t at, uint32_t c) {
    uint32_t left = before(w->s, at), right = after(w->s, at + 1);
    size_t n = 1;
    if (right == ' ' && is_han(after(w->s, at + 2))) {
        n = 2;
        right = after(w->s, at + 2);
    }
    bool ends = right == 0 && c != ',' && c != ':' && left != ')';
    bool inside = is_beside_mark(right) && (is_han(left) || is_han(right));
    if (c == '?' && n == 1 && is_lost_dot(w->s, at)) return;
    if (is_beside_mark(left) && (inside || ends)) put(w, at, n, full_width(c), mark_why);
}

/* Whether [from, to) has Han text. */
static bool has_han(str s, size_t from, size_t to) {
    while (from < to)
        if (is_han(utf8_next(s, &from))) return true;
    return false;
}

/* A half-width opening bracket: finds its closing one, of either width, and changes the two. A
 * full-width one is looked at for a half-width partner. */
static void look_at_bracket(work *w, size_t at, size_t size) {
    str s = w->s;
    size_t end = at + size, limit = end + BRACKET_BYTES < s.n ? end + BRACKET_BYTES : s.n;
    for (size_t i = end; i < limit;) {
        size_t from = i;
        uint32_t c = utf8_next(s, &i);
        if (c == '(' || c == 0xFF08) return;
        if (c != ')' && c != 0xFF09) continue;
        if (!has_han(s, end, from) || (size == 3 && c == 0xFF09)) return;
        if (size == 1) put(w, at, 1, "（", bracket_why);
        if (c == ')') put(w, from, 1, "）", bracket_why);
        return;
    }
}

static void look_at_quote(work *w, size_t at) {
    bool opens = !w->open;
    w->open = opens;
    if (w->quotes) put(w, at, 1, opens ? "“" : "”", quote_why);
}

static void look_at_space(work *w, size_t at) {
    uint32_t left = before(w->s, at), right = after(w->s, at + 1);
    if ((is_han(left) && (is_han(right) || is_stop(right))) || (is_stop(left) && is_han(right)))
        put(w, at, 1, "", space_why);
}

static int by_place(const void *a, const void *b) {
    const change *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* Changes that touch one another are one too many: the first stays. */
static void drop_overlaps(work *w) {
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++) {
        const change *last = kept ? &w->changes[kept - 1] : NULL;
        if (last && last->at + last->n > w->changes[i].at) continue;
        w->changes[kept++] = w->changes[i];
    }
    w->count = kept;
}

static void find(work *w, bool spaces) {
    for (size_t at = 0; at < w->s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(w->s, &at);
        if (full_width(c))
            look_at_mark(w, from, c);
        else if (c == '(' || c == 0xFF08)
            look_at_bracket(w, from, at - from);
        else if (c == '"')
            look_at_quote(w, from);
        else if (c == ' ' && spaces && w->prose)
            look_at_space(w, from);
    }
    qsort(w->changes, w->count, sizeof *w->changes, by_place);
    drop_overlaps(w);
}

static void punct_block(const stage *s, doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    str text = b->text;
    if (!text.n || !may_hold_marks(text) || !is_chinese_text(text)) return;
    size_t room = text.n < MOST_CHANGES ? text.n : MOST_CHANGES;
    work w = {.s = text, .changes = arena_alloc(d->mem, room * sizeof *w.changes)};
    if (!w.changes) {
        fail_memory(&d->why);
        return;
    }
    w.prose = is_prose(b);
    w.quotes = stage_option(s, OPTION_QUOTES) && has_pairs(text);
    find(&w, stage_option(s, OPTION_SPACES));
    arena_shrink(d->mem, w.changes, room * sizeof *w.changes, w.count * sizeof *w.changes);
    if (w.count) edit_apply(d, index, w.changes, w.count);
}

static const qw_option options[] = {
    {"spaces",
     {"remove single blanks between Han characters in prose", "去除正文中汉字之间的单个空格"},
     QW_OPTION_FLAG,
     1,
     0,
     1,
     NULL},
    {"quotes",
     {"make pairs of straight quotes Chinese ones", "成对的直引号改为中文引号"},
     QW_OPTION_FLAG,
     1,
     0,
     1,
     NULL},
};

const filter filter_punct = {
    .info =
        {
            .name = "punct",
            .summary = {"make punctuation between Chinese text full-width",
                        "将中文语句中的半角标点改为全角"},
            FILTER_OPTIONS(options),
        },
    .block = punct_block,
};
