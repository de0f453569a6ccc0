/* Real documents, when there are any (QW_DATA): each is read or refused with a message, whatever is
 * read holds together, and list labels are those of docx/labels.tsv. */
#include "base/buf.h"
#include "check.h"
#include "model/doc.h"

#include <dirent.h>
#include <stdlib.h>

static char folder[1024];

static bool load(const char *path, buf *to) {
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    to->n = 0;
    for (char *p; (p = buf_room(to, 1 << 16)) != NULL;) {
        size_t n = fread(p, 1, 1 << 16, f);
        if (n == 0) break;
        to->n += n;
    }
    fclose(f);
    return !to->failed;
}

static void check_spans(const char *name, const doc *d, const block *b) {
    size_t n = block_original(b).n;
    for (size_t k = 0; b->more && k < b->more->nspans; k++) {
        const span *s = &b->more->spans[k];
        str source = str_cut(d->parts[s->part].bytes, s->off, s->off + s->source_len);
        str text = str_cut(block_original(b), s->at, s->at + s->len);
        bool plain = s->kind == SPAN_TEXT && source.n && source.p[0] != '<' &&
                     s->len == s->source_len && !memchr(source.p, '&', source.n) &&
                     !memchr(source.p, '\n', source.n);
        bool ok =
            s->at + s->len <= n && source.n == s->source_len && (!plain || str_eq(source, text));
        check_count++;
        if (!ok) CHECK_FAIL("%s: a span at %u does not stand where it says", name, s->at);
    }
}

/* Text without white space, since labels.tsv was made so. */
static void squeeze(str s, buf *to) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > ' ') buf_add_byte(to, s.p[i]);
}

/* All labels with their text, a line each. */
static void list_labels(const doc *d, buf *to) {
    to->n = 0;
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (!(b->flags & BLOCK_AUTO)) continue;
        buf_add_byte(to, '\n');
        squeeze(b->more->label, to);
        squeeze(b->text, to);
    }
}

static bool read_file(qw_workspace *space, const char *name, buf *bytes, buf *labels) {
    char path[2048];
    qw_error why = {0};
    snprintf(path, sizeof path, "%s/docx/corpus/%s", folder, name);
    CHECK(load(path, bytes));
    qw_input input = {.name = path, .bytes = bytes->p, .n = bytes->n};
    const doc *d = qw_read(space, &input, NULL, &why);
    check_count++;
    if (!d && (why.code == QW_OK || why.code == QW_MEMORY)) CHECK_FAIL("%s: no reason", name);
    labels->n = 0;
    if (!d) return false;
    for (size_t i = 0; i < d->nblocks; i++) check_spans(name, d, &d->blocks[i]);
    list_labels(d, labels);
    return true;
}

/* Looks up the rows of labels.tsv that are about this file. */
static void compare_labels(str table, const char *name, str labels, size_t *right, size_t *all) {
    str row, field[5];
    while (str_next(&table, '\n', &row)) {
        if (!str_starts(row, str_of(name))) continue;
        for (int i = 0; i < 5; i++)
            if (!str_next(&row, '\t', &field[i])) field[i] = STR("");
        buf want = BUF_INIT(1 << 20);
        buf_add_byte(&want, '\n');
        squeeze(field[1], &want);
        squeeze(field[4], &want);
        ++*all;
        *right += str_find(labels, buf_str(&want), 0) != STR_NONE;
        buf_free(&want);
    }
}

static void read_all(DIR *dir, str table) {
    buf bytes = BUF_INIT(1 << 30), labels = BUF_INIT(1 << 30);
    qw_workspace *space = qw_workspace_new();
    size_t files = 0, read = 0, right = 0, all = 0;
    CHECK(space != NULL);
    for (struct dirent *entry; space && (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        files++;
        if (!read_file(space, entry->d_name, &bytes, &labels)) continue;
        read++;
        compare_labels(table, entry->d_name, buf_str(&labels), &right, &all);
    }
    printf("%zu of %zu files read, %zu of %zu labels right\n", read, files, right, all);
    CHECK(read * 10 >= files * 9);
    CHECK(right * 1000 >= all * 995 && all > 0);
    qw_workspace_free(space);
    buf_free(&bytes);
    buf_free(&labels);
}

int main(void) {
    char path[2048];
    const char *data = getenv("QW_DATA");
    if (data) snprintf(folder, sizeof folder, "%s", data);
    snprintf(path, sizeof path, "%s/docx/corpus", folder);
    DIR *dir = data && *data ? opendir(path) : NULL;
    if (!dir) return printf("skipped: no docx/corpus in QW_DATA\n"), 77;
    buf table = BUF_INIT(1 << 30);
    snprintf(path, sizeof path, "%s/docx/labels.tsv", folder);
    CHECK(load(path, &table));
    read_all(dir, buf_str(&table));
    closedir(dir);
    buf_free(&table);
    return check_result();
}
