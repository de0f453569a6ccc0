/* decode, and encodings by name: one answer for every code, nothing lost, places exact. */
#include "check.h"

#include "base/utf8.h"
#include "text/decode.h"
#include "text/encode.h"

static arena *mem;

static decoded decode_as(const char *label, str bytes) {
    decoded d = {0};
    const encoding *e = encoding_find(str_of(label));
    CHECK(e != NULL);
    if (e) CHECK(decode(mem, e, (const uint8_t *)bytes.p, bytes.n, 0, &d));
    return d;
}

#define DECODES(label, given, want) CHECK_STR(decode_as(label, STR(given)).text, STR(want))

static void finds_encodings_by_label(void) {
    static const char *const same[][2] = {
        {"gb2312", "GB18030"},      {"GBK", "gb18030"},       {"cp936", "GB18030"},
        {"big5-eten", "Big5"},      {"cp950", "big5"},        {"latin1", "windows-1252"},
        {"ISO_8859-1", "cp1252"},   {"utf8", "UTF-8"},        {"us-ascii", "UTF-8"},
        {"shift-jis", "Shift_JIS"}, {"windows-31j", "cp932"}, {"ks_c_5601-1987", "EUC-KR"},
        {" utf-16 ", "UTF-16LE"},   {"hz-gb-2312", "HZ"},     {"tis-620", "windows-874"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const encoding *e = encoding_find(str_of(same[i][0]));
        CHECK(e && e == encoding_find(str_of(same[i][1])));
    }
    CHECK(encoding_find(STR("gb18031")) == NULL);
    CHECK(encoding_find(STR("")) == NULL);
    for (unsigned i = 0; i < ENC_COUNT; i++) {
        const encoding *e = encoding_at((encoding_id)i);
        CHECK(encoding_find(str_of(encoding_name(e))) == e);
        CHECK(encoding_id_of(e) == (encoding_id)i);
    }
}

static void reads_gb18030_as_of_2022(void) {
    DECODES("gbk", "\xBC\xF2\xCC\xE5\x80", "简体€");
    DECODES("gb18030", "\xA6\xD9\xA6\xDA\xA6\xF3",
            "︐︒︙"); /* moved out of the private use area */
    DECODES("gb18030", "\xFE\x59\xFE\xA0", "龴龻");
    DECODES("gb18030", "\x82\x35\x90\x37\x84\x31\x82\x36", "龴︐"); /* refused by glibc 2.36 */
    DECODES("gb18030", "\xFE\x51\xFE\x91", "\xF0\xA0\x82\x87\xF0\xA4\x87\xBE");
    DECODES("gb18030", "\xA3\xA0\xA8\xBC", "　ḿ");
    DECODES("gb18030", "\x81\x30\x84\x32\x94\x39\xDA\x33\xE3\x32\x9A\x35",
            "\xC2\xA0\xF0\x9F\x92\xA9\xF4\x8F\xBF\xBF");
    decoded d = decode_as("gb18030", STR("\xAA\xA1\xB0\xA1\xAF\xFE"));
    CHECK_STR(d.text, STR("\xEE\x80\x80啊\xEE\x88\xB3"));
    CHECK_INT(d.npua, 2);
    CHECK_INT(d.nbad, 0);
}

static void reads_other_encodings(void) {
    DECODES("big5", "\xC1\x63\xC5\xE9\xA1\x45\xF9\xD6\xA3\xE1", "繁體‧碁€");
    DECODES("big5", "\x87\x40\x88\x62", "䏰Ê̄");
    DECODES("big5", "\xC7\xE9\xA1\x45\xFA\xFC", "①‧𠻝");
    DECODES("big5-hkscs", "\xC6\xA1\xA1\x45\x88\x62\x88\xA5\x87\xDF", "①•Ê̄ê̌鿋"); /* of 2008 */
    DECODES("utf-16le", "\x00\x4E\x3D\xD8\xA9\xDC\x0A\x00", "一\xF0\x9F\x92\xA9\n");
    DECODES("utf-16be", "\x4E\x00\x00\x41\x00\xE9\x30\x02", "一Aé。");
    DECODES("utf-32le", "\x00\x4E\x00\x00\xA9\xF4\x01\x00", "一\xF0\x9F\x92\xA9");
    DECODES("shift_jis", "\x93\xFA\x96\x7B\xB6\xC5\x87\x40", "日本ｶﾅ①");
    DECODES("euc-jp", "\xC6\xFC\xCB\xDC\x8E\xB6\x8F\xB0\xA1", "日本ｶ丂");
    DECODES("euc-kr", "\xC7\xD1\xB1\xB9\x81\x41", "한국갂");
    DECODES("koi8-r", "\xD2\xD5\xD3", "рус");
    DECODES("windows-1252", "\x80\xE9\x93", "€é“");
    DECODES("hz", "~{<r~}A~~\n", "简A~\n");
    DECODES("iso-2022-jp", "\x1B$BF|K\\\x1B(B\n", "日本\n");
}

static void marks_what_it_cannot_read(void) {
    decoded d = decode_as("gb18030", STR("a\xFF\xB0\nb\xB0\xA1\x81"));
    CHECK_STR(d.text, STR("a��\nb啊�"));
    CHECK_INT(d.nbad, 3);
    if (d.nbad == 3) {
        CHECK_INT(d.bad[0].off, 1);
        CHECK_INT(d.bad[1].off, 2);
        CHECK_INT(d.bad[1].len, 1);
        CHECK_INT(d.bad[2].off, 7);
    }
    DECODES("utf-8", "\xE4\xBD\xE4\xBD\xA0\xF0\x9F\x92\x0A\xC0\x80\xED\xA0\x80", "�你�\n�����");
    DECODES("utf-16le", "\x00\xD8\x0A\x00\x41", "�\n�");
    DECODES("big5", "\xA4\x0A\xFF\xA4\xA4", "�\n�中");
}

static void borrows_good_utf8(void) {
    str text = STR("原样");
    decoded d = decode_as("utf-8", text);
    CHECK(d.borrowed && d.text.p == text.p);
    d = decode_as("utf-8", STR("坏\xFF"));
    CHECK(!d.borrowed);
}

/* A long text, so that blocks, fast paths and their ends are met at every offset. */
static str long_text(void) {
    static const char *const pieces[] = {"通知", "A",  "，", "é",     "第12条",
                                         "\n",   "開", "𠀀", "。\r\n"};
    char *p = arena_alloc(mem, 100000);
    size_t n = 0;
    uint32_t seed = 7;
    while (p && n < 90000) {
        seed = seed * 1103515245 + 12345;
        str piece = str_of(pieces[seed >> 16 & 7]);
        for (unsigned k = 0; k <= (seed >> 24 & 7); k++) {
            memcpy(p + n, piece.p, piece.n);
            n += piece.n;
        }
    }
    return (str){p, n};
}

static str encoded(const encode_tables *t, const encoding *e, str text, size_t *places) {
    uint8_t *p = arena_alloc(mem, 2 * text.n + 4);
    size_t n = 0;
    for (size_t at = 0; p && at < text.n;) {
        places[at] = n;
        uint32_t c = utf8_next(text, &at);
        n += encode_char(t, e, c, p + n);
    }
    return (str){(const char *)p, n};
}

static void comes_back_from_gb18030(void) {
    const encode_tables *t = encode_tables_new(mem);
    const encoding *e = encoding_find(STR("gb18030"));
    str text = long_text();
    size_t *places = arena_zalloc(mem, text.n + 1, sizeof *places);
    if (!t || !places) return;
    str bytes = encoded(t, e, text, places);
    decoded d;
    CHECK(decode(mem, e, (const uint8_t *)bytes.p, bytes.n, 5, &d));
    CHECK(str_eq(d.text, text));
    CHECK_INT(d.nbad, 0);
    for (size_t at = 0; at < text.n; at += 97) {
        size_t start = at;
        while (((unsigned char)text.p[start] & 0xC0) == 0x80) start--;
        CHECK_INT(decode_place(e, (const uint8_t *)bytes.p, bytes.n, start, false), places[start]);
    }
    CHECK_INT(decode_place(e, (const uint8_t *)bytes.p, bytes.n, text.n, false), bytes.n);
}

static void finds_places_in_stateful_text(void) {
    str bytes = STR("a\x1B$BF|K\\\x1B(Bz");
    const encoding *e = encoding_find(STR("iso-2022-jp"));
    CHECK_INT(decode_place(e, (const uint8_t *)bytes.p, bytes.n, 0, false), 0);
    CHECK_INT(decode_place(e, (const uint8_t *)bytes.p, bytes.n, 4, false), 6);
    DECODES("iso-2022-jp", "a\x1B$BF|K\\\x1B(Bz", "a日本z");
}

int main(void) {
    mem = arena_new(0);
    if (!mem) return 1;
    RUN(finds_encodings_by_label);
    RUN(reads_gb18030_as_of_2022);
    RUN(reads_other_encodings);
    RUN(marks_what_it_cannot_read);
    RUN(borrows_good_utf8);
    RUN(comes_back_from_gb18030);
    RUN(finds_places_in_stateful_text);
    arena_free(mem);
    return check_result();
}
