/* pack: ZIP and tar files byte by byte, for tests that want what no tool writes: names in any
 * encoding, links, sizes that are not true. */
#ifndef QW_TESTS_PACK_H
#define QW_TESTS_PACK_H

#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>

typedef struct pack_entry {
    str name, bytes;
    unsigned flags; /* ZIP: general purpose bits; 0x800: the name is UTF-8 */
    unsigned mode;  /* Unix mode, 0: none said */
    uint32_t lie;   /* ZIP: the size it says it has when unpacked; 0: the true one */
    str unicode;    /* ZIP: an Info-ZIP Unicode Path field */
} pack_entry;

static inline uint32_t pack_crc(str s) {
    uint32_t crc = ~0u;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (uint8_t)s.p[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

static inline void pack_number(buf *b, uint64_t value, int bytes) {
    for (; bytes > 0; bytes--, value >>= 8) buf_add_byte(b, (char)(value & 255));
}

static inline size_t pack_extra_size(const pack_entry *e) {
    return e->unicode.n ? 9 + e->unicode.n : 0;
}

/* What local header and directory have in common, from "version needed" on. */
static inline void pack_common(buf *b, const pack_entry *e) {
    pack_number(b, 20, 2);
    pack_number(b, e->flags, 2);
    pack_number(b, 0, 2); /* stored */
    pack_number(b, 0, 2);
    pack_number(b, 0x5821, 2); /* 2024-01-01 */
    pack_number(b, pack_crc(e->bytes), 4);
    pack_number(b, e->bytes.n, 4);
    pack_number(b, e->lie ? e->lie : e->bytes.n, 4);
    pack_number(b, e->name.n, 2);
    pack_number(b, pack_extra_size(e), 2);
}

static inline void pack_extra(buf *b, const pack_entry *e) {
    if (!e->unicode.n) return;
    pack_number(b, 0x7075, 2);
    pack_number(b, 5 + e->unicode.n, 2);
    pack_number(b, 1, 1);
    pack_number(b, pack_crc(e->name), 4);
    buf_add(b, e->unicode);
}

static inline void pack_directory(buf *b, const pack_entry *e, uint64_t at) {
    pack_number(b, 0x02014B50, 4);
    pack_number(b, e->mode ? 3 << 8 | 20 : 20, 2);
    pack_common(b, e);
    pack_number(b, 0, 2); /* comment */
    pack_number(b, 0, 2); /* disk */
    pack_number(b, 0, 2);
    pack_number(b, (uint64_t)e->mode << 16, 4);
    pack_number(b, at, 4);
    buf_add(b, e->name);
    pack_extra(b, e);
}

/* At most 64 entries. */
static inline void pack_zip(buf *b, const pack_entry *entries, size_t n) {
    uint64_t at[64];
    for (size_t i = 0; i < n; i++) {
        at[i] = b->n;
        pack_number(b, 0x04034B50, 4);
        pack_common(b, &entries[i]);
        buf_add(b, entries[i].name);
        pack_extra(b, &entries[i]);
        buf_add(b, entries[i].bytes);
    }
    uint64_t directory = b->n;
    for (size_t i = 0; i < n; i++) pack_directory(b, &entries[i], at[i]);
    uint64_t size = b->n - directory;
    pack_number(b, 0x06054B50, 4);
    pack_number(b, 0, 4);
    pack_number(b, n, 2);
    pack_number(b, n, 2);
    pack_number(b, size, 4);
    pack_number(b, directory, 4);
    pack_number(b, 0, 2);
}

/* ustar; type is '0' file, '2' link, '3' device, '5' folder. */
static inline void pack_tar_entry(buf *b, str name, char type, str bytes) {
    char head[512] = {0};
    unsigned sum = 0;
    memcpy(head, name.p, name.n < 100 ? name.n : 100);
    snprintf(head + 100, 8, "%07o", 0644u);
    snprintf(head + 108, 8, "%07o", 0u);
    snprintf(head + 116, 8, "%07o", 0u);
    snprintf(head + 124, 12, "%011lo", (unsigned long)bytes.n);
    snprintf(head + 136, 12, "%011lo", 1700000000ul);
    memset(head + 148, ' ', 8);
    head[156] = type;
    if (type == '2') memcpy(head + 157, "/etc/passwd", 11);
    memcpy(head + 257,
           "ustar\0"
           "00",
           8);
    for (size_t i = 0; i < sizeof head; i++) sum += (uint8_t)head[i];
    snprintf(head + 148, 8, "%06o", sum);
    buf_add(b, str_make(head, sizeof head));
    buf_add(b, bytes);
    while (b->n % 512) buf_add_byte(b, '\0');
}

static inline void pack_tar_end(buf *b) {
    for (size_t i = 0; i < 1024; i++) buf_add_byte(b, '\0');
}

#endif
