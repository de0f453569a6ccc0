/* The small things that everything stands on: str, arena, buf, gap, hash, utf8. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/gap.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "check.h"

static void str_searches(void) {
    CHECK_INT(str_find(STR("abcabd"), STR("abd"), 0), 3);
    CHECK_INT(str_find(STR("abc"), STR("abcd"), 0), STR_NONE);
    CHECK_INT(str_find(STR("aaa"), STR("a"), 3), STR_NONE);
    CHECK_INT(str_find(STR("aaa"), STR(""), 3), 3);
    CHECK_INT(str_find_byte(STR("ab"), 'b', 2), STR_NONE);
    CHECK(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
    CHECK(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
    CHECK_STR(str_cut(STR("abc"), 2, 9), STR("c"));
    CHECK_STR(str_cut(STR("abc"), 5, 2), STR(""));
    CHECK_STR(str_trim(STR(" \t a b\r\n")), STR("a b"));
    CHECK(str_cmp(STR("ab"), STR("abc")) < 0 && str_cmp(STR("b"), STR("abc")) > 0);
    CHECK(str_eq_nocase(STR("UTF-8"), STR("utf-8")) && !str_eq_nocase(STR("a"), STR("b")));
}

static void str_splits(void) {
    str rest = STR("a,,b"), field;
    CHECK(str_next(&rest, ',', &field));
    CHECK_STR(field, STR("a"));
    CHECK(str_next(&rest, ',', &field));
    CHECK_INT(field.n, 0);
    CHECK(str_next(&rest, ',', &field));
    CHECK_STR(field, STR("b"));
    CHECK(!str_next(&rest, ',', &field));
    rest = STR("");
    CHECK(!str_next(&rest, ',', &field));
}

static void arena_grows_and_is_reused(void) {
    arena *a = arena_new(0);
    for (size_t n = 1; n < 3 * 1024 * 1024; n = n * 3 + 1) {
        char *p = arena_alloc(a, n);
        CHECK(p != NULL);
        memset(p, 'x', n);
    }
    CHECK_STR(arena_printf(a, "%d-%s", 7, "seven"), STR("7-seven"));
    CHECK_STR(arena_join(a, STR("ab"), STR("cd")), STR("abcd"));
    arena_reset(a, 1024 * 1024);
    CHECK_INT(arena_used(a), 0);
    CHECK(arena_alloc(a, 100) != NULL);
    arena_free(a);
    arena_free(NULL);
}

/* Words of every length up to a kilobyte come out whole. */
static void arena_prints_any_length(void) {
    arena *a = arena_new(0);
    char text[1024];
    memset(text, 'x', sizeof text);
    for (size_t n = 0; n < sizeof text; n++) {
        str s = arena_printf(a, "%.*s", (int)n, text);
        CHECK_INT(s.n, n);
        CHECK(s.p && s.p[n] == '\0' && memcmp(s.p, text, n) == 0);
    }
    arena_free(a);
}

static void arena_keeps_its_limit(void) {
    arena *a = arena_new(1000);
    CHECK(arena_alloc(a, 900) != NULL);
    CHECK(arena_alloc(a, 200) == NULL);
    CHECK(arena_failed(a));
    CHECK(arena_zalloc(a, (size_t)-1, 16) == NULL);
    arena_reset(a, 0);
    CHECK(!arena_failed(a));
    CHECK(arena_alloc(a, 900) != NULL);
    arena_free(a);
}

static void arena_resizes(void) {
    arena *a = arena_new(1 << 20);
    size_t n = 64;
    char *p = arena_resize(a, NULL, 0, n);
    memset(p, 'x', n);
    while (n < 400000) {
        p = arena_resize(a, p, n, n * 2);
        CHECK(p && p[0] == 'x' && p[n - 1] == 'x');
        memset(p, 'x', n * 2);
        n *= 2;
    }
    /* Large blocks grow where they are: what they were before does not count any more. */
    CHECK(arena_used(a) < n + 64 * 1024);
    CHECK(!arena_over_limit(a));
    CHECK(arena_resize(a, p, n, 2 << 20) == NULL);
    CHECK(arena_over_limit(a));
    CHECK(p[n - 1] == 'x');
    arena_free(a);
}

static void arena_takes_the_tail_back(void) {
    arena *a = arena_new(0);
    char *p = arena_alloc(a, 1000);
    size_t before = arena_used(a);
    arena_shrink(a, p, 1000, 10);
    CHECK(arena_used(a) < before);
    char *q = arena_alloc(a, 16);
    CHECK(q > p && q < p + 1000);
    arena_free(a);
}

static void buf_stops_at_its_ceiling(void) {
    buf b = BUF_INIT(10);
    CHECK(buf_add(&b, STR("12345")));
    CHECK(buf_printf(&b, "%d", 678));
    CHECK_STR(buf_str(&b), STR("12345678"));
    CHECK(!buf_add(&b, STR("abc")));
    CHECK(b.failed);
    CHECK(!buf_add_byte(&b, 'x'));
    CHECK_STR(buf_str(&b), STR("12345678"));
    buf_free(&b);
}

