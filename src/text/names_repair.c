/* names_repair: names that were read in a wrong encoding before they came here. */
#include "base/utf8.h"
#include "text/encode.h"
#include "text/mojibake.h"
#include "text/names.h"

enum { TOGETHER = 16 * 1024 }; /* bytes of names that are repaired as one text */

/* What was found is one repair of the whole text, without loss. */
static bool is_whole(const mojibake *found, size_t n, str text) {
    return n == 1 && found->kind == MOJIBAKE_REPAIRED && found->from == 0 && found->to == text.n;
}

/* The texts with a line feed between them; {NULL, 0} when memory is out. */
static str join_all(arena *mem, const str *texts, size_t n) {
    size_t size = n, at = 0;
    for (size_t i = 0; i < n; i++) size += texts[i].n;
    char *p = arena_alloc(mem, size);
    if (!p) return (str){NULL, 0};
    for (size_t i = 0; i < n; i++) {
        if (texts[i].n) memcpy(p + at, texts[i].p, texts[i].n);
        at += texts[i].n;
        p[at++] = '\n';
    }
    return str_make(p, size - 1);
}

static size_t count_lines(str s) {
    size_t lines = 1;
    for (size_t i = 0; i < s.n; i++) lines += s.p[i] == '\n';
    return lines;
}

/* Repairs n names as one text: what is too short to be sure of alone is sure in company. True when
 * that could be done; *ok: memory was not out. */
static bool repair_together(const mojibake_tools *tools, arena *mem, str *texts, str *how, size_t n,
                            bool *ok) {
    mojibake *found;
    size_t nfound;
    str all = join_all(mem, texts, n), step;
    *ok = all.p && mojibake_find(tools, mem, all, &found, &nfound);
    if (!*ok || !is_whole(found, nfound, all) || count_lines(found->text) != n) return false;
    str rest = found->text;
    for (size_t i = 0; i < n && str_next(&rest, '\n', &step); i++) {
        if (!str_eq(step, texts[i])) how[i] = found->how;
        texts[i] = arena_str(mem, step);
        *ok = *ok && texts[i].p;
    }
    return true;
}

static bool repair_one(const mojibake_tools *tools, arena *mem, str *text, str *how) {
    mojibake *found;
    size_t n;
    if (!mojibake_find(tools, mem, *text, &found, &n)) return false;
    if (n != 1 || found->kind != MOJIBAKE_REPAIRED) return true;
    *how = found->how;
    str head = arena_join(mem, str_cut(*text, 0, found->from), found->text);
    *text = arena_join(mem, head, str_cut(*text, found->to, text->n));
    return text->p != NULL;
}

/* The bytes that a name was before it was read as `wrong`; {NULL, 0} when it cannot have been. */
static str bytes_of(const encode_tables *tables, arena *mem, const encoding *wrong, str text) {
    char *p = arena_alloc(mem, 4 * text.n + 1);
    size_t n = 0;
    for (size_t at = 0; p && at < text.n;) {
        size_t length = encode_char(tables, wrong, utf8_next(text, &at), (uint8_t *)p + n);
        if (!length) return (str){NULL, 0};
        n += length;
    }
    return str_make(p, n);
}

/* Names that were all read in the same wrong encoding are bytes again, and judged together like
 * others: a name of two characters alone may be anything. */
static bool judge_again(arena *mem, encoding_id id, const str *before, str *texts, str *how,
                        size_t n) {
    const encoding *wrong = encoding_at(id);
    const encode_tables *tables = encode_tables_new(mem);
    raw_name *raw = arena_zalloc(mem, n + 1, sizeof *raw);
    str end = arena_printf(mem, " read as %s", encoding_name(wrong));
    if (!tables || !raw || !end.p) return false;
    for (size_t i = 0; i < n; i++) {
        bool one = str_ends(how[i], end) && str_find(how[i], STR(", then "), 0) == STR_NONE;
        if (one) raw[i].bytes = bytes_of(tables, mem, wrong, before[i]);
    }
    names_reading right;
    if (!names_judge(mem, raw, n, &right)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!raw[i].bytes.n) continue;
        if (!names_decode(mem, &right, &raw[i], &texts[i], &how[i])) return false;
        how[i] = arena_join(mem, how[i], end);
    }
    return !arena_failed(mem);
}

static bool any_how(const str *how, size_t n, const char *wrong) {
    for (size_t i = 0; i < n; i++)
        if (str_ends(how[i], str_of(wrong))) return true;
    return false;
}

bool names_repair(arena *mem, str *texts, str *how, size_t n) {
    const mojibake_tools *tools = NULL;
    bool ok = true, wide = false;
    for (size_t i = 0; i < n; i++) how[i] = (str){"", 0}, wide |= !str_is_ascii(texts[i]);
    if (!wide) return true;
    tools = mojibake_tools_new(mem);
    str *before = arena_alloc(mem, n * sizeof *before);
    if (!before) return false;
    memcpy(before, texts, n * sizeof *before);
    for (size_t i = 0, end; ok && tools && i < n; i = end) {
        size_t bytes = texts[i].n;
        for (end = i + 1; end < n && bytes + texts[end].n < TOGETHER; end++) bytes += texts[end].n;
        if (repair_together(tools, mem, texts + i, how + i, end - i, &ok)) continue;
        for (size_t k = i; ok && k < end; k++) ok = repair_one(tools, mem, &texts[k], &how[k]);
    }
    static const encoding_id wrongs[] = {ENC_IBM437, ENC_WINDOWS_1252};
    for (size_t w = 0; ok && w < sizeof wrongs / sizeof *wrongs; w++)
        if (any_how(how, n, encoding_name(encoding_at(wrongs[w]))))
            ok = judge_again(mem, wrongs[w], before, texts, how, n);
    return ok && tools;
}
