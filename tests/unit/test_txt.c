/* Reading text: line ends of every kind, odd bytes, several encodings; and the way back from text
 * to the bytes of the source. */
#include "base/buf.h"
#include "check.h"
#include "model/edit.h"
#include "text/place.h"

static bool to_buf(void *self, const void *bytes, size_t n) {
    return buf_add(self, str_make(bytes, n));
}

static qw_doc *read_as(qw_workspace *space, str input, const char *encoding) {
    qw_input in = {"a.txt", input.p, input.n};
    qw_error why = {0};
    qw_doc *d = qw_read(space, &in, &(qw_read_options){.encoding = encoding}, &why);
    CHECK_STR(str_of(why.text[QW_ENGLISH]), STR(""));
    return d;
}

static void check_written(str input, bool keep, str want) {
    qw_workspace *space = qw_workspace_new();
    buf b = BUF_INIT(1 << 20);
    qw_sink sink = {to_buf, &b};
    qw_doc *d = read_as(space, input, "UTF-8");
    CHECK(qw_write(d, "txt", &(qw_write_options){.keep_line_ends = keep}, &sink, NULL));
    CHECK_STR(buf_str(&b), want);
    buf_free(&b);
    qw_workspace_free(space);
}

static void line_ends(void) {
    static const struct {
        str in, kept, lf;
    } cases[] = {
        {STR_INIT(""), STR_INIT(""), STR_INIT("")},
        {STR_INIT("a"), STR_INIT("a"), STR_INIT("a\n")},
        {STR_INIT("\n"), STR_INIT("\n"), STR_INIT("\n")},
        {STR_INIT("a\r\nb\rc\nd"), STR_INIT("a\r\nb\rc\nd"), STR_INIT("a\nb\nc\nd\n")},
        {STR_INIT("a\r\r\n\r"), STR_INIT("a\r\r\n\r"), STR_INIT("a\n\n\n")},
        {STR_INIT("a\0b\n\0"), STR_INIT("a\0b\n\0"), STR_INIT("a\0b\n\0\n")},
        {STR_INIT("\xEF\xBB\xBF清\n"), STR_INIT("清\n"), STR_INIT("清\n")},
        {STR_INIT("a\xC2\x85\xE2\x80\xA8z\f\v"), STR_INIT("a\xC2\x85\xE2\x80\xA8z\f\v"),
         STR_INIT("a\xC2\x85\xE2\x80\xA8z\f\v\n")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_written(cases[i].in, true, cases[i].kept);
        check_written(cases[i].in, false, cases[i].lf);
    }
}

static void undecodable_bytes_are_marked_and_said(void) {
    qw_workspace *space = qw_workspace_new();
    qw_doc *d = read_as(space, STR("清\n\xFF\xE6\xB8\n文\n"), "UTF-8");
    qw_note_info said;
    CHECK_INT(qw_block_count(d), 3);
    CHECK_STR(d->blocks[1].text, STR("\xEF\xBF\xBD\xEF\xBF\xBD"));
    CHECK_INT(d->undecodable, 3);
    CHECK(qw_note_get(d, 1, &said));
    CHECK_STR(str_of(said.id), STR("undecodable-bytes"));
    CHECK_INT(said.place.offset, 5);
    CHECK_INT(said.place.length, 2);
    qw_error why = {0};
    qw_input in = {"a.txt", "\xFF", 1};
    CHECK(!qw_read(space, &in,
                   &(qw_read_options){.encoding = "UTF-8", .undecodable = QW_FAIL_UNDECODABLE},
                   &why));
    CHECK_INT(why.code, QW_ENCODING);
    qw_workspace_free(space);
}

/* Every character's place must be where its bytes stand. */
static void check_places(const qw_doc *d, uint32_t index, const size_t *at, const uint64_t *want,
                         size_t n) {
    place_finder forward = {.d = d};
    for (size_t i = 0; i < n; i++) {
        place_finder fresh = {.d = d};
        CHECK_INT(place_find(&forward, index, at[i], at[i]).offset, want[i]);
        CHECK_INT(place_find(&fresh, index, at[i], at[i]).offset, want[i]);
        CHECK_INT(place_find(&fresh, index, 0, 0).offset, want[0]);
    }
}

static void places_in_gb18030(void) {
    /* 清a文<U+00A0, four bytes>。 on the second line */
    qw_workspace *space = qw_workspace_new();
    qw_doc *d =
        read_as(space, STR("x\r\n\xC7\xE5\x61\xCE\xC4\x81\x30\x84\x32\xA1\xA3\r\n"), "GB18030");
    static const size_t at[] = {0, 3, 4, 7, 9, 12};
    static const uint64_t want[] = {3, 5, 6, 8, 12, 14};
    CHECK_STR(d->blocks[1].text, STR("清a文\xC2\xA0。"));
    check_places(d, 1, at, want, 6);
    place_finder f = {.d = d};
    qw_place p = place_find(&f, 1, 4, 7);
    CHECK_INT(p.line, 2);
    CHECK_INT(p.column, 3);
    CHECK_INT(p.length, 2);
    qw_workspace_free(space);
}

static void places_in_utf16(void) {
    qw_workspace *space = qw_workspace_new();
    qw_doc *d = read_as(space, STR("\xFF\xFEx\0\n\0\x05\x6E\x40\xD8\0\xDC\x87\x65"), "UTF-16LE");
    static const size_t at[] = {0, 3, 7, 10};
    static const uint64_t want[] = {6, 8, 12, 14};
    CHECK_INT(qw_block_count(d), 2);
    CHECK_STR(d->blocks[1].text, STR("清\xF0\xA0\x80\x80文"));
    check_places(d, 1, at, want, 4);
    qw_workspace_free(space);
}

static void places_after_edits(void) {
    static const reason why = {STR_INIT(""), STR_INIT(""), 50};
    qw_workspace *space = qw_workspace_new();
    qw_doc *d = read_as(space, STR("一二三四五\n"), "UTF-8");
    qw_edit_info made;
    qw_place place;
    edit_remove(d, 0, 0, 6, why);
    edit_replace(d, 0, 3, 3, STR("4"), why);
    edit_remove(d, 0, 3, 1, why); /* what was put in */
    edit_remove(d, 0, 3, 3, why);
    static const uint64_t want[][2] = {{0, 6}, {9, 3}, {9, 0}, {12, 3}};
    for (size_t i = 0; i < 4; i++) {
        CHECK(qw_edit_get(d, i, &made, &place));
        CHECK_INT(place.offset, want[i][0]);
        CHECK_INT(place.length, want[i][1]);
    }
    qw_workspace_free(space);
}

static void limits(void) {
    qw_workspace *space = qw_workspace_new();
    qw_error why = {0};
    qw_input in = {"a.txt", "abcdef", 6};
    CHECK(!qw_read(space, &in, &(qw_read_options){.max_input = 5}, &why));
    CHECK_STR(str_of(why.id), STR("input-too-large"));
    CHECK(!qw_read(space, &in, &(qw_read_options){.max_memory = 64}, &why));
    CHECK_STR(str_of(why.id), STR("memory-limit"));
    CHECK(!qw_read(space, &in, &(qw_read_options){.encoding = "klingon"}, &why));
    CHECK_STR(str_of(why.id), STR("no-such-encoding"));
    CHECK(!qw_read(space, &in, &(qw_read_options){.format = "pdf"}, &why));
    CHECK_STR(str_of(why.id), STR("no-such-format"));
    qw_workspace_free(space);
}

int main(void) {
    RUN(line_ends);
    RUN(undecodable_bytes_are_marked_and_said);
    RUN(places_in_gb18030);
    RUN(places_in_utf16);
    RUN(places_after_edits);
    RUN(limits);
    return check_result();
}
