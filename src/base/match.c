#include "base/match.h"

/* States are numbered as the literals make them; 0 is the root. The root's edges are a table. Most
 * states lead to the one numbered after them and to no other, and so need no edge; all other edges
 * stand in one open hash table keyed by state and byte. So 5,000 literals take about a megabyte,
 * are built as fast as they are read, and a literal is followed through neighbouring memory.
 *
 * In the root, where most of any text is passed over, the next six bytes are looked up first:
 * Chinese literals begin with every byte that Chinese text has, but with few of its pairs of
 * characters. */

#define NONE UINT32_MAX

enum {
    HEAD = 3, /* bytes of a Chinese character, */
    PAIR = 6, /* … of two */
    HEAD_BITS = 14,
    PAIR_BITS = 17,
};

/* What literals that begin with the same byte or the same head are like: there are none, all are as
 * long as a pair or longer, some are shorter. */
enum { NO_LITERAL, LONG_LITERALS, SHORT_LITERAL };

typedef struct edge {
    uint32_t from, to; /* from NONE: a free slot */
    unsigned char byte;
} edge;

typedef struct state {
    uint32_t fail;    /* the longest proper suffix of its bytes that is a state too */
    uint32_t literal; /* the first literal that ends here, or NONE */
    uint32_t shorter; /* nearest state along `fail` where a literal ends; 0: none */
    uint32_t child, sibling;
    unsigned char byte;
    unsigned char next; /* where `chained`: the byte that leads to the state numbered after this */
    bool chained;
    bool branches; /* there are edges to other states too: they stand in the table of edges */
} state;

struct matcher {
    const str *literals;
    uint32_t *same; /* by literal: the next one with the same bytes, or NONE */
    state *states;
    edge *edges;
    uint32_t mask, nstates;
    uint32_t root[256];
    bool single[256];                       /* literals shorter than a head begin so */
    uint8_t heads[1u << HEAD_BITS];         /* by hash of the head */
    uint32_t pairs[(1u << PAIR_BITS) / 32]; /* a bit for each hash of a long literal's pair */
};

static inline uint32_t head_slot(const unsigned char *p) {
    uint32_t head = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    return head * 0x9E3779B1u >> (32 - HEAD_BITS);
}

static inline uint32_t pair_slot(const unsigned char *p) {
    uint32_t head = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    uint32_t next = (uint32_t)p[3] << 16 | (uint32_t)p[4] << 8 | p[5];
    return (head * 0x9E3779B1u ^ next * 0x85EBCA6Bu) >> (32 - PAIR_BITS);
}

/* Whether a literal may begin with the PAIR bytes at p. */
static inline bool may_begin(const matcher *m, const unsigned char *p) {
    if (m->single[*p]) return true;
    uint8_t head = m->heads[head_slot(p)];
    if (head != LONG_LITERALS) return head == SHORT_LITERAL;
    uint32_t slot = pair_slot(p);
    return m->pairs[slot / 32] >> slot % 32 & 1;
}

/* The first place at or after byte at of text where a literal may begin. */
static size_t pass_over(const matcher *m, str text, size_t at) {
    const unsigned char *p = (const unsigned char *)text.p;
    for (; text.n - at >= PAIR; at++)
        if (m->root[p[at]] && may_begin(m, p + at)) return at;
    return at;
}

/* Enters a literal, which is not empty, in the tables for that. */
static void note_start(matcher *m, str literal) {
    const unsigned char *p = (const unsigned char *)literal.p;
    if (literal.n < HEAD) {
        m->single[*p] = true;
        return;
    }
    uint8_t *head = &m->heads[head_slot(p)];
    if (literal.n < PAIR) {
        *head = SHORT_LITERAL;
        return;
    }
    uint32_t slot = pair_slot(p);
    m->pairs[slot / 32] |= 1u << slot % 32;
    if (*head == NO_LITERAL) *head = LONG_LITERALS;
}

/* The slot of an edge, or the free one where it belongs. */
static edge *find_edge(const matcher *m, uint32_t from, unsigned char byte) {
    uint32_t h = (from << 8 | byte) * 0x9E3779B1u;
    uint32_t at = (h ^ h >> 15) & m->mask;
    while (m->edges[at].from != NONE && (m->edges[at].from != from || m->edges[at].byte != byte))
        at = (at + 1) & m->mask;
    return &m->edges[at];
}

