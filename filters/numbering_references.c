/* References: what the text says of numbers, as 见第三条, 第二章第一节, 第五条第（二）项,
 * 第三、四条, 见图3 and 见2.1, and which item of the document each means.
 *
 * What belongs to another text is left alone: numbers after 《…》 or the name of a law. Where the
 * document has two items that may be meant, or where it is not clear whose text is meant, the runs
 * in question are refused, with the reason. What means no item here is left alone. */
#include "numbering.h"

#include <stdlib.h>

/* Bytes before a reference that are looked at for the name of a law. */
#define NAME_BYTES 48

/* ---- Looking up ------------------------------------------------------------------------------ */

static int compare(uint32_t a, uint32_t b) {
    return a < b ? -1 : a > b;
}

static int by_number(const void *left, const void *right) {
    const item *a = *(const item *const *)left, *b = *(const item *const *)right;
    int order = compare(a->kind, b->kind);
    for (unsigned i = 0; !order && a->kind > KIND_DECIMAL && i + 1 < a->label.nparts; i++)
        order = compare(a->label.parts[i], b->label.parts[i]);
    if (!order) order = compare(a->label.value, b->label.value);
    if (!order) order = compare(a->label.inserted, b->label.inserted);
    if (!order) order = compare(a->parent, b->parent);
    return order ? order : compare(a->block, b->block);
}

static bool sort_items(listing *x) {
    x->sorted = arena_alloc(x->d->mem, x->nitems * sizeof *x->sorted);
    if (!x->sorted) return fail_memory(&x->d->why);
    for (size_t i = 0; i < x->nitems; i++) x->sorted[i] = &x->items[i];
    qsort(x->sorted, x->nitems, sizeof *x->sorted, by_number);
    return true;
}

/* What is asked for. */
typedef struct wanted {
    unsigned kind;
    label label;     /* value, inserted; decimals: parts */
    uint32_t parent; /* NO_ITEM: any */
} wanted;

static int order_against(const wanted *w, const item *it, bool with_parent) {
    item key = {.kind = (uint8_t)w->kind, .label = w->label, .parent = w->parent};
    const item *a = &key, *b = it;
    if (!with_parent) key.parent = it->parent;
    key.block = it->block;
    return by_number(&a, &b);
}

static const char several[] = "the text refers to a number that several labels have";

#define ALIKE 64 /* items of one number that are looked at: with more, none can be told */

/* The first of the sorted items that fit, and how many do. */
static size_t find_items(const listing *x, const wanted *w, bool with_parent, size_t *count) {
    size_t low = 0, high = x->nitems;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (order_against(w, x->sorted[middle], with_parent) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < x->nitems && *count < ALIKE; ++*count)
        if (order_against(w, x->sorted[low + *count], with_parent) != 0) break;
    return low;
}

static bool has_kind(const listing *x, unsigned kind) {
    wanted w = {.kind = kind, .parent = NO_ITEM};
    size_t low = 0, high = x->nitems;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (x->sorted[middle]->kind < w.kind)
            low = middle + 1;
        else
            high = middle;
    }
    return low < x->nitems && x->sorted[low]->kind == kind;
}

/* ---- Who is meant ---------------------------------------------------------------------------- */

/* Where in the document the pass stands. */
typedef struct scan {
    listing *x;
    uint32_t block;
    uint32_t own; /* the item that the block stands under, or is; NO_ITEM */
    str text;
    size_t outer_end; /* where a reference to another text ended; STR_NONE: none did */
    bool relabelled;
} scan;

static void refuse(listing *x, const item *it, const char *why) {
    run *r = &x->runs[it->run];
    if (!r->refused) r->refused = why;
}

/* Whether the item's number or label is to change. */
static bool changes(const scan *s, const item *it) {
    return it->label.value != it->expected || it->kind > KIND_DECIMAL ||
           (s->relabelled && it->level);
}

static uint32_t ancestor(const listing *x, uint32_t i, unsigned kind) {
    for (unsigned steps = 0; i != NO_ITEM && steps < 16; steps++) {
        if (x->items[i].kind == kind) return i;
        i = x->items[i].parent;
    }
    return NO_ITEM;
}

static void add_reference(scan *s, size_t at, size_t n, const item *target) {
    listing *x = s->x;
    reference *room =
        numbering_room(x->d, x->references, x->nreferences, &x->references_cap, sizeof *room);
    if (!room) return;
    x->references = room;
    x->references[x->nreferences++] =
        (reference){s->block, (uint32_t)at, (uint32_t)n, (uint32_t)(target - x->items)};
}

/* Of several items, the one that is a heading, if there is one. */
static void choose_heading(const listing *x, size_t *first, size_t *count) {
    size_t headings = 0, at = 0;
    for (size_t i = 0; i < *count; i++) {
        if (!x->sorted[*first + i]->level) continue;
        headings++;
        at = *first + i;
    }
    if (headings != 1) return;
    *first = at;
    *count = 1;
}

/* Enters the number at byte `at` as a reference to what is wanted. Returns the item that it means,
 * NO_ITEM when there is none or it cannot be told. */
