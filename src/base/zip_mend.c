#include "base/zip_mend.h"

#include "base/utf8.h"

/* Sizes and offsets of APPNOTE 4.3.7, 4.3.12 and 4.3.16. */
enum {
    END = 22,
    END_ENTRIES = 10,
    END_SIZE = 12,
    END_DIRECTORY = 16,
    COMMENT_MOST = 0xFFFF,
    ENTRY = 46,
    ENTRY_FLAGS = 8,
    ENTRY_NAME = 28, /* lengths of name, extra field and comment */
    ENTRY_LOCAL = 42,
    LOCAL = 30,
    LOCAL_FLAGS = 6,
    UTF8_HIGH = 0x08, /* bit 11, in the upper byte */
};

static size_t number(const char *at, unsigned bytes) {
    size_t n = 0;
    for (unsigned i = bytes; i-- > 0;) n = n << 8 | (unsigned char)at[i];
    return n;
}

static bool is_at(const char *p, size_t n, size_t at, const char mark[4]) {
    return at <= n && n - at >= 4 && memcmp(p + at, mark, 4) == 0;
}

/* The record at the end, looked for from there; n when there is none. */
static size_t find_end(const char *p, size_t n) {
    size_t least = n > END + COMMENT_MOST ? n - END - COMMENT_MOST : 0;
    for (size_t at = n < END ? 0 : n - END + 1; at-- > least;)
        if (is_at(p, n, at, "PK\5\6")) return at;
    return n;
}

/* Mends the entry at `at` of the directory. */
static bool mend_entry(char *p, size_t n, size_t at) {
    size_t name = number(p + at + ENTRY_NAME, 2), local = number(p + at + ENTRY_LOCAL, 4);
    bool marked = p[at + ENTRY_FLAGS + 1] & UTF8_HIGH;
    if (!marked || n - at - ENTRY < name ||
        utf8_valid_prefix(str_make(p + at + ENTRY, name)) == name)
        return false;
    p[at + ENTRY_FLAGS + 1] &= (char)~UTF8_HIGH;
    if (is_at(p, n, local, "PK\3\4") && n - local >= LOCAL)
        p[local + LOCAL_FLAGS + 1] &= (char)~UTF8_HIGH;
    return true;
}

bool zip_mend(char *p, size_t n) {
    size_t end = find_end(p, n);
    bool mended = false;
    if (end == n) return false;
    size_t entries = number(p + end + END_ENTRIES, 2), at = number(p + end + END_DIRECTORY, 4);
    for (size_t i = 0; i < entries && is_at(p, end, at, "PK\1\2") && end - at >= ENTRY; i++) {
        mended |= mend_entry(p, n, at);
        at += ENTRY + number(p + at + ENTRY_NAME, 2) + number(p + at + ENTRY_NAME + 2, 2) +
              number(p + at + ENTRY_NAME + 4, 2);
    }
    return mended;
}

str zip_without_lead(str bytes) {
    size_t end = find_end(bytes.p, bytes.n);
    if (end >= bytes.n || bytes.n - end < END) return bytes;
    size_t size = number(bytes.p + end + END_SIZE, 4);
    size_t offset = number(bytes.p + end + END_DIRECTORY, 4);
    if (size > end || offset > end - size || is_at(bytes.p, bytes.n, offset, "PK\1\2"))
        return bytes;
    size_t lead = end - size - offset;
    return is_at(bytes.p, bytes.n, lead + offset, "PK\1\2") ? str_cut(bytes, lead, bytes.n) : bytes;
}
