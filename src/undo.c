/* undo: what was written, and the report about it, back to what was read. A Word document is put
 * back by undo_docx.h; what follows is about text.
 *
 * Every line of the input either stands in the output or was dropped by an edit that holds its
 * text. So the output's lines are dealt out to the lines that were not dropped, in order, and then
 * each line takes back its edits from last to first. The report's digest says whether the output
 * is the one that it describes. */
#include "base/gap.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/message.h"
#include "base/out.h"
#include "base/utf8.h"
#include "undo_docx.h"
#include "undo_edits.h"

#include <stdlib.h>

enum { END_LF = 1 };
static const char *const end_names[] = {"none", "lf", "crlf", "cr"};
static const char *const end_marks[] = {"", "\n", "\r\n", "\r"};

/* A line of text. */
typedef struct line {
    entry *edits;
    str text;
    unsigned char end;
    bool dropped, back; /* back: dropped, and to be put back */
} line;

typedef struct undo {
    const qw_undo_request *request;
    arena *mem;
    qw_error *why;
    str path, format, digest; /* of the document; path.p is NULL until it is found */
    bool signature;           /* the input began with UTF-8's */
    bool heading_styles;      /* headings of a package got styles */
    line *lines;              /* of text */
    size_t nlines;            /* of a package, blocks */
    entry *entries;
    size_t nentries, entries_cap;
} undo;

/* ---- The report ------------------------------------------------------------------------------ */

static bool bad_report(undo *u) {
    return fail(u->why, MSG_BAD_REPORT, STR(""), NO_ARGS);
}

static bool is_type(const json *record, str type) {
    return str_eq(json_text(json_get(record, "type")), type);
}

/* True when the request means this document: by its path, or by its output's. */
static bool is_wanted(const undo *u, const json *r) {
    if (!u->request->path) return true;
    str asked = utf8_shown(u->mem, str_of(u->request->path));
    return str_eq(json_text(json_get(r, "path")), asked) ||
           str_eq(json_text(json_get(r, "output")), asked);
}

static unsigned char end_of(str name) {
    for (unsigned char k = 0; k < 4; k++)
        if (str_eq(name, str_of(end_names[k]))) return k;
    return END_LF;
}

/* Every line of text ends in the output or was dropped by an edit that stands in the report, so
 * there are no more of them than bytes of both: a report cannot ask for more memory than that. For
 * the blocks of a package, no memory is asked for. */
static bool make_lines(undo *u, const json *r) {
    long long n = json_int(json_get(r, "lines"), -1);
    str usual = json_text(json_get(r, "line_ends"));
    if (n < 0 || n >= (long long)UINT32_MAX || !usual.p) return bad_report(u);
    u->nlines = (size_t)n;
    if (!str_eq(u->format, STR("txt"))) return true;
    if ((uint64_t)n > u->request->output.n + u->request->report.n) return bad_report(u);
    u->lines = arena_zalloc(u->mem, u->nlines, sizeof *u->lines);
    if (!u->lines) return fail_memory(u->why);
    for (size_t i = 0; i < u->nlines; i++) u->lines[i].end = end_of(usual);
    const json *odd = json_get(r, "odd_line_ends");
    for (size_t i = 0; i < json_count(odd); i++) {
        long long at = json_int(json_at(json_at(odd, i), 0), 0);
        if (at < 1 || at > n) return bad_report(u);
        u->lines[at - 1].end = end_of(json_text(json_at(json_at(odd, i), 1)));
    }
    return true;
}

static str copy(undo *u, str text) {
    return text.p ? arena_str(u->mem, text) : text;
}

static bool take_document(undo *u, const json *r) {
    if (!is_wanted(u, r)) return true;
    if (u->path.p) return fail(u->why, MSG_WHICH_DOCUMENT, STR(""), NO_ARGS);
    u->path = copy(u, json_text(json_get(r, "path")));
    u->format = copy(u, json_text(json_get(r, "format")));
    u->digest = copy(u, json_text(json_get(r, "digest")));
    u->signature = str_eq(json_text(json_get(r, "bom")), STR("UTF-8"));
    u->heading_styles = json_bool(json_get(r, "heading_styles"), false);
    if (arena_failed(u->mem)) return fail_memory(u->why);
    return u->path.p && u->format.p ? make_lines(u, r) : bad_report(u);
}

/* True when the record is an edit of this document that changed its text. */
static bool changes_text(const undo *u, const json *r) {
    str kind = json_text(json_get(r, "kind"));
    return u->path.p && str_eq(json_text(json_get(r, "state")), STR("done")) &&
           (str_eq(kind, STR("replace")) || str_eq(kind, STR("drop"))) &&
           str_eq(json_text(json_get(r, "path")), u->path);
}

/* Likewise one that gave a heading a style, by giving it a role. */
static bool gives_role(const undo *u, const json *r) {
    return u->heading_styles && str_eq(json_text(json_get(r, "kind")), STR("role")) &&
           str_eq(json_text(json_get(r, "state")), STR("done")) &&
           str_eq(json_text(json_get(r, "path")), u->path);
}