static void gap_replaces(void) {
    arena *a = arena_new(0);
    gap g;
    CHECK(gap_begin(&g, a, STR("one two three"), 8));
    CHECK(gap_replace(&g, 8, STR("three"), STR("3")));
    CHECK(gap_replace(&g, 0, STR("one"), STR("first")));
    CHECK(!gap_replace(&g, 0, STR("one"), STR("x")));
    CHECK(!gap_replace(&g, 50, STR(""), STR("x")));
    CHECK(!gap_replace(&g, 0, STR(""), STR("far too long to fit into it")));
    CHECK_STR(gap_text(&g), STR("first two 3"));
    arena_free(a);
}

static void hash_is_stable(void) {
    CHECK_INT(hash64(STR(""), 0), hash64(STR(""), 0));
    CHECK(hash64(STR("a"), 0) != hash64(STR("b"), 0));
    CHECK(hash64(STR("a"), 0) != hash64(STR("a\0"), 0));
    CHECK(hash64(STR("12345678"), 0) != hash64(STR("12345678"), 1));
    /* Reports hold these digests: the function must not change. */
    CHECK(hash64(STR("清文"), 0) == 0x732135160C962B39u);
    str text = STR("一二三四五六七八九十0123456789");
    for (size_t step = 1; step <= text.n; step++) {
        hash_run run = hash_begin(7);
        for (size_t at = 0; at < text.n; at += step) hash_add(&run, str_cut(text, at, at + step));
        CHECK(hash_end(&run) == hash64(text, 7));
    }
}

static void utf8_steps(void) {
    str s = STR("aé清\xF0\xA0\x80\x80");
    uint32_t want[] = {'a', 0xE9, 0x6E05, 0x20000};
    size_t at = 0;
    for (int i = 0; i < 4; i++) CHECK_INT(utf8_next(s, &at), want[i]);
    CHECK_INT(at, s.n);
    for (int i = 4; i--;) CHECK_INT(utf8_prev(s, &at), want[i]);
    CHECK_INT(at, 0);
    CHECK_INT(utf8_count(s), 4);
    CHECK_INT(utf8_offset(s, 2), 3);
    CHECK_INT(utf8_offset(s, 9), s.n);
}

static void utf8_knows_what_is_well_formed(void) {
    static const struct {
        str bytes;
        size_t valid;
    } cases[] = {
        {STR_INIT("plain ascii, eight and more"), 27},
        {STR_INIT("12345678\x80"), 8},
        {STR_INIT("\xC0\x80"), 0},         /* overlong */
        {STR_INIT("\xE0\x9F\xBF"), 0},     /* overlong */
        {STR_INIT("\xED\xA0\x80"), 0},     /* surrogate */
        {STR_INIT("\xEF\xBF\xBF"), 3},     /* noncharacter: well-formed */
        {STR_INIT("\xF4\x90\x80\x80"), 0}, /* above U+10FFFF */
        {STR_INIT("\xF4\x8F\xBF\xBF"), 4},
        {STR_INIT("清\xE6\xB8"), 3}, /* cut short */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(utf8_valid_prefix(cases[i].bytes), cases[i].valid);
}

static void utf8_writes_what_it_reads(void) {
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
        char p[4];
        uint32_t back = 0;
        size_t n = utf8_write(p, c);
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        if (utf8_read(p, n, &back) != n || back != c) CHECK_FAIL("U+%04X comes back otherwise", c);
    }
    char p[4];
    CHECK_INT(utf8_write(p, 0xD800), 3);
    CHECK_STR(str_make(p, 3), STR("\xEF\xBF\xBD"));
}

static void utf8_shows_any_name(void) {
    arena *a = arena_new(0);
    CHECK_STR(utf8_shown(a, STR("清文.txt")), STR("清文.txt"));
    CHECK_STR(utf8_shown(a, STR("\xFF清\xE6\xB8")), STR("\\xFF清\\xE6\\xB8"));
    CHECK_STR(utf8_shown(a, STR("")), STR(""));
    arena_free(a);
}

int main(void) {
    RUN(str_searches);
    RUN(str_splits);
    RUN(arena_grows_and_is_reused);
    RUN(arena_prints_any_length);
    RUN(arena_keeps_its_limit);
    RUN(arena_resizes);
    RUN(arena_takes_the_tail_back);
    RUN(buf_stops_at_its_ceiling);
    RUN(gap_replaces);
    RUN(hash_is_stable);
    RUN(utf8_steps);
    RUN(utf8_knows_what_is_well_formed);
    RUN(utf8_writes_what_it_reads);
    RUN(utf8_shows_any_name);
    return check_result();
}
