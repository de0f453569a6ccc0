#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/regex.h"

#include <pcre2.h>
#include <stddef.h>
#include <stdlib.h>

/* A search may take this many steps; an honest one over a line takes a few hundred. */
enum { STEP_LIMIT = 100000, DEPTH_LIMIT = 2000, HEAP_LIMIT_KIB = 8 * 1024 };

struct regex {
    pcre2_code *code; /* in the arena; its machine code is not */
    pcre2_match_context *limits;
    struct regex *other; /* what may be found as well; NULL: nothing */
};

static void *take(PCRE2_SIZE n, void *mem) {
    return arena_alloc(mem, n);
}

static void give_back(void *p, void *mem) {
    (void)p;
    (void)mem;
}

static void free_code(void *code) {
    pcre2_code_free(code);
}

/* Turns an expression into machine code, where the system lets us; else it is interpreted. */
static bool speed_up(regex *r, arena *mem) {
    if (!arena_on_free(mem, free_code, r->code)) return false;
    (void)pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
    return true;
}

static uint32_t pcre_options(unsigned options) {
    return PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C |
           (options & REGEX_NOCASE ? PCRE2_CASELESS : 0) |
           (options & REGEX_LINES ? PCRE2_MULTILINE : 0);
}

static void *bad_pattern(str pattern, int error, size_t at, str place, qw_error *why) {
    PCRE2_UCHAR text[160] = "";
    pcre2_get_error_message(error, text, sizeof text);
    fail(why, MSG_BAD_REGEX, place, ARGS(pattern, NUM(at), str_of((const char *)text)));
    return NULL;
}

/* Compiles into mem. NULL after fail() at place. */
static pcre2_code *compile(arena *mem, str pattern, unsigned options, str place, qw_error *why) {
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_general_context *general = pcre2_general_context_create(take, give_back, mem);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    if (!context) return fail_memory(why), NULL;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, pcre_options(options),
                                     &error, &at, context);
    if (code) return code;
    return arena_failed(mem) ? (fail_memory(why), NULL)
                             : bad_pattern(pattern, error, at, place, why);
}

static pcre2_match_context *make_limits(arena *mem) {
    pcre2_general_context *general = pcre2_general_context_create(take, give_back, mem);
    pcre2_match_context *limits = general ? pcre2_match_context_create(general) : NULL;
    if (!limits) return NULL;
    pcre2_set_match_limit(limits, STEP_LIMIT);
    pcre2_set_depth_limit(limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(limits, HEAP_LIMIT_KIB);
    return limits;
}

regex *regex_new(arena *mem, str pattern, unsigned options, qw_error *why) {
    regex *r = arena_zalloc(mem, 1, sizeof *r);
    if (!r || !(r->limits = make_limits(mem))) return fail_memory(why), NULL;
    r->code = compile(mem, pattern, options, STR(""), why);
    if (!r->code) return NULL;
    return speed_up(r, mem) ? r : (fail_memory(why), NULL);
}

bool regex_add(arena *mem, regex *r, str pattern, unsigned options, qw_error *why) {
    while (r->other) r = r->other;
    return (r->other = regex_new(mem, pattern, options, why)) != NULL;
}

bool regex_check(arena *mem, str pattern, unsigned options, str place, qw_error *why) {
    return compile(mem, pattern, options, place, why) != NULL;
}

str regex_fault(arena *mem, str pattern, unsigned options) {
    int error = 0;
    PCRE2_SIZE at = 0;
    PCRE2_UCHAR text[160] = "";
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, pcre_options(options), &error, &at, NULL);
    pcre2_code_free(code);
    if (!code) pcre2_get_error_message(error, text, sizeof text);
    return arena_str(mem, str_of((const char *)text));
}

static void read_groups(pcre2_match_data *data, int count, regex_match *out) {
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(data);
    for (int i = 0; i < REGEX_GROUPS; i++) {
        bool set = i < count && pairs[2 * i] != PCRE2_UNSET;
        out->from[i] = set ? pairs[2 * i] : STR_NONE;
        out->to[i] = set ? pairs[2 * i + 1] : STR_NONE;
    }
}

/* Memory for one search: what PCRE2 asks for is seldom more than fits here. */
typedef struct scratch {
    size_t n;
    union {
        max_align_t aligned;
        char bytes[1024];
    } all;
} scratch;

