/* numbering_label: counts, and makes labels. */
#include "base/utf8.h"
#include "ooxml/numbering_parts.h"
#include "ooxml/symbol.h"

numbering_run numbering_begin(const numbering *n) {
    return (numbering_run){.of = n};
}

static const list_instance *find_instance(const numbering *n, long id) {
    size_t low = 0, high = n->ninstances;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (n->instances[middle].id == id) return &n->instances[middle];
        if (n->instances[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* A level of a w:num: its own, or that of its definition. May be NULL. */
static const list_level *level_of(const numbering *n, const list_instance *list, size_t i) {
    return list->levels[i] ? list->levels[i] : n->abstracts[list->abstract].levels[i];
}

static long level_linked_to(const numbering *n, const list_instance *list, str style_id) {
    for (size_t i = 0; style_id.p && i < NUMBERING_LEVELS; i++) {
        const list_level *l = level_of(n, list, i);
        if (l && l->style.p && str_eq(l->style, style_id)) return (long)i;
    }
    return -1;
}

/* Which w:num and which level a paragraph has. NULL when it has none. */
static const list_instance *find_list(const numbering *n, const paragraph_properties *p,
                                      const style *s, long *level) {
    bool direct = p->num_id >= 0;
    long id = direct ? p->num_id : s ? s->num_id : -1;
    const list_instance *list = id > 0 ? find_instance(n, id) : NULL;
    if (!list || list->abstract == STR_NONE) return NULL;
    *level = p->num_level;
    if (*level < 0 && !direct) {
        *level = level_linked_to(n, list, s->id);
        if (*level < 0) *level = s->num_level;
        if (*level < 0 && s->num_holder) *level = level_linked_to(n, list, s->num_holder->id);
    }
    if (*level < 0) *level = 0;
    return *level < NUMBERING_LEVELS ? list : NULL;
}

/* ---- Counting -------------------------------------------------------------------------------- */

static long start_of(const numbering *n, const list_instance *list, size_t i) {
    const list_level *l = level_of(n, list, i);
    if (list->start[i] >= 0) return list->start[i];
    return l ? l->start : 1;
}

static counters *counters_of(numbering_run *run, arena *mem, const list_instance *list) {
    const numbering *n = run->of;
    if (!run->counters) {
        run->counters = arena_zalloc(mem, n->nabstracts, sizeof *run->counters);
        run->overridden = arena_zalloc(mem, n->ninstances, sizeof *run->overridden);
        if (!run->counters || !run->overridden) return run->counters = NULL, NULL;
    }
    counters **slot = &run->counters[list->abstract];
    if (!*slot) *slot = arena_zalloc(mem, 1, sizeof **slot);
    return *slot;
}

/* Deeper levels begin anew, unless w:lvlRestart says after which level only. What stands in a
 * w:lvlOverride is not asked ([MS-OI29500], lvlRestart). */
static void restart_deeper(const numbering *n, const list_instance *list, counters *c, size_t i) {
    for (size_t k = i + 1; k < NUMBERING_LEVELS; k++) {
        const list_level *l = n->abstracts[list->abstract].levels[k];
        long restart = l ? l->restart : -1;
        bool keep = restart == 0 || (restart > 0 && restart <= (long)k && (long)i > restart - 1);
        if (!keep) c->used &= (uint16_t) ~(1u << k);
    }
}

static void count(numbering_run *run, const list_instance *list, counters *c, size_t i) {
    const numbering *n = run->of;
    uint16_t *overridden = &run->overridden[list - n->instances], bit = (uint16_t)(1u << i);
    bool first = list->start[i] >= 0 && !(*overridden & bit);
    if (first || !(c->used & bit))
        c->value[i] = start_of(n, list, i);
    else if (c->value[i] < INT32_MAX)
        c->value[i]++;
    if (list->start[i] >= 0) *overridden |= bit;
    c->used |= bit;
    restart_deeper(n, list, c, i);
    /* A higher level that was never used shows its start from now on, and holds it. */
    for (size_t k = 0; k < i; k++) {
        if (c->used & 1u << k) continue;
        c->value[k] = start_of(n, list, k);
        c->used |= (uint16_t)(1u << k);
        *overridden |= (uint16_t)(1u << k);
    }
}

/* ---- Labels ---------------------------------------------------------------------------------- */

static void add_text(list_label *to, const char *p, size_t n) {
    if (n > LABEL_MAX - to->n) return;
    memcpy(to->text + to->n, p, n);
    to->n += n;
}

static void add_numeral(list_label *to, const list_level *l, bool legal, long value) {
    char numeral[NUMERAL_MAX];
    numeral_format format = l->format;
    bool shows = format != NUMERAL_NONE && format != NUMERAL_BULLET;
    if (legal && shows && format != NUMERAL_ZERO) format = NUMERAL_DECIMAL;
    size_t n = l->custom.p && !legal ? numeral_write_custom(l->custom, value, numeral)
                                     : numeral_write(format, value, numeral);
    add_text(to, numeral, n);
}

/* A bullet is its text, in a font that may hold symbols where others have letters. */
static void add_bullet(list_label *to, const list_level *l) {
    for (size_t at = 0; at < l->text.n;) {
        char out[4];
        uint32_t c = symbol_character(l->font, utf8_next(l->text, &at), true);
        add_text(to, out, utf8_write(out, c));
    }
}

static void make_label(const numbering *n, const list_instance *list, const counters *c, size_t i,
                       list_label *to) {
    const list_level *l = level_of(n, list, i);
    to->bullet = l->format == NUMERAL_BULLET;
    if (to->bullet) {
        add_bullet(to, l);
        return;
    }
    for (size_t at = 0; at < l->text.n;) {
        char digit = l->text.p[at] == '%' && at + 1 < l->text.n ? l->text.p[at + 1] : '0';
        size_t from = at;
        if (digit < '1' || digit > '9') {
            utf8_next(l->text, &at);
            add_text(to, l->text.p + from, at - from);
            continue;
        }
        size_t k = (size_t)(digit - '1');
        const list_level *other = k <= i ? level_of(n, list, k) : NULL;
        if (other) add_numeral(to, other, l->legal, c->value[k]);
        at += 2;
    }
}

bool numbering_next(numbering_run *run, arena *mem, const paragraph_properties *p, const style *s,
                    list_label *label, bool *ok) {
    long level;
    *ok = true;
    const list_instance *list = find_list(run->of, p, s, &level);
    if (!list || !level_of(run->of, list, (size_t)level)) return false;
    counters *c = counters_of(run, mem, list);
    if (!c) return *ok = false;
    count(run, list, c, (size_t)level);
    label->n = 0;
    label->num_id = list->id;
    label->level = (unsigned)level;
    make_label(run->of, list, c, (size_t)level, label);
    return true;
}
