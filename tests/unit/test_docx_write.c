/* Writing DOCX in place: nothing but the edits changes, and what comes out is what was meant. Over
 * the real files that QW_DATA holds. */
#include "base/buf.h"
#include "check.h"
#include "model/edit.h"
#include "ooxml/package.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct file {
    char *bytes;
    size_t n;
} file;

static file load(const char *path) {
    file f = {0};
    FILE *in = fopen(path, "rb");
    if (!in) return f;
    fseek(in, 0, SEEK_END);
    f.n = (size_t)ftell(in);
    rewind(in);
    f.bytes = malloc(f.n + 1);
    if (!f.bytes || fread(f.bytes, 1, f.n, in) != f.n) f.n = 0;
    fclose(in);
    return f;
}

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

static bool write_docx(qw_doc *d, buf *to, const char *path) {
    qw_error why = {0};
    qw_sink sink = {to_buf, to};
    qw_write_options o = {.break_signature = true};
    bool ok = qw_write(d, "docx", &o, &sink, &why);
    if (!ok) CHECK_FAIL("%s: %s: %s", path, why.place, why.text[0]);
    return ok;
}

static qw_doc *read_docx(qw_workspace *space, const char *path, str bytes, qw_error *why) {
    qw_input input = {.name = path, .bytes = bytes.p, .n = bytes.n};
    return qw_read(space, &input, NULL, why);
}

/* ---- Edits ----------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static size_t boundary(str text, size_t at) {
    while (at > 0 && at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80) at--;
    return at;
}

/* Drops paragraphs, cuts and exchanges text in others, here and there; just in every second block
 * when told so. */
static void edit_at_random(doc *d, uint32_t seed, bool even_only) {
    static const reason why = {STR_INIT("test"), STR_INIT("test"), 50};
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        uint32_t dice = next_random(&seed) % 10, a = next_random(&seed), n = next_random(&seed);
        if (b->kind != BLOCK_PARAGRAPH || !block_stands(b)) continue;
        if (even_only && i % 2) continue;
        size_t from = boundary(b->text, b->text.n ? a % b->text.n : 0);
        size_t to =
            boundary(b->text, from + 1 + n % 24 < b->text.n ? from + 1 + n % 24 : b->text.n);
        bool plain = b->region != REGION_META && b->text.n;
        if (dice < 2)
            edit_drop(d, i, why);
        else if (dice < 4 && plain)
            edit_remove(d, i, from, to - from, why);
        else if (dice == 4 && plain && to > from)
            edit_replace(d, i, from, to - from, STR("<改&>"), why);
    }
}

/* ---- What must hold -------------------------------------------------------------------------- */

/* In HTML that is merged in, blanks are one blank, and none at an edge. */
static void gather_foreign(str text, buf *to) {
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ') buf_add_byte(to, text.p[i]);
}

/* The text that stands, without what the format cannot say: empty paragraphs. */
static void gather(const doc *d, buf *to) {
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!block_is_text(b) || !b->text.n || b->region == REGION_META) continue;
        bool foreign = d->parts[b->part].foreign;
        if (foreign && !str_trim(b->text).n) continue;
        buf_printf(to, "%d:", b->region);
        if (foreign)
            gather_foreign(b->text, to);
        else
            buf_add(to, b->text);
        buf_add_byte(to, '\n');
    }
}

static void show_difference(const char *path, str want, str got) {
    size_t at = 0;
    while (at < want.n && at < got.n && want.p[at] == got.p[at]) at++;
    size_t from = at > 60 ? at - 60 : 0;
    str w = str_cut(want, from, at + 60), g = str_cut(got, from, at + 60);
    CHECK_FAIL("%s: text differs at byte %zu: wanted “%.*s”, got “%.*s”", path, at, (int)w.n, w.p,
               (int)g.n, g.p);
}

