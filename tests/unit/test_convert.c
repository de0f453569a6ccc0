/* convert: what comes out of a stream is what comes out of a document, with the same notices,
 * whatever the bytes are and however they come. */
#include "check.h"

#include "base/utf8.h"
#include "support/keep.h"
#include "text/encode.h"

#include <stdlib.h>

static arena *mem;
static const encode_tables *tables;

typedef struct feeder {
    str bytes;
    size_t at, step;
} feeder;

static size_t give(void *self, void *to, size_t n) {
    feeder *f = self;
    size_t left = f->bytes.n - f->at;
    if (n > left) n = left;
    if (n > f->step) n = f->step;
    memcpy(to, f->bytes.p + f->at, n);
    f->at += n;
    return n;
}

/* Notices as text: id and place. */
static void note_down(void *self, const qw_note_info *note) {
    char line[128];
    snprintf(line, sizeof line, "%s %llu %llu\n", note->id, (unsigned long long)note->place.offset,
             (unsigned long long)note->place.length);
    buf_add(self, str_of(line));
}

typedef struct result {
    buf text, notices;
    qw_summary sum;
    bool ok;
} result;

static result as_document(str bytes, const qw_read_options *o) {
    result r = {.text = BUF_INIT((size_t)1 << 30), .notices = BUF_INIT((size_t)1 << 30)};
    qw_workspace *space = qw_workspace_new();
    qw_doc *d = qw_read(space, &(qw_input){NULL, bytes.p, bytes.n}, o, NULL);
    qw_note_info note;
    r.ok = d && qw_write(d, "txt", NULL, &(qw_sink){keep, &r.text}, NULL);
    if (d) qw_summarize(d, &r.sum);
    for (size_t i = 0; d && qw_note_get(d, i, &note); i++) note_down(&r.notices, &note);
    qw_workspace_free(space);
    return r;
}

static result as_stream(str bytes, size_t step, const qw_read_options *o) {
    result r = {.text = BUF_INIT((size_t)1 << 30), .notices = BUF_INIT((size_t)1 << 30)};
    feeder f = {bytes, 0, step};
    r.ok = qw_convert(&(qw_source){give, &f}, &(qw_sink){keep, &r.text}, o, NULL,
                      &(qw_notice_sink){note_down, &r.notices}, &r.sum, NULL);
    return r;
}

static void drop(result *r) {
    buf_free(&r->text);
    buf_free(&r->notices);
}

static void compare(str bytes, size_t step, const qw_read_options *o) {
    result want = as_document(bytes, o), got = as_stream(bytes, step, o);
    CHECK(want.ok == got.ok);
    if (want.ok && got.ok) {
        CHECK(str_eq(buf_str(&want.text), buf_str(&got.text)));
        CHECK(str_eq(buf_str(&want.notices), buf_str(&got.notices)));
        CHECK_INT(got.sum.undecodable, want.sum.undecodable);
        CHECK_INT(got.sum.blocks, want.sum.blocks);
        CHECK(bytes.n == 0 || strcmp(got.sum.encoding, want.sum.encoding) == 0);
        CHECK(strcmp(got.sum.line_ends, want.sum.line_ends) == 0);
        CHECK(got.sum.bom == want.sum.bom);
    }
    drop(&want);
    drop(&got);
}

/* ---- Bytes ----------------------------------------------------------------------------------- */

static uint32_t seed;

static uint32_t next(uint32_t most) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % most;
}

static void add_in(buf *b, encoding_id id, const char *text) {
    str s = str_of(text);
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        uint8_t bytes[4];
        size_t n = 2;
        if (id == ENC_UTF8)
            n = utf8_write((char *)bytes, c);
        else if (id == ENC_UTF16LE)
            bytes[0] = (uint8_t)c, bytes[1] = (uint8_t)(c >> 8);
        else
            n = encode_char(tables, encoding_at(id), c, bytes);
        buf_add(b, (str){(char *)bytes, n});
    }
}

static const char *const lines[] = {
    "各科室要认真对照检查，列出问题清单，逐项整改到位。\n",
    "一、总体要求\r\n",
    "Plain words, 1234 and signs.\n",
    "办公室负责汇总情况，每月通报一次进展\r",
    "\n",
    "年底前全部完成、全部销号，并报送书面材料，同时抄送有关部门和单位。\r\n",
};

/* Bytes of one main encoding, every so often of another, damaged here and there. */
static str made(encoding_id main, size_t size, unsigned other, unsigned damage) {
    static const encoding_id others[] = {ENC_UTF8, ENC_GB18030, ENC_UTF16LE};
    buf b = BUF_INIT((size_t)1 << 30);
    while (b.n < size) {
        encoding_id id = other && next(other) == 0 ? others[next(3)] : main;
        if (encoding_unit(encoding_at(main)) > 1) id = main;
        add_in(&b, id, lines[next(sizeof lines / sizeof *lines)]);
        if (damage && next(damage) == 0 && b.n > 40) {
            if (next(2))
                b.p[b.n - 1 - next(30)] ^= (char)(1 << next(8));
            else
                b.n--;
        }
    }
    str copy = arena_str(mem, buf_str(&b));
    buf_free(&b);
    return copy;
}

