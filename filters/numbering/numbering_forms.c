/* The forms of references that name a unit, as 第三条, 第二章第一节, 第五条第（二）项, 第三、四条,
 * 见图3 and 见2.1; and the pass over a block. */
#include "numbering_references.h"

/* ---- Forms ----------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    unsigned kind;
} units[] = {
    {"部分", KIND_UNIT + UNIT_DIVISION},
    {"分编", KIND_UNIT + UNIT_DIVISION},
    {"篇", KIND_UNIT + UNIT_DIVISION},
    {"编", KIND_UNIT + UNIT_PART},
    {"章", KIND_UNIT + UNIT_CHAPTER},
    {"节", KIND_UNIT + UNIT_SECTION},
    {"條", KIND_UNIT + UNIT_ARTICLE},
    {"条", KIND_UNIT + UNIT_ARTICLE},
    {"项", LABEL_HAN_BRACKET},
    {"項", LABEL_HAN_BRACKET},
    {"目", LABEL_DIGIT},
    {"款", KIND_UNIT + UNIT_PASSAGE},
    {"点", LABEL_HAN},
};

static size_t starts_with_unit(str s, size_t at, unsigned *kind) {
    if (str_starts(str_cut(s, at, s.n), STR("条件")) ||
        str_starts(str_cut(s, at, s.n), STR("章程")) ||
        str_starts(str_cut(s, at, s.n), STR("节课")) ||
        str_starts(str_cut(s, at, s.n), STR("点评")))
        return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        str name = str_of(units[i].name);
        if (!str_starts(str_cut(s, at, s.n), name)) continue;
        *kind = units[i].kind;
        return name.n;
    }
    return 0;
}

/* A number at byte `at`, maybe in brackets: what it is, where it stands, where it ends. */
typedef struct number {
    uint32_t value, inserted;
    size_t at, n, end;
    bool bracketed;
} number;

static bool read_number(str s, size_t at, number *to) {
    *to = (number){.at = at};
    str rest = str_cut(s, at, at + NUMERAL_ROOM);
    if (str_starts(rest, STR("（")) || (rest.n && rest.p[0] == '(')) {
        to->bracketed = true;
        to->at += rest.p[0] == '(' ? 1 : 3;
        rest = str_cut(s, to->at, to->at + NUMERAL_ROOM);
    }
    to->n = numeral_read_digits(rest, &to->value);
    if (!to->n) to->n = numeral_read_han(rest, &to->value);
    to->end = to->at + to->n;
    if (!to->n || !to->value) return false;
    if (!to->bracketed) return true;
    str close = str_cut(s, to->end, s.n);
    if (!str_starts(close, STR("）")) && !(close.n && close.p[0] == ')')) return false;
    to->end += close.p[0] == ')' ? 1 : 3;
    return true;
}

/* The kind that a unit names in this document: where there is no 第二部分, it is 二、; 第二条 too.
 */
static unsigned kind_here(const scan *s, unsigned kind, bool bracketed) {
    if (kind == LABEL_HAN_BRACKET && !bracketed && !has_kind(s->x, kind)) return LABEL_DIGIT;
    if (kind == KIND_UNIT + UNIT_CHAPTER && !has_kind(s->x, kind)) return LABEL_DIGIT;
    bool borrowed = kind == KIND_UNIT + UNIT_DIVISION || kind == KIND_UNIT + UNIT_ARTICLE;
    return borrowed && !has_kind(s->x, kind) ? LABEL_HAN : kind;
}

#define LISTED 8 /* numbers of one unit: 第三、四、五条 */

/* Reads 第三、四条 from the 第 at byte `at`. Returns where it ends, 0 when it is no such thing. */
static size_t read_units(str s, size_t at, number *numbers, size_t *count, unsigned *kind) {
    size_t end = at + 3;
    for (*count = 0; *count < LISTED;) {
        number *n = &numbers[*count];
        if (!read_number(s, end, n)) return 0;
        ++*count;
        end = n->end;
        size_t unit = starts_with_unit(s, end, kind);
        if (unit) return end + unit;
        str rest = str_cut(s, end, s.n);
        if (!str_starts(rest, STR("、")) && !str_starts(rest, STR("和")) &&
            !str_starts(rest, STR("至")))
            return 0;
        end += 3;
    }
    return 0;
}

/* 之二 after 第三条 */
static size_t read_inserted(str s, size_t at, number *n) {
    if (!str_starts(str_cut(s, at, s.n), STR("之"))) return 0;
    size_t size = numeral_read_han(str_cut(s, at + 3, at + 3 + NUMERAL_ROOM), &n->inserted);
    return size ? 3 + size : 0;
}

/* The item that a unit without a name of its own before it stands in: 第二节 of this chapter. */
static uint32_t context_of(const scan *s, const wanted *w) {
    if (w->kind == KIND_UNIT + UNIT_SECTION)
        return ancestor(s->x, s->own, KIND_UNIT + UNIT_CHAPTER);
    return w->kind < KIND_UNIT ? nearest_parent(s, w) : NO_ITEM;
}

/* 第三点, 第三项, 第三条 where there are no 条: other labels of that number may be meant as well.
 */
static void refuse_rivals(scan *s, unsigned kind, const number *n) {
    static const uint8_t kinds[] = {LABEL_HAN, LABEL_HAN_BRACKET, LABEL_DIGIT, LABEL_DIGIT_BRACKET};
    if (n->bracketed || kind >= KIND_UNIT) return;
    for (size_t i = 0; i < sizeof kinds; i++) {
        wanted w = {.kind = kinds[i], .label = {.value = n->value}};
        if (w.kind == kind) continue;
        w.parent = nearest_parent(s, &w);
        refer(s, &w, n->at, n->n, true);
    }
}