static uint32_t refer(scan *s, const wanted *w, size_t at, size_t n, bool unclear) {
    size_t count, first = find_items(s->x, w, w->parent != NO_ITEM, &count);
    if (!count && w->parent != NO_ITEM) first = find_items(s->x, w, false, &count);
    if (count > 1) choose_heading(s->x, &first, &count);
    if (count == ALIKE) s->x->refused[w->kind] = several;
    for (size_t i = 0; i < count && (count > 1 || unclear || s->relabelled); i++) {
        const item *it = s->x->sorted[first + i];
        if (!changes(s, it)) continue;
        refuse(s->x, it,
               count > 1 ? several
               : unclear ? "it is not clear whose text a reference to it means"
                         : "the text refers to it by the label it has");
    }
    if (count != 1) return NO_ITEM;
    if (!unclear) add_reference(s, at, n, s->x->sorted[first]);
    return (uint32_t)(s->x->sorted[first] - s->x->items);
}

/* ---- Whose text ------------------------------------------------------------------------------ */

enum owner { OWN_TEXT, OTHER_TEXT, UNCLEAR };

static bool ends_with_one(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_ends(s, word)) return true;
    return false;
}

/* Whose text a reference at byte `at` speaks of, by what stands before it. */
static enum owner owner_of(const scan *s, size_t at) {
    str before = str_cut(s->text, at > NAME_BYTES ? at - NAME_BYTES : 0, at);
    if (s->outer_end != STR_NONE && s->outer_end <= at) {
        str between = str_cut(s->text, s->outer_end, at);
        if (between.n == 0 ||
            (between.n <= 6 && ends_with_one(between, "、|和|或者|或|至|及|以及|与|到|，")))
            return OTHER_TEXT;
    }
    if (ends_with_one(before, "》|》的|》中")) return OTHER_TEXT;
    if (ends_with_one(before,
                      "本法|本条例|本办法|本规定|本规则|本章程|本细则|本决定|本意见|本合同|本协议|"
                      "本方案|本制度|本标准|本规程|本预案|本公约|本法的|本条例的|本办法的|"
                      "违法|依法|执法|本通知"))
        return OWN_TEXT;
    if (ends_with_one(before,
                      "法|条例|办法|规定|规则|章程|细则|解释|决定|宪法|法典|修正案|该规范")) {
        /* 违反规定第…, 按照规定第… speak of no other text by name. */
        return ends_with_one(before, "违反规定|按照规定|根据规定|的规定|方法|办法规定")
                   ? UNCLEAR
                   : OTHER_TEXT;
    }
    return ends_with_one(before, "）|)|”") ? UNCLEAR : OWN_TEXT;
}

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
static uint32_t context_of(const scan *s, unsigned kind, uint32_t named) {
    if (named != NO_ITEM || s->own == NO_ITEM) return named;
    if (kind == KIND_UNIT + UNIT_SECTION) return ancestor(s->x, s->own, KIND_UNIT + UNIT_CHAPTER);
    if (kind != LABEL_HAN_BRACKET && kind != LABEL_DIGIT) return NO_ITEM;
    uint32_t article = ancestor(s->x, s->own, KIND_UNIT + UNIT_ARTICLE);
    if (article != NO_ITEM) return article;
    return ancestor(s->x, s->own, LABEL_HAN);
}

/* Reads 第二章第一节 and the like from the 第 at byte `at`; returns where the pass goes on. */
static size_t read_chain(scan *s, size_t at) {
    number numbers[LISTED];
    size_t count, end = at;
    unsigned kind;
    uint32_t named = NO_ITEM;
    enum owner owner = owner_of(s, at);
    while (str_starts(str_cut(s->text, end, s->text.n), STR("第"))) {
        size_t next = read_units(s->text, end, numbers, &count, &kind);
        if (!next) break;
        end = next + read_inserted(s->text, next, &numbers[count - 1]);
        if (kind == KIND_UNIT + UNIT_PASSAGE) continue; /* 款 have no numbers of their own */
        kind = kind_here(s, kind, numbers[0].bracketed);
        uint32_t parent = context_of(s, kind, named);
        for (size_t i = 0; i < count && owner != OTHER_TEXT; i++) {
            wanted w = {.kind = kind, .parent = parent};
            w.label.value = numbers[i].value;
            w.label.inserted = numbers[i].inserted;
            named = refer(s, &w, numbers[i].at, numbers[i].n, owner == UNCLEAR);
        }
        if (count > 1) named = NO_ITEM;
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

/* 见2.1, 第2.1节, 2.1节: decimals of two parts and more. */
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
    if (w.label.nparts < 2) return at + (end ? end : 1);
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

static void scan_block(scan *s, size_t from) {
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
            at = read_decimal(s, at);
        } else {
            at++;
        }
    }
}

void find_references(listing *x, bool relabelled) {
    if (!sort_items(x)) return;
    scan s = {.x = x, .own = NO_ITEM, .relabelled = relabelled};
    uint32_t next = 0;
    for (uint32_t i = 0; i < x->d->nblocks && doc_ok(x->d); i++) {
        const block *b = &x->d->blocks[i];
        bool labelled = next < x->nitems && x->items[next].block == i;
        if (labelled) s.own = next++;
        if (!block_is_text(b)) continue;
        s.block = i;
        s.text = b->text;
        s.outer_end = STR_NONE;
        const label *l = labelled ? &x->items[s.own].label : NULL;
        scan_block(&s, l ? (size_t)l->at + l->size : 0);
    }
}