static uint8_t role_named(str name) {
    for (int role = 0; role < QW_ROLES; role++)
        if (str_eq(name, str_of(qw_role_name((qw_role)role)))) return (uint8_t)role;
    return QW_ROLE_BODY;
}

static bool reserve_entry(undo *u) {
    if (u->nentries < u->entries_cap) return true;
    size_t cap = u->entries_cap ? u->entries_cap * 2 : 64;
    entry *wider =
        arena_resize(u->mem, u->entries, u->entries_cap * sizeof *wider, cap * sizeof *wider);
    if (!wider) return fail_memory(u->why);
    u->entries = wider;
    u->entries_cap = cap;
    return true;
}

static bool take_edit(undo *u, const json *r) {
    bool role = gives_role(u, r);
    long long at_line = json_int(json_get(r, "line"), 0);
    long long at = json_int(json_get(r, "at"), role ? 0 : -1);
    size_t number = (size_t)json_int(json_get(r, "edit"), 0);
    str before = role ? STR("") : copy(u, json_text(json_get(r, "before")));
    str after = role ? STR("") : copy(u, json_text(json_get(r, "after")));
    if (arena_failed(u->mem)) return fail_memory(u->why);
    if (at_line < 1 || at_line > (long long)u->nlines || at < 0 || !before.p || !after.p)
        return bad_report(u);
    if (u->nentries && number <= u->entries[u->nentries - 1].number) return bad_report(u);
    if (!reserve_entry(u)) return false;
    u->entries[u->nentries++] = (entry){
        .number = number,
        .group = (size_t)json_int(json_get(r, "group"), 0),
        .line = (size_t)at_line - 1,
        .at = (size_t)at,
        .before = before,
        .after = after,
        .drop = str_eq(json_text(json_get(r, "kind")), STR("drop")),
        .gives_role = role,
        .role = role ? role_named(json_text(json_get(r, "role"))) : 0,
        .level = (uint8_t)(json_int(json_get(r, "level"), 0) & 15),
        .wanted = !u->request->only,
    };
    return true;
}

static bool take_record(undo *u, const json *r) {
    if (is_type(r, STR("document"))) return take_document(u, r);
    if (is_type(r, STR("edit")) && (changes_text(u, r) || gives_role(u, r))) return take_edit(u, r);
    return true;
}

/* Takes from the report what is needed, a record at a time: reports can be large. */
static bool read_report(undo *u) {
    str rest = u->request->report, text;
    size_t records = 0;
    for (size_t n = 1; str_next(&rest, '\n', &text); n++) {
        if (!str_trim(text).n) continue;
        json *record = json_parse(text, NULL);
        if (!record)
            return fail(u->why, MSG_BAD_REPORT, arena_printf(u->mem, "line %zu", n), NO_ARGS);
        bool taken = take_record(u, record);
        json_free(record);
        if (!taken) return false;
        records++;
    }
    if (u->path.p) return true;
    if (!u->request->path || !records) return bad_report(u);
    return fail(u->why, MSG_NOT_IN_REPORT, STR(""), ARGS(str_of(u->request->path)));
}

/* Hangs the edits on their lines; they do not move any more. */
static void sort_by_line(undo *u) {
    for (size_t i = 0; i < u->nentries; i++) {
        entry *e = &u->entries[i];
        line *l = &u->lines[e->line];
        e->next = l->edits;
        l->edits = e;
        if (e->drop) l->dropped = true;
    }
}

/* ---- Which edits are put back ---------------------------------------------------------------- */

static int by_number(const void *a, const void *b) {
    const entry *x = a;
    const entry *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static entry *find_entry(undo *u, size_t number) {
    entry key = {.number = number};
    return u->nentries ? bsearch(&key, u->entries, u->nentries, sizeof key, by_number) : NULL;
}

/* Marks the edits asked for, each with its whole group. Entries are in the order of their numbers,
 * and those of a group are neighbours from the group's first on. */
static bool choose(undo *u) {
    for (size_t i = 0; i < u->request->nonly; i++) {
        size_t number = u->request->only[i];
        entry *e = find_entry(u, number);
        if (!e) return fail(u->why, MSG_NO_SUCH_EDIT, STR(""), ARGS(NUM(number)));
        size_t group = e->group;
        while (e > u->entries && e[-1].group == group) e--;
        for (; e < u->entries + u->nentries && e->group == group; e++) e->wanted = true;
    }
    return true;
}

/* ---- The text -------------------------------------------------------------------------------- */

static str next_output_line(str *rest) {
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r') n++;
    str text = str_cut(*rest, 0, n);
    bool crlf = n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n';
    *rest = str_cut(*rest, n + (crlf ? 2 : 1), rest->n);
    return text;
}

/* Gives each line that stands its text in the output; checks that it is the report's output. */
static bool deal_out(undo *u) {
    str rest = u->request->output;
    uint64_t h = 0;
    char hex[17];
    for (size_t i = 0; i < u->nlines; i++) {
        line *l = &u->lines[i];
        if (l->dropped) continue;
        l->text = next_output_line(&rest);
        h = hash64(l->text, h);
    }
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) hex[i] = digits[h >> (60 - 4 * i) & 15];
    if (rest.n || !str_eq(u->digest, str_make(hex, 16)))
        return fail(u->why, MSG_OUTPUT_CHANGED, STR(""), NO_ARGS);
    return true;
}

