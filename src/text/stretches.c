/* stretches: the whole of some bytes, cut into stretches of one encoding each (detect.h). */
#include "text/detect.h"
#include "text/segment.h"
#include "text/tape.h"

/* Marks BOMs, and UTF-8 that is known to be well-formed. */
static void mark_stretches(stretch_list *list, const uint8_t *p, bool valid) {
    for (size_t i = 0; i < list->n; i++) {
        stretch *s = &list->p[i];
        s->bom = (uint8_t)bom_length(s->enc, p + s->off, (size_t)s->len);
        s->valid = valid && encoding_id_of(s->enc) == ENC_UTF8;
    }
}

static const encoding *largest(const stretch_list *list) {
    uint64_t sums[ENC_COUNT] = {0}, most = 0;
    const encoding *best = list->p[0].enc;
    for (size_t i = 0; i < list->n; i++) sums[encoding_id_of(list->p[i].enc)] += list->p[i].len;
    for (size_t i = 0; i < list->n; i++) {
        uint64_t sum = sums[encoding_id_of(list->p[i].enc)];
        if (sum > most) most = sum, best = list->p[i].enc;
    }
    return best;
}

/* t may be NULL. */
static bool cut(arena *mem, tape *t, const uint8_t *p, size_t n, const encoding *forced,
                stretch **out, size_t *count, detection *whole) {
    detection d;
    stretch_list list = {.mem = mem};
    bool ok = true;
    if (forced)
        d = (detection){.enc = forced};
    else
        detect(p, n, &d);
    const encoding *base = d.enc ? d.enc : encoding_at(ENC_WINDOWS_1252);
    segmenter s = {.base = base, .now = base, .tape = t};
    if (forced || d.binary)
        ok = stretch_add(&list, 0, n, s.now, false);
    else
        ok = segment(&s, p, n, true, &list) == n;
    if (!ok) return false;
    mark_stretches(&list, p, !forced && !d.binary && !s.mixed);
    if (list.n == 1) list.p[0].margin = d.margin;
    if (list.n && !d.binary) d.enc = largest(&list);
    if (list.n && forced) d.bom = list.p[0].bom > 0;
    *out = list.p;
    *count = list.n;
    if (whole) *whole = d;
    return true;
}

bool detect_stretches(arena *mem, const uint8_t *p, size_t n, const encoding *forced, stretch **out,
                      size_t *count, detection *whole) {
    return cut(mem, NULL, p, n, forced, out, count, whole);
}

bool tape_stretches(tape *t, const uint8_t *p, size_t n, const encoding *forced, stretch **out,
                    size_t *count, detection *whole) {
    return cut(t->mem, t, p, n, forced, out, count, whole);
}
