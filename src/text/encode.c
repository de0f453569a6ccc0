#include "text/encode.h"
#include "text/codec.h"
#include "text/tables/double_byte.h"
#include "text/tables/pages.h"

/* [character] is lead << 8 | trail, 0 when there is none. */
struct encode_tables {
    uint16_t gb18030[0x10000], big5[0x10000], sjis[0x10000], korean[0x10000];
};

/* Enters every two-byte code of an encoding; of two codes for one character the lower stays. */
static void enter_codes(uint16_t *table, const encoding *e) {
    for (unsigned code = 0xFFFF; code >= 0x8140; code--) {
        uint8_t bytes[2] = {(uint8_t)(code >> 8), (uint8_t)code};
        uint32_t c;
        if (e->codec->next(e, bytes, 2, &c) == 2 && c < 0x10000) table[c] = (uint16_t)code;
    }
}

/* What decoders before GB 18030-2022 made of some codes: private characters. */
static void enter_old_gb18030(uint16_t *table) {
    for (unsigned i = 0; i < 7; i++) table[0xE78D + i] = (uint16_t)(0xA6D9 + i);
    table[0xE794] = 0xA6EC, table[0xE795] = 0xA6ED, table[0xE796] = 0xA6F3;
    for (unsigned trail = 0x50; trail <= 0xA0; trail++)
        if (trail != 0x7F)
            table[0xE815 + trail - 0x50 - (trail > 0x7F)] = (uint16_t)(0xFE00 | trail);
    table[0xE5E5] = 0xA3A0;
}

const encode_tables *encode_tables_new(arena *mem) {
    encode_tables *t = arena_zalloc(mem, 1, sizeof *t);
    if (!t) return NULL;
    enter_codes(t->gb18030, encoding_at(ENC_GB18030));
    enter_old_gb18030(t->gb18030);
    enter_codes(t->big5, encoding_at(ENC_BIG5));
    enter_codes(t->sjis, encoding_at(ENC_SHIFT_JIS));
    enter_codes(t->korean, encoding_at(ENC_EUC_KR));
    return t;
}

static size_t two_bytes(const uint16_t *table, uint32_t c, uint8_t *out) {
    if (c > 0xFFFF || !table[c]) return 0;
    out[0] = (uint8_t)(table[c] >> 8);
    out[1] = (uint8_t)table[c];
    return 2;
}

/* The four-byte codes of GB18030. */
static size_t four_bytes(uint32_t c, uint8_t *out) {
    uint32_t linear = c >= 0x10000 ? c - 0x10000 + 189000 : 0;
    for (unsigned i = 0; c < 0x10000 && i < gb18030_range_count; i++) {
        const gb_range *r = &gb18030_ranges[i];
        if (!r->first || c < r->first || c - r->first >= (unsigned)(r[1].linear - r->linear))
            continue;
        linear = r->linear + c - r->first;
        break;
    }
    if (!linear && c != 0x80) return 0;
    out[0] = (uint8_t)(0x81 + linear / 12600);
    out[1] = (uint8_t)(0x30 + linear / 1260 % 10);
    out[2] = (uint8_t)(0x81 + linear / 10 % 126);
    out[3] = (uint8_t)(0x30 + linear % 10);
    return 4;
}

static size_t gb18030_bytes(const encode_tables *t, uint32_t c, uint8_t *out) {
    if (c == 0x20AC) return out[0] = 0x80, 1; /* what Windows makes of a single 0x80 */
    size_t n = two_bytes(t->gb18030, c, out);
    return n ? n : four_bytes(c, out);
}

static size_t page_byte(int page, uint32_t c, uint8_t *out) {
    for (unsigned b = 0x80; b < 0x100; b++)
        if (pages[page][b] == c) return out[0] = (uint8_t)b, 1;
    bool control = c >= 0x80 && c < 0xA0;
    if (!control || pages[page][c] != UTF8_REPLACEMENT) {
        if (!control || page != PAGE_CP1252) return 0;
    }
    return out[0] = (uint8_t)c, 1; /* ISO-8859-1, and what browsers do */
}

size_t encode_char(const encode_tables *t, const encoding *e, uint32_t c, uint8_t out[4]) {
    if (c < 0x80) return out[0] = (uint8_t)c, 1;
    if (c == UTF8_REPLACEMENT) return 0;
    switch (encoding_id_of(e)) {
    case ENC_GB18030: return gb18030_bytes(t, c, out);
    case ENC_BIG5: return two_bytes(t->big5, c, out);
    case ENC_EUC_KR: return two_bytes(t->korean, c, out);
    case ENC_SHIFT_JIS:
        if (c >= 0xFF61 && c <= 0xFF9F) return out[0] = (uint8_t)(c - 0xFF61 + 0xA1), 1;
        return two_bytes(t->sjis, c, out);
    default: return e->codec == &codec_single ? page_byte(e->page, c, out) : 0;
    }
}
