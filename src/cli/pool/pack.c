#include "pool/pack.h"

#include <stdlib.h>
#include <string.h>

/* The length of a string that is NULL. */
#define ABSENT UINT64_MAX

void pack_plain(text *t, const void *p, size_t n) {
    text_add(t, p, n);
}

void pack_bytes(text *t, const void *p, size_t n) {
    uint64_t length = n;
    PACK_VALUE(t, length);
    text_add(t, p, n);
}

void pack_string(text *t, const char *z) {
    uint64_t absent = ABSENT;
    if (z)
        pack_bytes(t, z, strlen(z));
    else
        PACK_VALUE(t, absent);
}

void pack_text(text *t, const text *add) {
    pack_bytes(t, text_z(add), add->n);
    if (add->failed) t->failed = true;
}

void unpack_plain(unpacker *u, void *p, size_t n) {
    if (u->failed || (size_t)(u->end - u->p) < n) {
        u->failed = true;
        memset(p, 0, n);
        return;
    }
    memcpy(p, u->p, n);
    u->p += n;
}

/* False when the string is NULL. */
static bool take(unpacker *u, qw_str *s) {
    uint64_t length;
    UNPACK_VALUE(u, length);
    *s = (qw_str){"", 0};
    if (length == ABSENT) return false;
    if ((uint64_t)(u->end - u->p) < length) u->failed = true;
    if (u->failed) return true;
    *s = (qw_str){u->p, (size_t)length};
    u->p += length;
    return true;
}

qw_str unpack_bytes(unpacker *u) {
    qw_str s;
    take(u, &s);
    return s;
}

char *unpack_string(unpacker *u) {
    qw_str s;
    if (!take(u, &s)) return NULL;
    char *z = malloc(s.n + 1);
    if (!z) return u->failed = true, NULL;
    memcpy(z, s.p, s.n);
    z[s.n] = '\0';
    return z;
}

void unpack_text(unpacker *u, text *t) {
    qw_str s = unpack_bytes(u);
    text_clear(t);
    if (s.n && !text_add(t, s.p, s.n)) u->failed = true;
}
