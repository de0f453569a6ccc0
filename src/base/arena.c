#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_FIRST = 64 * 1024, CHUNK_LARGEST = 4 * 1024 * 1024 };

typedef struct chunk {
    struct chunk *next;
    size_t cap; /* bytes after this header */
    max_align_t data[];
} chunk;

/* Somebody to be told before the memory goes. */
typedef struct farewell {
    struct farewell *next;
    void (*give_back)(void *what);
    void *what;
} farewell;

/* Chunks in `full` and `now` hold data; those in `spare` wait for reuse. */
struct arena {
    chunk *now, *full, *spare;
    size_t at;       /* bytes used of `now` */
    size_t used;     /* bytes handed out */
    size_t limit;    /* 0: none */
    size_t next_cap; /* size of the next fresh chunk */
    farewell *farewells;
    bool failed, over_limit;
};

arena *arena_new(size_t limit) {
    arena *a = calloc(1, sizeof *a);
    if (a) a->limit = limit, a->next_cap = CHUNK_FIRST;
    return a;
}

static void free_list(chunk *c) {
    while (c) {
        chunk *next = c->next;
        free(c);
        c = next;
    }
}

bool arena_on_free(arena *a, void (*give_back)(void *what), void *what) {
    farewell *f = arena_alloc(a, sizeof *f);
    if (!f) return false;
    *f = (farewell){a->farewells, give_back, what};
    a->farewells = f;
    return true;
}

static void say_farewell(arena *a) {
    for (const farewell *f = a->farewells; f; f = f->next) f->give_back(f->what);
    a->farewells = NULL;
}

void arena_free(arena *a) {
    if (!a) return;
    say_farewell(a);
    free_list(a->now);
    free_list(a->full);
    free_list(a->spare);
    free(a);
}

/* Moves the chunks of list to the spare ones as long as keep allows; frees the others. */
static size_t keep_chunks(arena *a, chunk *list, size_t keep) {
    while (list) {
        chunk *next = list->next;
        if (list->cap <= keep) {
            keep -= list->cap;
            list->next = a->spare;
            a->spare = list;
        } else {
            free(list);
        }
        list = next;
    }
    return keep;
}

void arena_reset(arena *a, size_t keep) {
    chunk *spare = a->spare;
    say_farewell(a);
    a->spare = NULL;
    keep = keep_chunks(a, spare, keep);
    if (a->now) a->now->next = a->full, a->full = a->now;
    keep_chunks(a, a->full, keep);
    a->now = a->full = NULL;
    a->at = a->used = 0;
    a->failed = a->over_limit = false;
}

/* Where memory is watched, what earlier documents left in a chunk is made garbage: who reads what
 * nobody wrote shall fail in every run, and not by what came before. */
static void spoil(chunk *c) {
#ifdef __SANITIZE_ADDRESS__
    memset(c->data, 0xA5, c->cap);
#else
    (void)c;
#endif
}

static chunk *take_spare(arena *a, size_t n) {
    for (chunk **link = &a->spare; *link; link = &(*link)->next) {
        chunk *c = *link;
        if (c->cap < n) continue;
        *link = c->next;
        spoil(c);
        return c;
    }
    return NULL;
}

static chunk *fresh_chunk(size_t cap) {
    if (cap > SIZE_MAX - sizeof(chunk)) return NULL;
    chunk *c = malloc(sizeof *c + cap);
    if (c) c->cap = cap;
    return c;
}

static void *fail(arena *a) {
    a->failed = true;
    return NULL;
}

/* A block too large to waste the rest of the present chunk on gets a chunk of its own. */
static void *own_chunk(arena *a, size_t n) {
    chunk *c = take_spare(a, n);
    if (!c) c = fresh_chunk(n);
    if (!c) return fail(a);
    c->next = a->full;
    a->full = c;
    a->used += n;
    return c->data;
}

static bool next_chunk(arena *a, size_t n) {
    chunk *c = take_spare(a, n);
    if (!c) {
        c = fresh_chunk(a->next_cap > n ? a->next_cap : n);
        if (a->next_cap < CHUNK_LARGEST) a->next_cap *= 2;
    }
    if (!c) return false;
    if (a->now) a->now->next = a->full, a->full = a->now;
    c->next = NULL;
    a->now = c;
    a->at = 0;
    return true;
}

