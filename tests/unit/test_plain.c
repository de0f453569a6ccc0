/* plain and tape: what is taken for plain is what the slower judges would take, and text that is
 * taped is what the decoder gives. */
#include "check.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "text/decode.h"
#include "text/mojibake.h"
#include "text/plain.h"
#include "text/reads.h"
#include "text/score.h"
#include "text/tables/plain_codes.h"
#include "text/tape.h"

static arena *mem;
static const mojibake_tools *tools;

/* The text of a code; empty when it has none. */
static str text_of(encoding_id id, unsigned code) {
    uint8_t bytes[2] = {(uint8_t)(code >> 8), (uint8_t)code};
    decoded d;
    bool ok = bytes[1] >= 0x40 && decode(mem, encoding_at(id), bytes, 2, 0, &d);
    return ok && !d.nbad ? d.text : STR("");
}

/* The value of a code, from the decoder and the model. */
static uint32_t value_of(str text) {
    size_t at = 0;
    uint32_t c = text.n ? utf8_next(text, &at) : 0;
    bool han = c - 0x4E00 < 0x5200, ruins = str_find(STR("锟烫屯葺"), text, 0) != STR_NONE;
    if (!text.n || at < text.n || ruins || !(han || is_chinese_sign(c))) return NOT_PLAIN;
    int cost = han ? han_cost(c) : PLAIN_EVEN;
    if (cost == 24 + 10 * 15) return NOT_PLAIN; /* never seen */
    if (cost < PLAIN_LEAST) cost = PLAIN_LEAST;
    const unsigned char *p = (const unsigned char *)text.p;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)(cost + 1) / 2 << 24;
}

static void check_codes(encoding_id id, const uint32_t *table) {
    size_t plain = 0, wrong = 0;
    for (unsigned code = 0x8000; code < 0x10000; code++) {
        uint32_t value = table[code - 0x8000];
        plain += !(value & NOT_PLAIN);
        wrong += value != value_of(text_of(id, code));
    }
    CHECK_INT(wrong, 0);
    CHECK(plain > 5000);
}

static void the_tables_say_what_decoder_and_model_say(void) {
    check_codes(ENC_GB18030, gb18030_plain);
    check_codes(ENC_BIG5, big5_plain);
}

static bool has_invisible(str text) {
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (is_invisible(c) && c != '\n' && c != '\r' && c != '\t') return true;
    }
    return false;
}

