/* recode: the same text as in one piece, wherever the pieces end. */
#include "check.h"

#include "base/buf.h"
#include "text/decode.h"
#include "text/encode.h"
#include "text/recode.h"

#include "base/utf8.h"

#include <stdlib.h>

#define LINE "第一季度任务已经完成，下一步抓好落实。\n"

static bool take(void *self, str text) {
    return buf_add(self, text);
}

/* Feeds the bytes piece by piece and checks the text. */
static void check_pieces(str bytes, size_t piece, str want, const encoding *forced) {
    recoder *r = recoder_new(forced, false);
    buf out = BUF_INIT((size_t)1 << 30);
    bool ok = r != NULL;
    for (size_t at = 0; ok && at < bytes.n; at += piece) {
        size_t n = bytes.n - at < piece ? bytes.n - at : piece;
        ok = recoder_feed(r, (const uint8_t *)bytes.p + at, n, at + n == bytes.n,
                          &(recode_client){.self = &out, .text = take});
    }
    CHECK(ok);
    CHECK_INT(out.n, want.n);
    CHECK(str_eq(buf_str(&out), want));
    if (r) CHECK_INT(recoder_summary(r).undecodable, 0);
    buf_free(&out);
    recoder_free(r);
}

static str repeated(arena *mem, str s, size_t n) {
    char *p = arena_alloc(mem, n * s.n + 1);
    for (size_t i = 0; p && i < n; i++) memcpy(p + i * s.n, s.p, s.n);
    return (str){p, p ? n * s.n : 0};
}

static str as_gb18030(arena *mem, str text) {
    const encode_tables *t = encode_tables_new(mem);
    uint8_t *p = arena_alloc(mem, 2 * text.n + 4);
    size_t n = 0;
    for (size_t at = 0; t && p && at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        n += encode_char(t, encoding_at(ENC_GB18030), c, p + n);
    }
    return (str){(const char *)p, n};
}

static str as_utf16(arena *mem, str text) {
    uint8_t *p = arena_alloc(mem, 2 * text.n + 4);
    size_t n = 0;
    for (size_t at = 0; p && at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        p[n++] = (uint8_t)c, p[n++] = (uint8_t)(c >> 8);
    }
    return (str){(const char *)p, n};
}

static void reads_long_streams(void) {
    arena *mem = arena_new(0);
    str text = repeated(mem, STR(LINE), 60000);
    str one = repeated(mem, STR("没有换行的长文，"), 120000); /* one line */
    check_pieces(text, 4096, text, NULL);
    check_pieces(as_gb18030(mem, text), 1000001, text, NULL);
    check_pieces(as_gb18030(mem, one), 77777, one, NULL);
    check_pieces(as_utf16(mem, text), 65537, text, NULL);
    check_pieces(as_utf16(mem, one), 1 << 20, one, NULL);
    check_pieces(as_gb18030(mem, text), 4095, text, encoding_at(ENC_GB18030));
    str mixed = arena_join(mem, as_gb18030(mem, text), text);
    check_pieces(mixed, 50000, arena_join(mem, text, text), NULL);
    check_pieces(STR("\xEF\xBB\xBF" LINE), 5, STR(LINE), NULL);
    check_pieces(repeated(mem, STR("\x1B$BF|K\\\x1B(B\n"), 200000), 4097,
                 repeated(mem, STR("日本\n"), 200000), NULL);
    arena_free(mem);
}

static void says_what_it_met(void) {
    recoder *r = recoder_new(NULL, false);
    buf out = BUF_INIT(1000);
    str bytes = STR(LINE "a\xFF\xFE"
                         "b\n");
    if (!r) return;
    CHECK(recoder_feed(r, (const uint8_t *)bytes.p, bytes.n, true,
                       &(recode_client){.self = &out, .text = take}));
    recode_summary s = recoder_summary(r);
    CHECK_INT(s.undecodable, 2);
    CHECK(s.encoding == encoding_at(ENC_UTF8));
    recoder_free(r);
    buf_free(&out);
    r = recoder_new(NULL, false);
    bytes = STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR");
    if (!r) return;
    CHECK(!recoder_feed(r, (const uint8_t *)bytes.p, bytes.n, true,
                        &(recode_client){.self = &out, .text = take}));
    CHECK(recoder_summary(r).binary);
    recoder_free(r);
}

int main(void) {
    RUN(reads_long_streams);
    RUN(says_what_it_met);
    return check_result();
}
