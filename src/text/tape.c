#include "text/tape.h"
#include "text/codec.h"
#include "text/plain.h"
#include "text/reads.h"

bool tape_takes(const encoding *e) {
    return plain_known(e);
}

/* Room for `want` elements in a growing array. */
static bool room(tape *t, void **array, size_t *cap, size_t size, size_t want, size_t least) {
    if (want <= *cap) return true;
    size_t wider = *cap * 2 > want ? *cap * 2 : want;
    if (wider < least) wider = least;
    void *p = t->failed ? NULL : arena_resize(t->mem, *array, *cap * size, wider * size);
    if (!p) return t->failed = true, false;
    *array = p;
    *cap = wider;
    return true;
}

#define ROOM(t, array, cap, want, least)                                                           \
    room(t, (void **)&(t)->array, &(t)->cap, sizeof *(t)->array, want, least)

void tape_begin(tape *t, uint64_t off) {
    tape_run *last = t->nruns ? &t->runs[t->nruns - 1] : NULL;
    if (!last || last->nlines) {
        if (!ROOM(t, runs, runs_cap, t->nruns + 1, 16)) return;
        last = &t->runs[t->nruns++];
    }
    *last = (tape_run){.off = off, .text = t->n, .line = t->nlines};
}

/* Decodes what is left of a line that reads well but is not plain. */
static bool decode_rest(const encoding *e, const uint8_t *p, size_t n, char **out, size_t *npua) {
    return e->codec->run(e, p, n, out, npua) == n;
}

bool tape_add(tape *t, const encoding *e, const uint8_t *p, size_t n, size_t most) {
    if (!ROOM(t, text, cap, t->n + 3 * n + 16, n + most + (n + most) / 2) ||
        !ROOM(t, lines, lines_cap, t->nlines + 1, 64 + most / 64))
        return false;
    char *from = t->text + t->n, *end = from;
    size_t npua = 0;
    plain_line line = plain_read(e, p, n, &end);
    if (!line.plain &&
        !(reads_well(e, p, n) && decode_rest(e, p + line.read, n - line.read, &end, &npua)))
        return false;
    tape_run *run = &t->runs[t->nruns - 1];
    run->len += n;
    run->npua += npua;
    run->nlines++;
    run->text_n += (size_t)(end - from);
    t->n += (size_t)(end - from);
    t->lines[t->nlines++] = (tape_line){.source = (unsigned)n & 0x7FFF,
                                        .text = (unsigned)(end - from) & 0x7FFF,
                                        .plain = line.plain,
                                        .cr = line.cr || line.read < n};
    return true;
}

const tape_run *tape_next(const tape *t, size_t *next, uint64_t end, stretch *part) {
    while (*next < t->nruns && (!t->runs[*next].nlines || t->runs[*next].off < part->off)) ++*next;
    const tape_run *run = *next < t->nruns ? &t->runs[*next] : NULL;
    if (run && (run->off >= end || run->len > end - run->off)) run = NULL;
    if (run && run->off > part->off) {
        part->len = run->off - part->off;
        return NULL;
    }
    part->len = run ? run->len : end - part->off;
    return run;
}
