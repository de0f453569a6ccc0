/* Codes of the tables against the system's iconv, one after another, where that is glibc's: what
 * both know must be the same character, but for the differences that docs/ENCODINGS.md gives
 * reasons for. */
#include "check.h"

#include "text/decode.h"

#include <iconv.h>
#include <stdio.h>

static arena *mem;

/* What iconv makes of n bytes; empty when it refuses them. */
static str by_iconv(iconv_t to, uint8_t *bytes, size_t n, char *room, size_t size) {
    char *in = (char *)bytes, *out = room;
    size_t left = n, free_room = size;
    iconv(to, NULL, NULL, NULL, NULL);
    bool good = iconv(to, &in, &left, &out, &free_room) != (size_t)-1 && !left;
    good = good && iconv(to, NULL, NULL, &out, &free_room) != (size_t)-1;
    return (str){room, good ? size - free_room : 0};
}

/* Codes from first to end. */
typedef struct range {
    unsigned first, end;
} range;

static bool is_in(unsigned code, range r) {
    return code >= r.first && code < r.end;
}

/* Every code in a range but those in `except`. `least`: so many are known to both. */
static void compare(const char *ours, const char *theirs, range all, range except, size_t least) {
    const encoding *e = encoding_find(str_of(ours));
    iconv_t to = iconv_open("UTF-8", theirs);
    size_t same = 0;
    CHECK(e != NULL && to != (iconv_t)-1);
    if (!e || to == (iconv_t)-1) return;
    for (unsigned code = all.first; code < all.end; code++) {
        uint8_t bytes[2] = {(uint8_t)(code >> 8), (uint8_t)code};
        char room[32];
        decoded d;
        if ((code & 0xFF) < 0x40 || is_in(code, except)) continue;
        str want = by_iconv(to, bytes, 2, room, sizeof room);
        if (!want.n || !decode(mem, e, bytes, 2, 0, &d)) continue;
        if (!str_eq(d.text, want)) printf("%s %04X\n", ours, code);
        CHECK(str_eq(d.text, want));
        same += !d.nbad;
        arena_reset(mem, 1 << 16);
    }
    CHECK(same >= least);
    iconv_close(to);
}

int main(void) {
#ifndef __GLIBC__
    puts("needs glibc's iconv");
    return 77;
#endif
    static const range all = {0x8100, 0xFF00}, rows_of_jis = {0xA1A1, 0xF500}, none = {0, 0};
    static const range blank = {0xA3A0, 0xA3A1}; /* private in glibc */
    static const range eten = {0xC6A1, 0xC900};  /* likewise */
    mem = arena_new(0);
    if (!mem) return 1;
    compare("GB18030", "GB18030", all, blank, 23900);
    compare("Big5", "BIG5", all, eten, 13000);
    compare("Big5", "CP950", all, eten, 13000);
    compare("Big5-HKSCS", "BIG5-HKSCS", all, none, 18000);
    compare("Shift_JIS", "CP932", all, none, 9000);
    compare("EUC-JP", "EUC-JP-MS", rows_of_jis, none, 6000);
    compare("EUC-KR", "UHC", all, none, 17000);
    arena_free(mem);
    return check_result();
}
