/* mojibake: puts text right that was decoded in the wrong encoding before it came here.
 *
 * It must run before every other filter: what they would take out, controls and private characters,
 * is what the repair needs. Text beyond repair is only pointed out. See docs/ENCODINGS.md. */
#include "filter.h"

static bool mojibake_setup(stage *s, arena *mem, qw_error *why) {
    s->state = mojibake_tools_new(mem);
    return s->state || fail_memory(why);
}

/* 40 bits leave no doubt. */
static int score_of(const mojibake *m) {
    int score = 60 + (int)m->gain;
    return score > 100 ? 100 : score;
}

/* A run of U+FFFD that this reading made is in its notices, and nobody else's doing. */
static bool is_own(const doc *d, uint32_t index, const mojibake *m) {
    str run = str_cut(d->blocks[index].text, m->from, m->to);
    return str_starts(run, STR("\xEF\xBF\xBD")) && place_undecodable(d, index, m->from) &&
           place_undecodable(d, index, m->to - 3);
}

static void mojibake_block(const stage *s, doc *d, uint32_t index) {
    block *b = &d->blocks[index];
    mojibake *found;
    size_t count, n = 0;
    if (b->flags & BLOCK_PLAIN) return;
    mojibake_sight sight = mojibake_look(s->state, b->text);
    if (sight == MOJIBAKE_PLAIN) b->flags |= BLOCK_PLAIN;
    if (sight != MOJIBAKE_SUSPECTED) return;
    if (!mojibake_search(s->state, d->mem, b->text, &found, &count)) {
        fail_memory(&d->why);
        return;
    }
    if (!count) return;
    change *changes = arena_zalloc(d->mem, count, sizeof *changes);
    if (!changes) {
        fail_memory(&d->why);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const mojibake *m = &found[i];
        if (m->kind == MOJIBAKE_DESTROYED) continue;
        str kind = m->kind == MOJIBAKE_PARTLY ? STR("partly") : STR("chain");
        changes[n++] = (change){m->from, m->to - m->from, m->text, {kind, m->how, score_of(m)}};
    }
    for (size_t i = 0; i < count; i++)
        if (found[i].kind == MOJIBAKE_DESTROYED && !is_own(d, index, &found[i]))
            edit_finding(d, index, found[i].from, found[i].to - found[i].from,
                         (reason){STR("destroyed"), found[i].how, 90});
    edit_apply(d, index, changes, n);
}

const filter filter_mojibake = {
    .info =
        {
            .name = "mojibake",
            .summary = {"repair text that was decoded in the wrong encoding", "修复乱码"},
        },
    .setup = mojibake_setup,
    .block = mojibake_block,
};