/* Reads 第二章第一节 and the like from the 第 at byte `at`; returns where the pass goes on. */
static size_t read_chain(scan *s, size_t at) {
    number numbers[LISTED];
    size_t count, end = at;
    unsigned kind;
    uint32_t named = NO_ITEM;
    enum owner owner = owner_of(s, at);
    bool unclear = owner == UNCLEAR, within = false;
    while (str_starts(str_cut(s->text, end, s->text.n), STR("第"))) {
        size_t next = read_units(s->text, end, numbers, &count, &kind);
        if (!next) break;
        end = next + read_inserted(s->text, next, &numbers[count - 1]);
        if (kind == KIND_UNIT + UNIT_PASSAGE) {
            if (!numbers[0].bracketed) continue; /* 款 of laws have no numbers of their own */
            kind = LABEL_HAN_BRACKET;
        }
        bool vague = owner == OWN_TEXT && at > 0 && !within && kind != KIND_UNIT + UNIT_DIVISION;
        kind = kind_here(s, kind, numbers[0].bracketed);
        uint32_t above = named;
        wanted w = {.kind = kind, .within = above != NO_ITEM};
        for (size_t i = 0; i < count && owner != OTHER_TEXT; i++) {
            w.label.value = numbers[i].value;
            w.label.inserted = numbers[i].inserted;
            w.parent = w.within ? above : context_of(s, &w);
            named = refer(s, &w, numbers[i].at, numbers[i].n, unclear);
            if (vague) refuse_rivals(s, kind, &numbers[i]);
        }
        if (count > 1) named = NO_ITEM;
        /* What stands under something that is not here, or not told, is not told either. */
        if (named == NO_ITEM) unclear = true;
        within = true;
    }
    if (within && owner != OTHER_TEXT) {
        size_t of = str_starts(str_cut(s->text, end, s->text.n), STR("的")) ? 3 : 0;
        size_t next = read_labels(s, end + of, named, false, unclear);
        if (next > end + of) end = next;
    }
    if (end > at && owner == OTHER_TEXT) s->outer_end = end;
    return end > at ? end : at + 3;
}

/* 图3, 表2: not in the caption itself. */
static size_t read_figure(scan *s, size_t at, unsigned kind) {
    size_t from = at + 3 + (at + 3 < s->text.n && s->text.p[at + 3] == ' ');
    wanted w = {.kind = kind, .parent = NO_ITEM};
    size_t n = numeral_read_digits(str_cut(s->text, from, s->text.n), &w.label.value);
    size_t end = from + n;
    if (!n || (end < s->text.n && memchr("-.", s->text.p[end], 2))) return from;
    refer(s, &w, from, n, false);
    return end;
}

/* 见2.1, 第2.1节, 2.1节: decimals of two parts and more; 0 when there is none. */
static size_t read_decimal(scan *s, size_t at) {
    str rest = str_cut(s->text, at, at + NUMERAL_ROOM);
    wanted w = {.parent = NO_ITEM};
    size_t end = 0;
    for (w.label.nparts = 0; w.label.nparts < LABEL_PARTS;) {
        uint32_t value;
        size_t n = numeral_read_digits(str_cut(rest, end, rest.n), &value);
        if (!n) break;
        w.label.parts[w.label.nparts++] = w.label.value = value;
        end += n;
        if (end + 1 >= rest.n || rest.p[end] != '.' ||
            !is_ascii_digit((unsigned char)rest.p[end + 1]))
            break;
        end++;
    }
    if (w.label.nparts < 2) return 0;
    w.kind = KIND_DECIMAL + w.label.nparts;
    refer(s, &w, at, end, false);
    return at + end;
}

/* Whether the decimal at byte `at` is spoken of: 见, 第 or a bracket before it, or 节 after it. */
static bool is_spoken_of(str s, size_t at) {
    str before = str_cut(s, at > 12 ? at - 12 : 0, at);
    if (ends_with_one(before, "见|见 |第|第 |参照|按照|依照|按|如|详见 |参见 ")) return true;
    size_t end = at;
    while (end < s.n && (is_ascii_digit((unsigned char)s.p[end]) || s.p[end] == '.')) end++;
    str after = str_cut(s, end, s.n);
    return str_starts(after, STR("节")) || str_starts(after, STR("小节")) ||
           str_starts(after, STR(" 节"));
}

/* ---- The pass -------------------------------------------------------------------------------- */

static bool stands_at(str s, size_t at, const char *word) {
    return str_starts(str_cut(s, at, s.n), str_of(word));
}

void read_references(scan *s, size_t from) {
    str t = s->text;
    for (size_t at = from; at < t.n && doc_ok(s->x->d);) {
        unsigned char c = (unsigned char)t.p[at];
        if (c == 0xE7 && stands_at(t, at, "第")) {
            at = read_chain(s, at);
        } else if (c == 0xE5 && stands_at(t, at, "图")) {
            at = read_figure(s, at, KIND_FIGURE);
        } else if (c == 0xE8 && stands_at(t, at, "表")) {
            at = read_figure(s, at, KIND_TABLE);
        } else if (is_ascii_digit(c) && (!at || !is_ascii_digit((unsigned char)t.p[at - 1])) &&
                   is_spoken_of(t, at)) {
            size_t end = read_decimal(s, at);
            size_t spoken = end ? end : read_spoken(s, at);
            at = spoken > at ? spoken : at + 1;
        } else {
            size_t end = read_spoken(s, at);
            at = end > at ? end : at + 1;
        }
    }
}