/* Whether a part may change: with a note goes what refers to it in the stories. */
static bool is_edited(const doc *d, str name) {
    /* What further parts keep of comments goes with them. */
    bool of_comments = str_find(name, STR("commentsIds"), 0) != STR_NONE ||
                       str_find(name, STR("commentsExten"), 0) != STR_NONE;
    for (size_t i = 0; i < d->nblocks && of_comments; i++)
        if (d->blocks[i].region == REGION_COMMENT && !block_stands(&d->blocks[i])) return true;
    bool notes = false, story = false;
    for (size_t i = 0; i < d->nparts; i++) story |= str_eq(d->parts[i].name, name);
    for (size_t i = 0; i < d->nedits; i++) {
        const block *b = &d->blocks[d->edits[i].block];
        notes |= b->region >= REGION_FOOTNOTE && b->region <= REGION_COMMENT;
        if (str_eq(d->parts[b->part].name, name) || str_eq(d->parts[b->part].within, name))
            return true;
    }
    return (notes && story) || str_ends(name, STR(".rels")) ||
           str_eq(name, STR("[Content_Types].xml"));
}

/* Parts without edits keep their bytes, packed and unpacked, and their order. */
static void compare_packages(const doc *d, const char *path, str before, str after) {
    arena *mem = arena_new(0);
    qw_error why = {0};
    package *p = package_open(mem, before, str_of(path), NULL, &why);
    package *q = package_open(mem, after, str_of(path), NULL, &why);
    CHECK(p && q);
    for (size_t i = 0, k = 0; p && q && i < package_count(p); i++) {
        const package_part *x = package_at(p, i);
        str xb, yb;
        if (k >= package_count(q) || !str_eq(package_at(q, k)->name, x->name)) continue;
        const package_part *y = package_at(q, k++);
        bool ok = package_read(p, i, &xb, &why) && package_read(q, k - 1, &yb, &why);
        if (!ok) {
            why = (qw_error){0}; /* damaged before, and carried over as it was */
            continue;
        }
        if (!str_eq(xb, yb) && !is_edited(d, x->name))
            CHECK_FAIL("%s: %.*s changed", path, (int)x->name.n, x->name.p);
        if (str_eq(xb, yb) && x->packed != y->packed)
            CHECK_FAIL("%s: %.*s was packed anew", path, (int)x->name.n, x->name.p);
        if (k == package_count(q)) CHECK(package_count(q) <= package_count(p));
    }
    package_close(p);
    package_close(q);
    arena_free(mem);
}

/* All parts of the one package are in the other, with the same bytes. */
static void check_same_parts(const char *path, str before, str after) {
    arena *mem = arena_new(0);
    qw_error why = {0};
    package *p = package_open(mem, before, str_of(path), NULL, &why);
    package *q = package_open(mem, after, str_of(path), NULL, &why);
    CHECK(p && q);
    if (p && q) CHECK_INT(package_count(q), package_count(p));
    for (size_t i = 0; p && q && i < package_count(p); i++) {
        str name = package_at(p, i)->name, x, y;
        size_t k = package_find(q, name);
        qw_error ignored = {0};
        if (!package_read(p, i, &x, &ignored)) continue;
        if (k == STR_NONE || !package_read(q, k, &y, &ignored) || !str_eq(x, y))
            CHECK_FAIL("%s: undo did not bring %.*s back", path, (int)name.n, name.p);
    }
    package_close(p);
    package_close(q);
    arena_free(mem);
}

static void check_undo(const char *path, doc *d, str source, str output) {
    buf report = BUF_INIT(SIZE_MAX), back = BUF_INIT(SIZE_MAX);
    qw_sink to_report = {to_buf, &report}, to_back = {to_buf, &back};
    qw_write_options o = {.break_signature = true};
    qw_error why = {0};
    bool ok = qw_write(d, "report", &o, &to_report, &why);
    qw_undo_request request = {.report = buf_str(&report), .output = output};
    ok = ok && qw_undo(&request, &to_back, &why);
    if (!ok) CHECK_FAIL("%s: undo: %s", path, why.text[0]);
    if (ok) check_same_parts(path, source, buf_str(&back));
    buf_free(&report);
    buf_free(&back);
}