static void *take_scratch(PCRE2_SIZE n, void *data) {
    scratch *s = data;
    size_t unit = sizeof(max_align_t), at = (s->n + unit - 1) / unit * unit;
    if (n > sizeof s->all.bytes - at) return malloc(n);
    s->n = at + n;
    return s->all.bytes + at;
}

static void give_scratch_back(void *p, void *data) {
    scratch *s = data;
    if ((char *)p < s->all.bytes || (char *)p >= s->all.bytes + sizeof s->all.bytes) free(p);
}

static regex_result find_one(const regex *r, str text, size_t from, uint32_t how,
                             pcre2_match_data *data, regex_match *out) {
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.p ? text.p : "");
    how |= PCRE2_NO_UTF_CHECK;
    int count = pcre2_match(r->code, subject, text.n, from, how, data, r->limits);
    if (count == PCRE2_ERROR_JIT_STACKLIMIT) /* the interpreter has a heap of its own */
        count = pcre2_match(r->code, subject, text.n, from, how | PCRE2_NO_JIT, data, r->limits);
    if (count < 0) return count == PCRE2_ERROR_NOMATCH ? REGEX_NOT_FOUND : REGEX_GAVE_UP;
    /* 0: more groups than asked for; those that were are filled in. */
    read_groups(data, count ? count : REGEX_GROUPS, out);
    if (out->from[0] > out->to[0]) out->from[0] = out->to[0]; /* \K */
    return REGEX_FOUND;
}

/* Searches as PCRE2's options `how` say. */
static regex_result find_any(const regex *r, str text, size_t from, uint32_t how,
                             regex_match *out) {
    scratch memory = {.n = 0};
    pcre2_general_context *general =
        pcre2_general_context_create(take_scratch, give_scratch_back, &memory);
    pcre2_match_data *data = general ? pcre2_match_data_create(REGEX_GROUPS, general) : NULL;
    if (!data) return REGEX_GAVE_UP;
    regex_match first, next;
    regex_result result = find_one(r, text, from, how, data, &first);
    for (r = r->other; r; r = r->other) {
        regex_result another = find_one(r, text, from, how, data, &next);
        if (another == REGEX_FOUND && (result != REGEX_FOUND || next.from[0] < first.from[0]))
            first = next, result = REGEX_FOUND;
        if (another == REGEX_GAVE_UP && result == REGEX_NOT_FOUND) result = REGEX_GAVE_UP;
    }
    if (result == REGEX_FOUND && out) *out = first;
    pcre2_match_data_free(data);
    pcre2_general_context_free(general);
    return result;
}

regex_result regex_find(const regex *r, str text, size_t from, regex_match *out) {
    return find_any(r, text, from, 0, out);
}

regex_result regex_find_cut(const regex *r, str text, size_t from, regex_match *out) {
    return find_any(r, text, from, PCRE2_NOTEOL, out);
}

/* The group that a reference at byte i of s names, its length in *n; -1 when there is none. */
static int reference(str s, size_t i, size_t *n) {
    bool braced = i + 3 < s.n && s.p[i + 1] == '{' && s.p[i + 3] == '}';
    size_t digit = i + 1 + braced;
    if (s.p[i] != '$' || digit >= s.n || s.p[digit] < '0' || s.p[digit] > '9') return -1;
    *n = braced ? 4 : 2;
    return s.p[digit] - '0';
}

/* Writes the expansion to out, unless it is NULL; returns its length. */
static size_t expand(str s, str text, const regex_match *found, char *out) {
    size_t written = 0;
    for (size_t i = 0, n = 1; i < s.n; i += n) {
        int group = reference(s, i, &n);
        str piece = str_cut(s, i, i + 1);
        if (group < 0)
            n = piece.p[0] == '$' && i + 1 < s.n && s.p[i + 1] == '$' ? 2 : 1;
        else if (found->from[group] == STR_NONE)
            continue;
        else
            piece = str_cut(text, found->from[group], found->to[group]);
        if (out && piece.n) memcpy(out + written, piece.p, piece.n);
        written += piece.n;
    }
    return written;
}

str regex_expand(arena *mem, str replacement, str text, const regex_match *found) {
    size_t n = expand(replacement, text, found, NULL);
    char *p = arena_alloc(mem, n + 1);
    if (!p) return (str){NULL, 0};
    expand(replacement, text, found, p);
    p[n] = '\0';
    return (str){p, n};
}
