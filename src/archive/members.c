/* members: names of members, from bytes to relative paths that lead nowhere else. */
#include "archive/archive.h"
#include "base/utf8.h"
#include "text/names.h"

#include <stdlib.h>

/* ---- What a name may be ---------------------------------------------------------------------- */

static bool has_control(str name) {
    for (size_t i = 0; i < name.n; i++)
        if ((uint8_t)name.p[i] < 0x20 || name.p[i] == 0x7F) return true;
    return false;
}

static bool is_drive(str name) {
    return name.n >= 2 && name.p[1] == ':' && (uint8_t)((name.p[0] | 32) - 'a') < 26;
}

/* Takes "." and empty steps out, in place: it only gets shorter. False for one that leads out. */
static bool clean_path(char *p, size_t *n) {
    str rest = str_make(p, *n), step;
    size_t to = 0;
    while (str_next(&rest, '/', &step)) {
        if (str_eq(step, STR(".."))) return false;
        if (step.n == 0 || str_eq(step, STR("."))) continue;
        if (to) p[to++] = '/';
        memmove(p + to, step.p, step.n);
        to += step.n;
    }
    p[to] = '\0';
    *n = to;
    return true;
}

/* Judges and cleans the decoded name of a member. Windows' separator is one on every system: a name
 * that holds it would be another name there. */
static bool clean_name(arena *mem, archive_member *m) {
    char *p = arena_alloc(mem, m->name.n + 1);
    size_t n = m->name.n;
    if (!p) return false;
    for (size_t i = 0; i < n; i++) p[i] = m->name.p[i] == '\\' ? '/' : m->name.p[i];
    p[n] = '\0';
    message_id wrong = MSG_NONE;
    if (has_control(m->name))
        wrong = MSG_MEMBER_NAME;
    else if ((n && p[0] == '/') || is_drive(m->name) || !clean_path(p, &n))
        wrong = MSG_MEMBER_LEADS_OUT;
    else if (n == 0 && m->kind != QW_MEMBER_FOLDER)
        wrong = MSG_MEMBER_NAME;
    if (wrong == MSG_NONE) m->name = str_make(p, n);
    if (m->refused == MSG_NONE) m->refused = wrong;
    return true;
}

/* ---- Twice the same -------------------------------------------------------------------------- */

/* '/' stands before all others (control characters are refused), so that what lies in a folder
 * follows what has its name. */
static int step_value(char c) {
    return c == '/' ? 0 : (uint8_t)c;
}

static int compare_names(str a, str b) {
    for (size_t i = 0; i < a.n && i < b.n; i++)
        if (a.p[i] != b.p[i]) return step_value(a.p[i]) - step_value(b.p[i]);
    return (a.n > b.n) - (a.n < b.n);
}

static int by_name(const void *a, const void *b) {
    const archive_member *x = *(archive_member *const *)a, *y = *(archive_member *const *)b;
    int order = compare_names(x->name, y->name);
    return order ? order : (x > y) - (x < y);
}

static bool lies_in(str name, str folder) {
    return str_starts(name, folder) && name.n > folder.n && name.p[folder.n] == '/';
}

/* Refuses files whose name another one before them has, or a folder that something lies in. */
static bool refuse_twins(qw_archive *a) {
    archive_member **order = arena_alloc(a->mem, (a->nmembers + 1) * sizeof *order);
    size_t n = 0;
    if (!order) return false;
    for (size_t i = 0; i < a->nmembers; i++)
        if (a->members[i].kind == QW_MEMBER_FILE && !a->members[i].refused)
            order[n++] = &a->members[i];
    if (n) qsort(order, n, sizeof *order, by_name);
    for (size_t i = n, behind = n; i-- > 0;) {
        bool twice = i > 0 && str_eq(order[i - 1]->name, order[i]->name);
        bool folder = behind < n && lies_in(order[behind]->name, order[i]->name);
        if (twice || folder) order[i]->refused = twice ? MSG_MEMBER_TWICE : MSG_MEMBER_IS_FOLDER;
        if (!twice) behind = i;
    }
    return true;
}

/* ---- All names together ---------------------------------------------------------------------- */

/* p7zip makes U+EF80 … U+EFFF of bytes that are no UTF-8, when it packs names as bytes into names
 * that are Unicode. */
enum { ESCAPED_FIRST = 0xEF80, ESCAPED_LAST = 0xEFFF };

/* The name as bytes, in place, if there are such in it. */
static bool unescape(str *name) {
    char *p = (char *)(uintptr_t)name->p; /* the arena's, and it only gets shorter */
    size_t from = 0, to = 0;
    bool found = false;
    while (from < name->n) {
        size_t start = from;
        uint32_t c = utf8_next(*name, &from);
        if (c >= ESCAPED_FIRST && c <= ESCAPED_LAST) {
            p[to++] = (char)(c & 0xFF);
            found = true;
        } else {
            memmove(p + to, p + start, from - start);
            to += from - start;
        }
    }
    if (found) p[name->n = to] = '\0';
    return found;
}

static bool decode_names(qw_archive *a) {
    raw_name *raw = arena_alloc(a->mem, (a->nmembers + 1) * sizeof *raw);
    if (!raw) return false;
    for (size_t i = 0; i < a->nmembers; i++) {
        archive_member *m = &a->members[i];
        if (m->utf8 && unescape(&m->name)) m->utf8 = false;
        raw[i] = (raw_name){m->name, m->utf8};
    }
    names_reading reading;
    str how;
    if (!names_judge(a->mem, raw, a->nmembers, &reading)) return false;
    a->names = reading.encodings[0];
    for (size_t i = 0; i < a->nmembers; i++)
        if (!names_decode(a->mem, &reading, &raw[i], &a->members[i].name, &how)) return false;
    return true;
}

/* Names that a tool took for cp437 are put right in any case: no other system has such names. */
static bool may_repair(const qw_archive *a, str how) {
    return how.n && (a->options.repair_names || str_ends(how, STR("read as IBM437")));
}

static bool repair_names(qw_archive *a) {
    str *texts = arena_alloc(a->mem, (a->nmembers + 1) * sizeof *texts);
    str *how = arena_alloc(a->mem, (a->nmembers + 1) * sizeof *how);
    if (!texts || !how) return false;
    for (size_t i = 0; i < a->nmembers; i++) texts[i] = a->members[i].name;
    if (!names_repair(a->mem, texts, how, a->nmembers)) return false;
    for (size_t i = 0; i < a->nmembers; i++) {
        if (!may_repair(a, how[i])) continue;
        a->members[i].was = a->members[i].name.p;
        a->members[i].name = texts[i];
        a->members[i].repair = arena_str(a->mem, how[i]).p;
    }
    return !arena_failed(a->mem);
}

bool members_name(qw_archive *a) {
    if (!decode_names(a) || !repair_names(a)) return false;
    for (size_t i = 0; i < a->nmembers; i++)
        if (!clean_name(a->mem, &a->members[i])) return false;
    return refuse_twins(a);
}