/* Where byte leads from a state. */
static uint32_t step(const matcher *m, uint32_t at, unsigned char byte) {
    while (at) {
        const state *s = &m->states[at];
        if (s->chained && s->next == byte) return at + 1;
        const edge *e = s->branches ? find_edge(m, at, byte) : NULL;
        if (e && e->from != NONE) return e->to;
        at = s->fail;
    }
    return m->root[byte];
}

static uint32_t new_state(matcher *m, uint32_t parent, unsigned char byte) {
    uint32_t made = m->nstates++;
    state *before = &m->states[parent];
    m->states[made] = (state){.literal = NONE, .sibling = before->child, .byte = byte};
    before->child = made;
    if (made == parent + 1)
        before->chained = true, before->next = byte;
    else
        before->branches = true;
    return made;
}

static uint32_t extend(matcher *m, uint32_t from, unsigned char byte) {
    if (from == 0) return m->root[byte] ? m->root[byte] : (m->root[byte] = new_state(m, 0, byte));
    const state *s = &m->states[from];
    if (s->chained && s->next == byte) return from + 1;
    edge *e = find_edge(m, from, byte);
    if (e->from != NONE) return e->to;
    uint32_t made = new_state(m, from, byte);
    if (made != from + 1) *e = (edge){from, made, byte};
    return made;
}

static void add_literal(matcher *m, uint32_t index) {
    str s = m->literals[index];
    uint32_t at = 0;
    if (s.n) note_start(m, s);
    for (size_t i = 0; i < s.n; i++) at = extend(m, at, (unsigned char)s.p[i]);
    m->same[index] = at ? m->states[at].literal : NONE;
    if (at) m->states[at].literal = index;
}

/* Sets the suffix links breadth first, so that those of shorter states are ready. */
static void link_states(matcher *m, uint32_t *queue) {
    uint32_t tail = 0;
    queue[tail++] = 0;
    for (uint32_t head = 0; head < tail; head++) {
        uint32_t parent = queue[head];
        for (uint32_t at = m->states[parent].child; at; at = m->states[at].sibling) {
            state *s = &m->states[at];
            s->fail = parent ? step(m, m->states[parent].fail, s->byte) : 0;
            const state *suffix = &m->states[s->fail];
            s->shorter = suffix->literal != NONE ? s->fail : suffix->shorter;
            queue[tail++] = at;
        }
    }
}

static bool make_tables(matcher *m, arena *mem, size_t n, size_t bytes) {
    uint32_t slots = 16;
    while (slots < 2 * bytes) slots *= 2;
    m->mask = slots - 1;
    m->same = arena_alloc(mem, (n + 1) * sizeof *m->same);
    m->states = arena_alloc(mem, (bytes + 1) * sizeof *m->states);
    m->edges = arena_alloc(mem, slots * sizeof *m->edges);
    if (!m->same || !m->states || !m->edges) return false;
    for (uint32_t i = 0; i < slots; i++) m->edges[i].from = NONE;
    m->states[0] = (state){.literal = NONE};
    m->nstates = 1;
    return true;
}

matcher *matcher_new(arena *mem, const str *literals, size_t n) {
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) bytes += literals[i].n;
    if (n >= INT32_MAX || bytes >= INT32_MAX / 32) return NULL;
    matcher *m = arena_zalloc(mem, 1, sizeof *m);
    uint32_t *queue = arena_alloc(mem, (bytes + 1) * sizeof *queue);
    if (!m || !queue || !make_tables(m, mem, n, bytes)) return NULL;
    m->literals = literals;
    /* From the last to the first, so that equal literals are listed in order. */
    for (size_t i = n; i-- > 0;) add_literal(m, (uint32_t)i);
    link_states(m, queue);
    return m;
}

match_scan match_begin(const matcher *m, str text) {
    return (match_scan){m, text, 0, 0, 0, NONE};
}

bool match_next(match_scan *scan, match *out) {
    const matcher *m = scan->of;
    while (scan->literal == NONE) {
        if (scan->ending) {
            scan->literal = m->states[scan->ending].literal;
            if (scan->literal != NONE) break;
            scan->ending = m->states[scan->ending].shorter;
            continue;
        }
        if (!scan->state) scan->at = pass_over(m, scan->text, scan->at);
        if (scan->at == scan->text.n) return false;
        scan->state = step(m, scan->state, (unsigned char)scan->text.p[scan->at++]);
        scan->ending = scan->state;
    }
    size_t n = m->literals[scan->literal].n;
    *out = (match){scan->at - n, n, scan->literal};
    scan->literal = m->same[scan->literal];
    if (scan->literal == NONE) scan->ending = m->states[scan->ending].shorter;
    return true;
}
