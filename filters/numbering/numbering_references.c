/* References: which item of the document a number in the text means.
 *
 * What belongs to another text is left alone: numbers after 《…》 or the name of a law. Where the
 * document has two items that may be meant, or where it is not clear whose text is meant, the runs
 * in question are refused, with the reason. What means no item here is left alone. */
#include "numbering_references.h"

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

uint32_t nearest_parent(const scan *s, const wanted *w) {
    wanted child = *w;
    size_t count;
    child.parent = s->own;
    for (unsigned steps = 0; child.parent != NO_ITEM && steps < 16; steps++) {
        find_items(s->x, &child, true, &count);
        if (count) return child.parent;
        child.parent = s->x->items[child.parent].parent;
    }
    return NO_ITEM;
}

bool has_kind(const listing *x, unsigned kind) {
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

static void refuse(listing *x, const item *it, const char *why) {
    run *r = &x->runs[it->run];
    if (!r->refused) r->refused = why;
}

/* Whether the item's number or label is to change. */
static bool changes(const scan *s, const item *it) {
    return it->label.value != it->expected || it->kind > KIND_DECIMAL ||
           (s->relabelled && it->level);
}

uint32_t ancestor(const listing *x, uint32_t i, unsigned kind) {
    for (unsigned steps = 0; i != NO_ITEM && steps < 16; steps++) {
        if (x->items[i].kind == kind) return i;
        i = x->items[i].parent;
    }
    return NO_ITEM;
}

static void add_reference(scan *s, size_t at, size_t n, const item *target, bool whole) {
    listing *x = s->x;
    reference *room =
        numbering_room(x->d, x->references, x->nreferences, &x->references_cap, sizeof *room);
    if (!room) return;
    x->references = room;
    x->references[x->nreferences++] =
        (reference){s->block, (uint32_t)at, (uint32_t)n, (uint32_t)(target - x->items), whole};
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

static void add_lost(scan *s, const wanted *w) {
    wanted *room = numbering_room(s->x->d, s->lost, s->nlost, &s->lost_cap, sizeof *room);
    if (!room) return;
    s->lost = room;
    s->lost[s->nlost++] = *w;
}

static bool is_under(const listing *x, const item *it, uint32_t above) {
    uint32_t i = it->parent;
    for (unsigned steps = 0; i != NO_ITEM && i != above && steps < 16; steps++)
        i = x->items[i].parent;
    return i == above;
}

/* Of several items, the one that stands somewhere under item `above`, if there is just one. */
static bool choose_descendant(const listing *x, uint32_t above, size_t *first, size_t *count) {
    size_t inner = 0, at = 0;
    for (size_t i = 0; i < *count; i++) {
        if (!is_under(x, x->sorted[*first + i], above)) continue;
        inner++;
        at = *first + i;
    }
    if (inner != 1) return false;
    *first = at;
    *count = 1;
    return true;
}

uint32_t refer(scan *s, const wanted *w, size_t at, size_t n, bool unclear) {
    size_t count, first = find_items(s->x, w, w->parent != NO_ITEM, &count);
    if (!count && w->parent != NO_ITEM) {
        first = find_items(s->x, w, false, &count);
        if (w->within) unclear = !choose_descendant(s->x, w->parent, &first, &count) || unclear;
    }
    if (!count && !unclear) add_lost(s, w);
    if (count > 1) choose_heading(s->x, &first, &count);
    if (count == ALIKE) s->x->refused[w->kind] = several;
    for (size_t i = 0; i < count && (count > 1 || unclear || s->relabelled); i++) {
        const item *it = s->x->sorted[first + i];
        if (!changes(s, it)) continue;
        refuse(s->x, it,
               count > 1 ? several
               : unclear ? "it is not clear whether a reference means it"
                         : "the text refers to it by the label it has");
    }
    if (count != 1) return NO_ITEM;
    if (!unclear) add_reference(s, at, n, s->x->sorted[first], false);
    return (uint32_t)(s->x->sorted[first] - s->x->items);
}

/* ---- Whose text ------------------------------------------------------------------------------ */

bool ends_with_one(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_ends(s, word)) return true;
    return false;
}

/* 附件2, 附录一: they may have numbers of their own. */
static bool ends_with_attachment(str s) {
    static const char digits[] = "0|1|2|3|4|5|6|7|8|9|一|二|三|四|五|六|七|八|九|十|A|B|C|D";
    for (unsigned steps = 0; steps < 3 && ends_with_one(s, digits); steps++)
        s.n -= (unsigned char)s.p[s.n - 1] < 0x80 ? 1 : 3;
    return ends_with_one(s, "附件|附录|附錄|附表|附则");
}

enum owner owner_of(const scan *s, size_t at) {
    str before = str_cut(s->text, at > NAME_BYTES ? at - NAME_BYTES : 0, at);
    if (s->outer_end != STR_NONE && s->outer_end <= at) {
        str between = str_cut(s->text, s->outer_end, at);
        if (between.n == 0 ||
            (between.n <= 6 && ends_with_one(between, "、|和|或者|或|至|及|以及|与|到|，")))
            return OTHER_TEXT;
    }
    if (ends_with_one(before, "》|》的|》中")) return OTHER_TEXT;
    if (ends_with_attachment(before)) return UNCLEAR;
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

/* ---- Tables of contents ---------------------------------------------------------------------- */

/* The text of a contents line without leaders and page number. */
static str contents_text(str s) {
    for (;;) {
        while (s.n &&
               (is_ascii_digit((unsigned char)s.p[s.n - 1]) || strchr(" .\t-", s.p[s.n - 1])))
            s.n--;
        if (!ends_with_one(s, "…|·|　|．|。|：")) return s;
        size_t at = s.n;
        utf8_prev(s, &at);
        s.n = at;
    }
}

/* A line that repeats an item, as a table of contents does: its label changes as the item's. */
static void read_repeated(scan *s) {
    label l;
    size_t count;
    if (!label_read(s->text, &l) || !l.value) return;
    wanted w = {.kind = label_kind(&l), .label = l, .parent = NO_ITEM};
    str text = contents_text(str_cut(s->text, label_text(&l), s->text.n));
    if (utf8_count(text) < 2) return;
    size_t first = find_items(s->x, &w, false, &count);
    for (size_t i = 0; i < count; i++) {
        const item *it = s->x->sorted[first + i];
        str own = s->x->d->blocks[it->block].text;
        if (!str_eq(contents_text(str_cut(own, label_text(&it->label), own.n)), text)) continue;
        if (s->relabelled)
            add_reference(s, l.at, l.size + l.gap, it, true);
        else
            add_reference(s, l.number, l.number_size, it, false);
        return;
    }
}

/* ---- Numbers that no label has --------------------------------------------------------------- */

static int by_wanted_number(const void *left, const void *right) {
    const wanted *a = left, *b = right;
    int order = compare(a->kind, b->kind);
    return order ? order : compare(a->label.value, b->label.value);
}

/* An item that gets a number that the text speaks of and that none had would be taken for what the
 * text means. */
static void refuse_lost(scan *s) {
    listing *x = s->x;
    if (!s->nlost) return;
    qsort(s->lost, s->nlost, sizeof *s->lost, by_wanted_number);
    for (size_t i = 0; i < x->nitems; i++) {
        const item *it = &x->items[i];
        wanted key = {.kind = it->kind};
        key.label.value = it->expected;
        if (it->expected == it->label.value ||
            !bsearch(&key, s->lost, s->nlost, sizeof key, by_wanted_number))
            continue;
        refuse(x, it, "the text refers to a number that no label has");
    }
}

/* ---- The pass -------------------------------------------------------------------------------- */

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
        if (!l) read_repeated(&s);
        read_references(&s, l ? (size_t)l->at + l->size : 0);
    }
    if (doc_ok(x->d)) refuse_lost(&s);
}
