/* The list of encodings and the search by label. */
#include "text/encoding.h"
#include "text/codec.h"
#include "text/tables/pages.h"

#define codec_UTF8    &codec_utf8
#define codec_UTF16LE &codec_utf16le
#define codec_UTF16BE &codec_utf16be
#define codec_UTF32LE &codec_utf32le
#define codec_UTF32BE &codec_utf32be
#define codec_GB18030 &codec_gb18030
#define codec_BIG5    &codec_big5
#define codec_HKSCS   &codec_hkscs
#define codec_SJIS    &codec_sjis
#define codec_EUCJP   &codec_eucjp
#define codec_EUCKR   &codec_euckr
#define codec_SINGLE  &codec_single
#define codec_STATE   NULL

enum {
    UNIT_UTF16LE = 2,
    UNIT_UTF16BE = 2,
    UNIT_UTF32LE = 4,
    UNIT_UTF32BE = 4,
    UNIT_UTF8 = 1,
    UNIT_GB18030 = 1,
    UNIT_BIG5 = 1,
    UNIT_HKSCS = 1,
    UNIT_SJIS = 1,
    UNIT_EUCJP = 1,
    UNIT_EUCKR = 1,
    UNIT_SINGLE = 1,
    UNIT_STATE = 1,
};

static const encoding encodings[ENC_COUNT] = {
#define ENCODING(id, family, table, name, labels)                                                  \
    {name, labels, codec_##family, UNIT_##family, table},
#include "text/encodings.def"
#undef ENCODING
};

const encoding *encoding_at(encoding_id id) {
    return &encodings[id];
}

encoding_id encoding_id_of(const encoding *e) {
    return (encoding_id)(e - encodings);
}

const char *encoding_name(const encoding *e) {
    return e->name;
}

unsigned encoding_unit(const encoding *e) {
    return e->unit;
}

bool encoding_is_ascii(const encoding *e) {
    encoding_id id = encoding_id_of(e);
    if (e->codec == &codec_single) return pages[e->page]['A'] == 'A';
    return e->unit == 1 && (e->codec || id == ENC_EUC_TW || id == ENC_JOHAB);
}

/* A label with letters in lower case and only letters and digits kept. */
static str plain_label(str label, char *out, size_t room) {
    size_t n = 0;
    for (size_t i = 0; i < label.n; i++) {
        char c = label.p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!kept && c != '-' && c != '_' && c != ' ' && c != ':' && c != '.')
            return (str){NULL, 0};
        if (kept && n == room) return (str){NULL, 0};
        if (kept) out[n++] = c;
    }
    return (str){out, n};
}

static bool has_label(const encoding *e, str plain) {
    char own[32];
    if (str_eq(plain_label(str_of(e->name), own, sizeof own), plain)) return true;
    str rest = str_of(e->labels), label;
    while (str_next(&rest, ' ', &label))
        if (str_eq(label, plain)) return true;
    return false;
}

const encoding *encoding_find(str label) {
    char room[32];
    str plain = plain_label(str_trim(label), room, sizeof room);
    if (!plain.n) return NULL;
    for (size_t i = 0; i < ENC_COUNT; i++)
        if (has_label(&encodings[i], plain)) return &encodings[i];
    return NULL;
}