/* Numbers that are the same in every run. */
static uint32_t next_number(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* A code that is plain and costs more than Chinese does on average, or not. */
static uint32_t make_code(const uint32_t *table, uint64_t *state, bool dear) {
    for (;;) {
        uint32_t code = next_number(state) % 0x8000, value = table[code];
        if (!(value & NOT_PLAIN) && (value >> 24 > PLAIN_EVEN / 2) == dear) return code | 0x8000;
    }
}

/* A line of ASCII and of codes; `dear` of ten are dear, and one of 200 is anything. */
static size_t make_line(uint8_t *p, const uint32_t *table, uint64_t *state, unsigned dear) {
    size_t n = 0, want = 1 + next_number(state) % 60;
    while (n < want) {
        uint32_t r = next_number(state) % 200, code = next_number(state);
        if (r < 20) {
            p[n++] = (uint8_t)(0x20 + code % 95);
        } else {
            if (r < 199) code = make_code(table, state, r % 10 < dear);
            p[n++] = (uint8_t)(code >> 8);
            p[n++] = (uint8_t)code;
        }
    }
    p[n++] = '\n';
    return n;
}

/* What is read plain is plain to who looks at its text, too. */
static void check_lines(encoding_id id, const uint32_t *table, unsigned dear) {
    const encoding *e = encoding_at(id);
    uint64_t state = 7 + dear;
    size_t plain = 0, wrong = 0;
    for (unsigned i = 0; i < 20000; i++) {
        uint8_t p[80];
        char text[3 * sizeof p + 16], *end = text;
        size_t n = make_line(p, table, &state, dear), npua = 0;
        plain_line line = plain_read(e, p, n, &end);
        str got = str_make(text, (size_t)(end - text));
        decoded d;
        if (!decode(mem, e, p, line.read, 0, &d)) continue;
        wrong += d.nbad || d.npua != npua || !str_eq(d.text, got);
        if (!line.plain) continue;
        plain++;
        wrong += line.read != n || !reads_well(e, p, n) || mojibake_possible(got) ||
                 has_invisible(got) || line.cr != (str_find(got, STR("\r"), 0) != STR_NONE);
        str inner = str_cut(got, 0, got.n - 1);
        if (got.n > n && !line.cr && str_find(inner, STR("\n"), 0) == STR_NONE)
            wrong += mojibake_look(tools, inner) != MOJIBAKE_PLAIN;
    }
    CHECK_INT(wrong, 0);
    CHECK(plain > 1000 || dear > 4);
}

static void what_is_plain_is_plain_to_all(void) {
    for (unsigned dear = 0; dear < 8; dear++) {
        check_lines(ENC_GB18030, gb18030_plain, dear);
        check_lines(ENC_BIG5, big5_plain, dear);
    }
}

static bool reads_plain(const char *bytes) {
    char text[256], *end = text;
    str s = str_of(bytes);
    return plain_read(encoding_at(ENC_GB18030), (const uint8_t *)s.p, s.n, &end).plain;
}

static void odd_lines_are_not_plain(void) {
    CHECK(reads_plain("\xC7\xE5\xCE\xC4\xA3\xAC 2024 ok.\n"));         /* 清文， */
    CHECK(reads_plain("\t\r\n"));                                      /* blanks */
    CHECK(!reads_plain("\xC7\xE5\x01\xCE\xC4\n"));                     /* a control */
    CHECK(!reads_plain("\xC7\xE5\x7F\xCE\xC4\n"));                     /* delete */
    CHECK(!reads_plain("\xE9\x94\x9F\xE6\x96\xA4\n"));                 /* 锟斤 in UTF-8 */
    CHECK(!reads_plain("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n"));     /* 锟斤拷 */
    CHECK(!reads_plain("\xC7\xE5\xA8\xAA\x81\x36\xA6\x33\xCE\xC4\n")); /* four bytes */
    CHECK(!reads_plain("\xC7\xE5\xCE\n"));                             /* half a character */
}

/* Each run holds what the decoder gives for its bytes, in one stretch, without gaps in its lines.
 */
static void check_tape(const uint8_t *p, size_t n) {
    tape t = {.mem = mem};
    stretch *taped, *plain;
    size_t ntaped, nplain;
    CHECK(tape_stretches(&t, p, n, NULL, &taped, &ntaped, NULL));
    CHECK(detect_stretches(mem, p, n, NULL, &plain, &nplain, NULL));
    CHECK_INT(ntaped, nplain);
    for (size_t i = 0; i < ntaped && i < nplain; i++)
        CHECK(taped[i].off == plain[i].off && taped[i].enc == plain[i].enc);
    for (size_t i = 0, in = 0; i < t.nruns; i++) {
        const tape_run *r = &t.runs[i];
        uint64_t source = 0;
        size_t text = 0;
        decoded d;
        if (!r->nlines) continue;
        while (taped[in].off + taped[in].len <= r->off) in++;
        CHECK(r->off + r->len <= taped[in].off + taped[in].len);
        for (size_t k = 0; k < r->nlines; k++) {
            source += t.lines[r->line + k].source;
            text += t.lines[r->line + k].text;
        }
        CHECK_INT(source, r->len);
        CHECK(decode(mem, taped[in].enc, p + r->off, (size_t)r->len, 0, &d));
        CHECK_INT(d.nbad, 0);
        CHECK_INT(d.npua, r->npua);
        CHECK_STR(str_make(t.text + r->text, text), d.text);
    }
    CHECK(t.nruns > 0);
}

static void tape_holds_what_the_decoder_gives(void) {
    enum { LINES = 400 };
    static uint8_t p[LINES * 100 + 20000];
    uint64_t state = 3;
    size_t n = 0;
    for (unsigned i = 0; i < LINES; i++) {
        n += make_line(p + n, gb18030_plain, &state, 1);
        if (i == 100) /* a line of UTF-8, and one that is damaged */
            for (const char *c = "这一行是另一种编码的文字。\n\xB5\xDA\xFF\xD2\xBB\n"; *c; c++)
                p[n++] = (uint8_t)*c;
        if (i == 200) /* a long line, with carriage returns */
            for (unsigned k = 0; k < 5000; k++)
                p[n++] = k % 999 ? 0xCE : '\r', p[n++] = k % 999 ? 0xC4 : '\n';
    }
    check_tape(p, n);
}

int main(void) {
    mem = arena_new(0);
    tools = mem ? mojibake_tools_new(mem) : NULL;
    if (!tools) return 1;
    RUN(the_tables_say_what_decoder_and_model_say);
    RUN(what_is_plain_is_plain_to_all);
    RUN(odd_lines_are_not_plain);
    RUN(tape_holds_what_the_decoder_gives);
    arena_free(mem);
    return check_result();
}