static size_t rounded(size_t n) {
    size_t align = sizeof(max_align_t);
    return n ? (n + align - 1) / align * align : align;
}

/* Whether n more bytes are allowed. */
static bool within_limit(arena *a, size_t n) {
    if (!a->limit || (n <= a->limit && a->used <= a->limit - n)) return true;
    a->over_limit = true;
    return false;
}

void *arena_alloc(arena *a, size_t n) {
    if (n > SIZE_MAX - sizeof(max_align_t)) return fail(a);
    n = rounded(n);
    if (!within_limit(a, n)) return fail(a);
    if (!a->now || a->now->cap - a->at < n) {
        if (a->now && n > CHUNK_FIRST / 4) return own_chunk(a, n);
        if (!next_chunk(a, n)) return fail(a);
    }
    void *p = (char *)a->now->data + a->at;
    a->at += n;
    a->used += n;
    return p;
}

void *arena_zalloc(arena *a, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) return fail(a);
    void *p = arena_alloc(a, count * size);
    if (p) memset(p, 0, count * size);
    return p;
}

/* The link that leads to the chunk that p has for itself; NULL when it has none. */
static chunk **find_own(arena *a, const void *p, size_t n) {
    for (chunk **link = &a->full; *link; link = &(*link)->next)
        if ((*link)->data == p && (*link)->cap == n) return link;
    return NULL;
}

/* Grows a chunk that holds one block. */
static void *grow_own(arena *a, chunk **link, size_t n) {
    if (n > SIZE_MAX - sizeof(chunk)) return fail(a);
    chunk *c = realloc(*link, sizeof *c + n);
    if (!c) return fail(a);
    a->used += n - c->cap;
    c->cap = n;
    *link = c;
    return c->data;
}

void *arena_resize(arena *a, void *p, size_t old_n, size_t new_n) {
    if (new_n <= old_n) return p;
    if (new_n > SIZE_MAX - sizeof(max_align_t)) return fail(a);
    size_t had = rounded(old_n), want = rounded(new_n);
    chunk **own = p ? find_own(a, p, had) : NULL;
    if (own) return within_limit(a, want - had) ? grow_own(a, own, want) : fail(a);
    void *q = arena_alloc(a, new_n);
    if (q && old_n) memcpy(q, p, old_n);
    return q;
}

void arena_shrink(arena *a, void *p, size_t old_n, size_t new_n) {
    size_t had = rounded(old_n), left = rounded(new_n);
    if (!a->now || left >= had) return;
    if ((char *)p + had != (char *)a->now->data + a->at) return;
    a->at -= had - left;
    a->used -= had - left;
}

void arena_set_limit(arena *a, size_t limit) {
    a->limit = limit;
}

bool arena_over_limit(const arena *a) {
    return a->over_limit;
}

bool arena_failed(const arena *a) {
    return a->failed;
}

size_t arena_used(const arena *a) {
    return a->used;
}

str arena_concat(arena *a, const str *pieces, size_t n) {
    size_t sum = 0, at = 0;
    for (size_t i = 0; i < n; i++) sum += pieces[i].n;
    char *p = arena_alloc(a, sum + 1);
    if (!p) return (str){NULL, 0};
    for (size_t i = 0; i < n; at += pieces[i++].n)
        if (pieces[i].n) memcpy(p + at, pieces[i].p, pieces[i].n);
    p[sum] = '\0';
    return (str){p, sum};
}

str arena_join(arena *a, str x, str y) {
    return arena_concat(a, (str[]){x, y}, 2);
}

str arena_str(arena *a, str s) {
    return arena_join(a, s, (str){NULL, 0});
}

str arena_printf(arena *a, const char *format, ...) {
    char first[256]; /* what is longer is written twice */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(first, sizeof first, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
    if (p && (size_t)n < sizeof first)
        memcpy(p, first, (size_t)n + 1);
    else if (p)
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p ? (str){p, (size_t)n} : (str){NULL, 0};
}
