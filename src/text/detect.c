#include "text/detect.h"
#include "text/codec.h"

const char *text_language_tag(text_language language) {
    static const char *const tags[LANG_COUNT] = {
        "",
#define LANGUAGE(id, tag) tag,
#include "text/languages.def"
#undef LANGUAGE
    };
    return tags[language];
}

static const encoding *bom_of(const uint8_t *p, size_t n, unsigned *length) {
    *length = 4;
    if (n >= 4 && !memcmp(p, "\xFF\xFE\0\0", 4)) return encoding_at(ENC_UTF32LE);
    if (n >= 4 && !memcmp(p, "\0\0\xFE\xFF", 4)) return encoding_at(ENC_UTF32BE);
    *length = 3;
    if (n >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3)) return encoding_at(ENC_UTF8);
    *length = 2;
    if (n >= 2 && !memcmp(p, "\xFF\xFE", 2)) return encoding_at(ENC_UTF16LE);
    if (n >= 2 && !memcmp(p, "\xFE\xFF", 2)) return encoding_at(ENC_UTF16BE);
    *length = 0;
    return NULL;
}

static size_t errors(const encoding *e, const uint8_t *p, size_t n) {
    size_t count = 0;
    for (size_t at = 0; at < n;) {
        uint32_t c;
        size_t length = e->codec->next(e, p + at, n - at, &c);
        if (!length)
            length = e->codec->bad(e, p + at, n - at), count++;
        else if (c < 0x20 && c != '\n' && c != '\r' && c != '\t')
            count++;
        else if (is_private(c))
            count++;
        at += length;
    }
    return count;
}

void detect(const uint8_t *p, size_t n, detection *out) {
    static const encoding_id candidates[] = {ENC_UTF8, ENC_GB18030, ENC_BIG5, ENC_UTF16LE,
                                             ENC_UTF16BE};
    unsigned bom;
    *out = (detection){.enc = bom_of(p, n, &bom)};
    out->bom = bom > 0;
    if (out->enc) return;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        size_t count = errors(encoding_at(candidates[i]), p, n);
        if (count < least) out->enc = encoding_at(candidates[i]), least = count;
    }
}

bool detect_stretches(arena *mem, const uint8_t *p, size_t n, const encoding *forced, stretch **out,
                      size_t *count, detection *whole) {
    detection d;
    unsigned bom;
    *out = NULL;
    *count = 0;
    detect(p, n, &d);
    const encoding *said = bom_of(p, n, &bom);
    if (forced) d.enc = forced, bom = said == forced ? bom : 0;
    if (whole) *whole = d;
    if (!n) return true;
    *out = arena_zalloc(mem, 1, sizeof **out);
    if (!*out) return false;
    **out = (stretch){.len = n, .enc = d.enc, .bom = (uint8_t)bom};
    *count = 1;
    return true;
}
