#include "ads_judge.h"

bool judge_setup(stage *s, arena *mem, qw_error *why) {
    return (s->state = ads_kinds(mem, s->rules, why)) != NULL;
}

bool judge_concerns(const doc *d) {
    return str_eq(d->format, STR("docx"));
}

bool judge_begin(judge *j, const stage *s, doc *d) {
    enum { ROOM = 4000 };
    *j = (judge){.work = {.stage = s, .state = s->state}};
    j->scratch = (doc){.mem = d->mem, .blocks = &j->line, .nblocks = 1, .blocks_cap = 1};
    if (form_init(&j->work.folded, d->mem, ROOM) && form_init(&j->work.skeleton, d->mem, ROOM))
        return true;
    return doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
}

void judge_each(const stage *s, doc *d, bool (*wanted)(const block *b),
                void (*look)(judge *j, const stage *s, doc *d, uint32_t index)) {
    judge j;
    bool begun = false;
    for (uint32_t i = 0; judge_concerns(d) && i < d->nblocks && doc_ok(d); i++) {
        if (!wanted(&d->blocks[i])) continue;
        if (!begun && !judge_begin(&j, s, d)) return;
        begun = true;
        look(&j, s, d, i);
    }
}

/* Whether a mark is the document's own as far as anybody can tell: a mark of secrecy, who typed it.
 * Such are reported, wherever they stand. */
static bool is_reported_only(const mark *m) {
    return m->kinds & (1u << ADS_PROMO | 1u << ADS_CREDIT);
}

int judge_text(judge *j, str text, mark *found) {
    const mark *best = NULL;
    size_t suspect = ruleset_suspect(j->work.stage->rules, text, 0);
    if (!str_trim(text).n || suspect == STR_NONE) return 0;
    j->work.d = &j->scratch;
    j->work.marks.n = 0;
    j->line.text = text;
    ads_look_through(&j->work, 0, suspect);
    for (size_t i = 0; i < j->work.marks.n; i++)
        if (!best || j->work.marks.items[i].score > best->score) best = &j->work.marks.items[i];
    if (best && found) *found = *best;
    return best && best->score > 0 && !is_reported_only(best) ? best->score : 0;
}

bool judge_says_more(const mark *m) {
    return (m->kinds & ~(1u << ADS_SITE | 1u << ADS_NAME)) != 0;
}

reason judge_reason(judge *j, const mark *m, const char *where, int points) {
    str words = ads_why(j->scratch.mem, m);
    str why = arena_printf(j->scratch.mem, "%s: %.*s", where, (int)words.n, words.n ? words.p : "");
    return (reason){m->rule, why.p ? why : STR(""), points > 100 ? 100 : points};
}
