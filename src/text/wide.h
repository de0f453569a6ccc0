/* wide: characters of three bytes in UTF-8, two at a time, and runs of ASCII. Private to src/text.
 */
#ifndef QW_TEXT_WIDE_H
#define QW_TEXT_WIDE_H

#include <stdint.h>
#include <string.h>

/* Writes two characters from U+0800 on, given in the halves of a word: 8 bytes, of which 6 count.
 */
static inline void write_two_wide(char *out, uint64_t c) {
    uint64_t w = (c >> 12 & 0x0000000F0000000Fu) | (c << 2 & 0x00003F0000003F00u) |
                 (c << 16 & 0x003F0000003F0000u) | 0x008080E0008080E0u;
    w = (w & 0xFFFFFF) | (w >> 8 & 0xFFFFFF000000u);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (unsigned i = 0; i < 8; i++) out[i] = (char)(w >> 8 * i);
#else
    memcpy(out, &w, 8);
#endif
}

/* One of them: 4 bytes, of which 3 count. */
static inline void write_wide(char *out, uint32_t c) {
    unsigned char bytes[4] = {(unsigned char)(0xE0 | c >> 12),
                              (unsigned char)(0x80 | (c >> 6 & 63)),
                              (unsigned char)(0x80 | (c & 63)), 0};
    memcpy(out, bytes, 4);
}

/* Copies bytes below 0x80, 8 at a time; returns how many. Writes up to 7 bytes more than that. */
static inline size_t copy_ascii(char *out, const uint8_t *p, size_t n) {
    size_t i = 0;
    for (uint64_t eight; n - i >= 8; i += 8) {
        memcpy(&eight, p + i, 8);
        memcpy(out + i, &eight, 8);
        if (eight & 0x8080808080808080u) break;
    }
    while (i < n && p[i] < 0x80) out[i] = (char)p[i], i++;
    return i;
}

#endif