static void streams_what_was_made(void) {
    static const encoding_id ids[] = {ENC_UTF8, ENC_GB18030, ENC_UTF16LE};
    static const struct {
        unsigned other, damage;
    } kinds[] = {{0, 0}, {2000, 0}, {0, 3000}, {300, 300}};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            seed = (uint32_t)(i * 31 + k);
            str bytes = made(ids[i], 1200 * 1024 + 12345 * k, kinds[k].other, kinds[k].damage);
            compare(bytes, 100000 + 7 * k, NULL);
        }
    }
}

static void streams_odd_things(void) {
    static const char *const small[] = {"",
                                        "\n",
                                        "\r",
                                        "\r\n",
                                        "a\r\rb",
                                        "a",
                                        "a\n\nb\r",
                                        "\xEF\xBB\xBF",
                                        "\xEF\xBB\xBF\xE4",
                                        "\xC4\xBF",
                                        "\xFF\xFE\x2A\x4E"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        compare(str_of(small[i]), 1, NULL);
        compare(str_of(small[i]), 1, &(qw_read_options){.undecodable = QW_HEX_UNDECODABLE});
    }
    compare(STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), 3, NULL);
    buf b = BUF_INIT((size_t)1 << 30);
    while (b.n < 2500 * 1024) add_in(&b, ENC_GB18030, "一行到底没有换行的文字，");
    compare(buf_str(&b), 70000, NULL);
    compare(str_cut(buf_str(&b), 1, b.n), 70000, NULL);
    compare(buf_str(&b), 70000, &(qw_read_options){.encoding = "UTF-8"});
    compare(buf_str(&b), 70000,
            &(qw_read_options){.encoding = "Big5", .undecodable = QW_HEX_UNDECODABLE});
    for (size_t i = 0; i < 1500; i++) b.p[next((uint32_t)b.n)] = 0;
    compare(buf_str(&b), 70001, NULL);
    buf_free(&b);
}

/* Escapes and shifts fall on both sides of where a piece ends. */
static void streams_escapes(void) {
    static const char *const units[] = {"\x1B$BF|K\\\x1B(B\n", "~{VPND~}~~\n",
                                        "\x1B$)C\x0E>H3g\x0F\n"};
    static const char *const names[] = {"ISO-2022-JP", "HZ", "ISO-2022-KR"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        buf b = BUF_INIT((size_t)1 << 30);
        while (b.n < 800 * 1024) buf_add(&b, str_of(units[i]));
        compare(buf_str(&b), 65536, &(qw_read_options){.encoding = names[i]});
        buf_free(&b);
    }
}

static void fails_as_it_should(void) {
    qw_error why;
    buf out = BUF_INIT(1000);
    feeder f = {STR("a\xFF\xFE"
                    "b\n"),
                0, 100};
    qw_source from = {give, &f};
    qw_sink to = {keep, &out};
    qw_read_options forced = {.undecodable = QW_FAIL_UNDECODABLE, .encoding = "UTF-8"};
    CHECK(!qw_convert(&from, &to, &forced, NULL, NULL, NULL, &why));
    CHECK_INT(why.code, QW_ENCODING);
    f.at = 0;
    CHECK(!qw_convert(&from, &to, &(qw_read_options){.encoding = "none"}, NULL, NULL, NULL, &why));
    CHECK_INT(why.code, QW_USAGE);
    f.at = 0;
    CHECK(!qw_convert(&from, &to, &(qw_read_options){.max_input = 2}, NULL, NULL, NULL, &why));
    CHECK_INT(why.code, QW_LIMIT);
    buf_free(&out);
}

static void spells_bytes(void) {
    buf out = BUF_INIT(1000);
    feeder f = {STR("a\xFF"
                    "b\n"),
                0, 100};
    CHECK(qw_convert(&(qw_source){give, &f}, &(qw_sink){keep, &out},
                     &(qw_read_options){.undecodable = QW_HEX_UNDECODABLE, .encoding = "UTF-8"},
                     NULL, NULL, NULL, NULL));
    CHECK_STR(buf_str(&out), STR("a\\xFFb\n"));
    buf_free(&out);
}

int main(void) {
    mem = arena_new(0);
    tables = mem ? encode_tables_new(mem) : NULL;
    if (!tables) return 1;
    RUN(streams_what_was_made);
    RUN(streams_odd_things);
    RUN(streams_escapes);
    RUN(fails_as_it_should);
    RUN(spells_bytes);
    arena_free(mem);
    return check_result();
}