/* The edits of every second block put back: the document that the others alone give. */
static void check_undo_some(const char *path, doc *d, str source, str output, uint32_t seed) {
    buf report = BUF_INIT(SIZE_MAX), back = BUF_INIT(SIZE_MAX), want = BUF_INIT(SIZE_MAX);
    qw_sink to_report = {to_buf, &report}, to_back = {to_buf, &back};
    qw_write_options o = {.break_signature = true};
    qw_error why = {0};
    size_t *only = calloc(d->nedits + 1, sizeof *only), n = 0;
    for (size_t i = 0; only && i < d->nedits; i++)
        if (d->edits[i].block % 2) only[n++] = i + 1;
    qw_undo_request request = {.output = output, .only = only, .nonly = n};
    bool ok = only && qw_write(d, "report", &o, &to_report, &why);
    request.report = buf_str(&report);
    ok = ok && qw_undo(&request, &to_back, &why);
    if (!ok) CHECK_FAIL("%s: undo of some: %s", path, why.text[0]);
    qw_workspace *space = qw_workspace_new();
    qw_doc *e = read_docx(space, path, source, &why);
    if (e) edit_at_random(e, seed, true);
    if (ok && e && write_docx(e, &want, path))
        check_same_parts(path, buf_str(&want), buf_str(&back));
    qw_workspace_free(space);
    buf_free(&report);
    buf_free(&back);
    buf_free(&want);
    free(only);
}

static void check_edited(const char *path, str source, uint32_t seed) {
    qw_workspace *space = qw_workspace_new(), *again = qw_workspace_new();
    qw_error why = {0};
    buf output = BUF_INIT(SIZE_MAX), same = BUF_INIT(SIZE_MAX), want = BUF_INIT(SIZE_MAX),
        got = BUF_INIT(SIZE_MAX);
    qw_doc *d = read_docx(space, path, source, &why);
    if (d) {
        edit_at_random(d, seed, false);
        gather(d, &want);
        if (write_docx(d, &output, path)) {
            compare_packages(d, path, source, buf_str(&output));
            check_undo(path, d, source, buf_str(&output));
            if (seed == 1) check_undo_some(path, d, source, buf_str(&output), seed);
            qw_doc *e = read_docx(again, path, buf_str(&output), &why);
            if (!e) CHECK_FAIL("%s: cannot be read again: %s: %s", path, why.place, why.text[0]);
            if (e) gather(e, &got);
            if (e && !str_eq(buf_str(&want), buf_str(&got)))
                show_difference(path, buf_str(&want), buf_str(&got));
            if (e && write_docx(e, &same, path)) CHECK(str_eq(buf_str(&output), buf_str(&same)));
        }
    }
    buf_free(&output);
    buf_free(&same);
    buf_free(&want);
    buf_free(&got);
    qw_workspace_free(space);
    qw_workspace_free(again);
}

static bool check_untouched(const char *path, str source) {
    qw_workspace *space = qw_workspace_new();
    qw_error why = {0};
    buf output = BUF_INIT(SIZE_MAX);
    qw_doc *d = read_docx(space, path, source, &why);
    if (d && write_docx(d, &output, path) && !str_eq(buf_str(&output), source))
        CHECK_FAIL("%s: untouched and not identical", path);
    check_count++;
    buf_free(&output);
    qw_workspace_free(space);
    return d != NULL;
}

static size_t check_folder(const char *data, const char *folder) {
    char path[4096];
    size_t n = 0;
    snprintf(path, sizeof path, "%s/%s", data, folder);
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s/%s", data, folder, e->d_name);
        file f = load(path);
        str source = str_make(f.bytes, f.n);
        if (f.n && check_untouched(path, source)) {
            n++;
            for (uint32_t seed = 1; seed <= 3; seed++) check_edited(path, source, seed);
        }
        free(f.bytes);
    }
    if (dir) closedir(dir);
    return n;
}

int main(void) {
    const char *data = getenv("QW_DATA");
    if (!data || !*data) {
        puts("QW_DATA is not set: skipped");
        return 77;
    }
    size_t n = check_folder(data, "docx/corpus") + check_folder(data, "docx/forms");
    printf("%zu documents\n", n);
    CHECK(n > 0);
    return check_result();
}
