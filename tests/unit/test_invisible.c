/* invisible: each invisible character is found wherever it stands in a line, and plain marks, which
 * spare the search, are set only on lines that have none. */
#include "check.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "filter.h"

extern const filter filter_invisible;

static arena *mem;

/* Whether the filter takes out the character c between `before` and `after` bytes of text. */
static bool is_taken(doc *d, uint32_t c, size_t before, size_t after) {
    static const char filler[] = "“清文”，一—…！。"; /* three bytes each */
    char *text = arena_alloc(mem, before + after + 4);
    if (!text) return false;
    size_t n = before % 3;
    memset(text, 'x', before + after + 4);
    for (size_t at = 0; n < before; at = (at + 3) % (sizeof filler - 1), n += 3)
        memcpy(text + n, filler + at, 3);
    n += utf8_write(text + n, c);
    memset(text + n, 'x', after);
    uint32_t index = (uint32_t)d->nblocks;
    if (!doc_add_block(d, BLOCK_PARAGRAPH, str_make(text, n + after), 0, 0)) return false;
    filter_invisible.block(&(stage){.filter = &filter_invisible}, d, index);
    return d->blocks[index].text.n == before + after;
}

/* All but selectors, which may belong to what stands before them, and the mark of Arabic letters,
 * which is one to the filter. */
static void finds_each_anywhere(void) {
    size_t missed = 0, seen = 0;
    doc *d = doc_new(mem, STR("a.txt"), STR(""));
    CHECK(d != NULL);
    for (uint32_t c = 1; d && c < 0x110000; c++) {
        if (c - 0xD800 < 0x800 || !is_invisible(c) || c == 0x61C || (c >= 0xFE00 && c <= 0xFE0F) ||
            c >= 0xE0100)
            continue;
        for (size_t before = 0; before < 70; before += c < 0x3000 ? 1 : 7) {
            for (size_t after = 0; after < 4; after++) missed += !is_taken(d, c, before, after);
            missed += !is_taken(d, c, before, 40);
            seen++;
        }
    }
    CHECK_INT(missed, 0);
    CHECK(seen > 3000);
    CHECK(d && doc_ok(d));
}

static mojibake_sight sight_of(const mojibake_tools *tools, uint32_t c) {
    char text[16] = "清文";
    return mojibake_look(tools, str_make(text, 6 + utf8_write(text + 6, c)));
}

/* Among common ideographs a single odd character is no mojibake, but the line is not plain. */
static void plain_lines_have_none(void) {
    const mojibake_tools *tools = mojibake_tools_new(mem);
    size_t wrong = 0, plain = 0;
    CHECK(tools != NULL);
    for (uint32_t c = 1; tools && c < 0x110000; c++) {
        if (c - 0xD800 < 0x800 || sight_of(tools, c) != MOJIBAKE_PLAIN) continue;
        wrong += is_invisible(c) || c == 0xFFFD || (c >= 0xE000 && c < 0xF900);
        plain++;
    }
    CHECK_INT(wrong, 0);
    CHECK(plain > 5000);
    CHECK(sight_of(tools, '\t') == MOJIBAKE_PLAIN && sight_of(tools, 0x201C) == MOJIBAKE_PLAIN);
    CHECK(sight_of(tools, 0xB7) == MOJIBAKE_NONE && sight_of(tools, 0x1B) == MOJIBAKE_NONE);
    CHECK(sight_of(tools, 0x951F) == MOJIBAKE_SUSPECTED);
}

int main(void) {
    mem = arena_new(0);
    if (!mem) return 1;
    RUN(finds_each_anywhere);
    RUN(plain_lines_have_none);
    arena_free(mem);
    return check_result();
}
