/* arena: memory that is given back all at once.
 *
 * A document owns one arena; everything that hangs off the document lives in it. A worker resets
 * the arena and keeps its chunks for the next document (faster than malloc only because of that).
 */
#ifndef QW_BASE_ARENA_H
#define QW_BASE_ARENA_H

#include "base/str.h"

typedef struct arena arena;

/* An empty arena that will hold at most limit bytes (0: no limit). NULL when memory is out. */
arena *arena_new(size_t limit);

/* Gives everything back. NULL is fine. */
void arena_free(arena *a);

/* Forgets the contents and keeps up to keep bytes of chunks for reuse. */
void arena_reset(arena *a, size_t keep);

/* n bytes, aligned for any type, not cleared. NULL past the limit or when memory is out; from then
 * on arena_failed() says so. n may be 0. */
void *arena_alloc(arena *a, size_t n);

/* count * size bytes, zeroed; NULL as above and when the product overflows. */
void *arena_zalloc(arena *a, size_t count, size_t size);

/* The block p of old_n bytes with room for new_n; its contents stay, what is added is not cleared.
 * A large block grows where it is; a small one is copied and its old place is lost until the reset.
 * p may be NULL with old_n 0. NULL as above; then p is as it was. */
void *arena_resize(arena *a, void *p, size_t old_n, size_t new_n);

/* Makes the newest allocation p (of old_n bytes) smaller: the tail goes back to the arena.
 * Does nothing when p is not the newest. */
void arena_shrink(arena *a, void *p, size_t old_n, size_t new_n);

/* Changes how much the arena may hold (0: no limit). */
void arena_set_limit(arena *a, size_t limit);

/* Has give_back(what) called when the arena is reset or freed, the latest first, before its memory
 * goes: for what libraries keep outside it. False when memory is out; nothing is called then. */
bool arena_on_free(arena *a, void (*give_back)(void *what), void *what);

bool arena_failed(const arena *a);

/* It failed because of its limit. */
bool arena_over_limit(const arena *a);

/* Bytes handed out since the last reset, rounding included. */
size_t arena_used(const arena *a);

/* A copy of s, followed by a NUL. {NULL, 0} when memory is out. */
str arena_str(arena *a, str s);

/* printf into the arena; {NULL, 0} when memory is out. */
str arena_printf(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The two, one after the other, followed by a NUL. */
str arena_join(arena *a, str x, str y);

/* The n pieces, one after the other, followed by a NUL; much faster than arena_printf(). {NULL, 0}
 * when memory is out. */
str arena_concat(arena *a, const str *pieces, size_t n);

#endif