static bool stale(undo *u) {
    return fail(u->why, MSG_OUTPUT_CHANGED, STR(""), NO_ARGS);
}

/* Makes the edits again that were taken back only to get at others. */
static bool make_again(undo *u, gap *g, const history *h) {
    undone_list done;
    if (!undone_begin(&done, h, u->mem)) return fail_memory(u->why);
    for (size_t i = 0; i < h->n; i++) {
        const entry *e = h->edits[i];
        size_t at;
        if (e->drop) continue;
        if (!undone_pass(&done, e, &at, u->why)) return false;
        if (!e->wanted && !gap_replace(g, at, e->before, e->after)) return stale(u);
    }
    return true;
}

/* Takes all edits of a line back, newest first, and makes those again that are to stay. */
static bool put_back(undo *u, line *l) {
    history h;
    gap g;
    if (!history_make(&h, l->edits, u->mem)) return fail_memory(u->why);
    const entry *last = h.edits[h.n - 1];
    if (l->dropped && !last->drop) return bad_report(u);
    l->back = l->dropped && last->wanted;
    if (last->drop) l->text = last->before;
    if (!gap_begin(&g, u->mem, l->text, h.room)) return fail_memory(u->why);
    for (size_t i = h.n - (last->drop ? 1 : 0); i--;)
        if (!gap_replace(&g, h.edits[i]->at, h.edits[i]->after, h.edits[i]->before))
            return stale(u);
    if (u->request->only && !make_again(u, &g, &h)) return false;
    l->text = gap_text(&g);
    return true;
}

static bool put_all_back(undo *u) {
    for (size_t i = 0; i < u->nlines; i++)
        if (u->lines[i].edits && !put_back(u, &u->lines[i])) return false;
    return true;
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* All put back: the text as it was decoded, its BOM and line ends with it. Some: as the output was
 * written, with LF. */
static void write_lines(const undo *u, out *to) {
    bool all = !u->request->only;
    if (all && u->signature) out_text(to, "\xEF\xBB\xBF");
    for (size_t i = 0; i < u->nlines; i++) {
        const line *l = &u->lines[i];
        if (l->dropped && !l->back) continue;
        out_str(to, l->text);
        out_text(to, all ? end_marks[l->end] : "\n");
    }
}

static bool put_text_back(undo *u, const qw_sink *sink) {
    out to;
    sort_by_line(u);
    if (!deal_out(u) || !put_all_back(u)) return false;
    out_begin(&to, sink);
    write_lines(u, &to);
    return out_end(&to) || fail(u->why, MSG_SINK, STR(""), NO_ARGS);
}

static int by_block(const void *a, const void *b) {
    const entry *x = *(entry *const *)a, *y = *(entry *const *)b;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Hangs the edits of each block together, and gives the newest of each. */
static bool sort_by_block(undo *u, undo_edits *edits) {
    entry **all = arena_alloc(u->mem, (u->nentries + 1) * sizeof *all);
    const entry **newest = arena_alloc(u->mem, (u->nentries + 1) * sizeof *newest);
    if (!all || !newest) return fail_memory(u->why);
    for (size_t i = 0; i < u->nentries; i++) all[i] = &u->entries[i];
    if (u->nentries) qsort(all, u->nentries, sizeof *all, by_block);
    *edits = (undo_edits){.newest = newest, .heading_styles = u->heading_styles};
    for (size_t i = 0; i < u->nentries; i++) {
        bool same = i > 0 && all[i - 1]->line == all[i]->line;
        all[i]->next = same ? all[i - 1] : NULL;
        edits->n += !same;
        newest[edits->n - 1] = all[i];
    }
    return true;
}

static bool put_package_back(undo *u, const qw_sink *sink) {
    undo_edits edits;
    return sort_by_block(u, &edits) && undo_docx(u->request, u->path, edits, u->mem, sink, u->why);
}

static bool run(undo *u, const qw_sink *sink) {
    if (!read_report(u)) return false;
    bool package = str_eq(u->format, STR("docx"));
    bool made = !package && str_starts(u->request->output, STR("PK\x03\x04")); /* from text */
    if (made || (!package && !str_eq(u->format, STR("txt"))))
        return fail(u->why, MSG_UNDO_FORMAT, STR(""), NO_ARGS);
    if (!choose(u)) return false;
    return package ? put_package_back(u, sink) : put_text_back(u, sink);
}

bool qw_undo(const qw_undo_request *request, const qw_sink *sink, qw_error *why) {
    fail_begin(why);
    undo u = {.request = request, .mem = arena_new(0), .why = why};
    if (!u.mem) return fail_memory(why);
    bool ok = run(&u, sink);
    arena_free(u.mem);
    return ok;
}
