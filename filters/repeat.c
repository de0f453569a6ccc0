/* repeat: finds the short lines that a document repeats, as evidence for `ads`, which looks closer
 * at them. It changes nothing and says nothing: in real books a rule "short and repeated" hits four
 * honest lines for each mark.
 *
 * A sketch counts all lines in little memory; what it takes for repeated is then counted exactly,
 * so that a line is not taken for repeated because two lines share a counter. */
#include "filter.h"

enum { LEAST };

enum {
    SHORTEST = 12, /* bytes of text, blanks at its ends left out */
    LONGEST = 200,
    SKETCH_LEAST = 1 << 8, /* counters: twice as many as lines, */
    SKETCH_MOST = 1 << 18, /* … but no more than these */
    LOTS = 255,            /* counts go no further */
};

typedef struct counts {
    uint64_t *lines; /* by block: its hash, 0 for those that do not count */
    uint8_t *sketch; /* by the hash's lowest bits */
    uint64_t low;    /* … these */
    uint64_t *keys;  /* of candidates; 0: free */
    uint32_t *times;
    size_t mask;
} counts;

static uint64_t hash(str s) {
    uint64_t h = 0xCBF29CE484222325u, word;
    for (; s.n >= sizeof word; s = str_cut(s, sizeof word, s.n)) {
        memcpy(&word, s.p, sizeof word);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
    h ^= h >> 32;
    return h ? h : 1;
}

/* Numbered lines and sentences are what documents repeat themselves. */
static bool is_ordinary(str line) {
    return str_starts(line, STR("第")) || str_starts(line, STR("（")) ||
           str_ends(line, STR("。")) || str_ends(line, STR("；")) || str_ends(line, STR("："));
}

/* The hash of a block that counts; 0 for others. */
static uint64_t line_key(const block *b) {
    if (b->text.n < SHORTEST || b->text.n > 2 * LONGEST || !block_is_text(b)) return 0;
    str line = str_trim(b->text);
    if (line.n < SHORTEST || line.n > LONGEST || is_ordinary(line)) return 0;
    return hash(line);
}

static uint32_t *times_of(const counts *c, uint64_t key) {
    size_t i = (size_t)(key >> 20) & c->mask;
    while (c->keys[i] && c->keys[i] != key) i = (i + 1) & c->mask;
    c->keys[i] = key;
    return &c->times[i];
}

static uint8_t *in_sketch(const counts *c, uint64_t key) {
    return &c->sketch[key & c->low];
}

/* Counts the lines in the sketch; returns how many may be repeated. */
static size_t count_roughly(const counts *c, const doc *d, long least) {
    size_t candidates = 0;
    for (size_t i = 0; i < d->nblocks; i++) {
        uint64_t key = c->lines[i] = line_key(&d->blocks[i]);
        uint8_t *n = in_sketch(c, key);
        if (key && *n < LOTS) ++*n;
    }
    for (size_t i = 0; i < d->nblocks; i++) {
        if (!c->lines[i]) continue;
        if (*in_sketch(c, c->lines[i]) >= least)
            candidates++;
        else
            c->lines[i] = 0;
    }
    return candidates;
}

static bool make_sketch(counts *c, doc *d) {
    size_t n = SKETCH_LEAST;
    while (n < SKETCH_MOST && n < 2 * d->nblocks) n *= 2;
    c->low = n - 1;
    c->sketch = arena_zalloc(d->mem, n, 1);
    c->lines = arena_alloc(d->mem, (d->nblocks + 1) * sizeof *c->lines);
    return c->sketch && c->lines;
}

static bool make_table(counts *c, arena *mem, size_t n) {
    size_t slots = 16;
    while (slots < 2 * n) slots *= 2;
    c->mask = slots - 1;
    c->keys = arena_zalloc(mem, slots, sizeof *c->keys);
    c->times = arena_zalloc(mem, slots, sizeof *c->times);
    return c->keys && c->times;
}

static void document(const stage *s, doc *d) {
    long least = stage_option(s, LEAST);
    counts c = {0};
    bool counted = make_sketch(&c, d);
    size_t n = counted ? count_roughly(&c, d, least) : 0;
    if (!counted || !make_table(&c, d->mem, n)) {
        doc_fail(d, MSG_MEMORY, STR(""), NO_ARGS);
        return;
    }
    for (size_t i = 0; n && i < d->nblocks; i++)
        if (c.lines[i]) ++*times_of(&c, c.lines[i]);
    for (size_t i = 0; n && i < d->nblocks; i++)
        if (c.lines[i] && *times_of(&c, c.lines[i]) >= (uint32_t)least)
            d->blocks[i].flags |= BLOCK_REPEATED;
}

static const qw_option options[] = {
    {"least",
     {"how often a line stands in the document to be taken for repeated",
      "同一短行出现多少次才算重复"},
     QW_OPTION_INT,
     3,
     2,
     200,
     NULL},
};

const filter filter_repeat = {
    .info =
        {
            .name = "repeat",
            .summary = {"note short lines that are repeated, as evidence for ads; changes nothing",
                        "记下反复出现的短行，供 ads 作为依据；本身不作改动"},
            FILTER_OPTIONS(options),
        },
    .document = document,
};
