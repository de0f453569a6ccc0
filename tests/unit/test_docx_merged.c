/* Documents that are merged in (w:altChunk): packages in a part of the package, and pages of HTML
 * in one file. What is read of them, what is written when it is edited, and undo. */
#include "support/package.h"
#include "support/undoing.h"

#include <stdio.h>

#define W     "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define REL   "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS  "http://schemas.openxmlformats.org/package/2006/relationships"
#define P(s)  "<w:p><w:r><w:t>" s "</w:t></w:r></w:p>"
#define AT(s) "<w:altChunk r:id=\"" s "\"/>"
#define BODY(s)                                                                                    \
    "<w:document xmlns:w=\"" W "\" xmlns:r=\"" REL "\"><w:body>" s "</w:body></w:document>"

static str relationships(arena *mem, const char *target) {
    buf b = BUF_INIT(1 << 16);
    buf_printf(&b,
               "<Relationships xmlns=\"" RELS "\"><Relationship Id=\"a\" Type=\"" REL
               "/aFChunk\" Target=\"%s\"/><Relationship Id=\"n\" Type=\"" REL
               "/footnotes\" Target=\"notes.xml\"/></Relationships>",
               target);
    str copy = arena_str(mem, buf_str(&b));
    buf_free(&b);
    return copy;
}

/* A document that has another one between two paragraphs. */
static str around(arena *mem, const char *name, str merged) {
    char path[64];
    snprintf(path, sizeof path, "word/%s", name);
    return package_of(mem,
                      (const new_part[]){
                          {"word/document.xml", STR(BODY(P("外一") AT("a") P("外二")))},
                          {"word/_rels/document.xml.rels", relationships(mem, name)},
                          {path, merged},
                      },
                      3);
}

#define NOTE "<w:footnote w:id=\"7\">" P("注") "</w:footnote>"

static str inner_document(arena *mem) {
    return package_of(
        mem,
        (const new_part[]){
            {"word/document.xml",
             STR("\xEF\xBB\xBF" BODY(
                 P("内一") "<w:p><w:r><w:t>内二</w:t>"
                           "<w:footnoteReference w:id=\"7\"/></w:r></w:p>" P("内三") AT("a")))},
            {"word/_rels/document.xml.rels", relationships(mem, "c.htm")},
            {"word/c.htm", STR("<p>更深</p>")},
            {"word/notes.xml", STR("<w:footnotes xmlns:w=\"" W "\">" NOTE "</w:footnotes>")},
        },
        4);
}

static void expect_texts(int line, const doc *d, const char *want) {
    buf all = BUF_INIT(1 << 16);
    for (size_t i = 0; i < d->nblocks; i++)
        if (block_is_text(&d->blocks[i]) && d->blocks[i].region != REGION_META)
            buf_printf(&all, "%.*s|", (int)d->blocks[i].text.n, d->blocks[i].text.p);
    check_count++;
    if (!str_eq(buf_str(&all), str_of(want)))
        CHECK_FAIL("line %d: “%.*s”, not “%s”", line, (int)all.n, all.p, want);
    buf_free(&all);
}

/* Drops the first paragraph that says so, cuts the first character of another, writes, reads what
 * was written, and takes it back. */
static void round_trip(int line, str bytes, const char *dropped, const char *cut,
                       const char *want) {
    undoing u = undoing_begin("a.docx", "docx", bytes);
    for (uint32_t i = 0; i < u.d->nblocks; i++) {
        if (str_eq(u.d->blocks[i].text, str_of(dropped))) edit_drop(u.d, i, undoing_reason);
        if (str_eq(u.d->blocks[i].text, str_of(cut))) edit_remove(u.d, i, 0, 3, undoing_reason);
    }
    undoing_write(&u);
    undoing again = undoing_begin("b.docx", "docx", buf_str(&u.output));
    expect_texts(line, again.d, want);
    CHECK(undoing_undo(&u, NULL, 0));
    undoing back = undoing_begin("c.docx", "docx", buf_str(&u.back)),
            first = undoing_begin("a.docx", "docx", bytes);
    CHECK_INT(back.d->nparts, first.d->nparts);
    for (size_t i = 0; i < back.d->nparts && i < first.d->nparts; i++)
        CHECK_STR(back.d->parts[i].bytes, first.d->parts[i].bytes);
    undoing_end(&first);
    undoing_end(&back);
    undoing_end(&again);
    undoing_end(&u);
}

static void documents(void) {
    arena *mem = arena_new(0);
    str bytes = around(mem, "in.docx", inner_document(mem));
    undoing u = undoing_begin("a.docx", "docx", bytes);
    expect_texts(__LINE__, u.d, "外一|内一|内二|内三|注|外二|");
    CHECK_INT(u.d->nnotes, 1); /* what is merged into that is not read */
    CHECK_STR(u.d->parts[1].name, STR("word/in.docx!/word/document.xml"));
    CHECK_STR(u.d->parts[1].within, STR("word/in.docx"));
    CHECK_STR(u.d->blocks[4].more->link, STR("!word/in.docx!7"));
    CHECK_STR(u.d->blocks[2].more->spans[1].value, STR("!word/in.docx!7"));
    undoing_end(&u);
    round_trip(__LINE__, bytes, "内一", "内三", "外一|内二|三|注|外二|");
    round_trip(__LINE__, bytes, "外一", "注", "内一|内二|内三||外二|");
    /* What is broken in it, or too much, takes nothing else with it. */
    str parts[] = {inner_document(mem), STR("PK\3\4")};
    ((char *)parts[0].p)[60] ^= 0x55;
    for (size_t i = 0; i < 2; i++) {
        u = undoing_begin("a.docx", "docx", around(mem, "in.docx", parts[i]));
        expect_texts(__LINE__, u.d, "外一|外二|");
        CHECK_INT(u.d->nnotes, 1);
        undoing_end(&u);
    }
    arena_free(mem);
}

#define HEAD "From: <Saved>\r\nMIME-Version: 1.0\r\n"
#define MIXED                                                                                      \
    HEAD "Content-Type: multipart/related;\r\n boundary=\"=_b\"\r\n\r\nno\r\n--=_b\r\n"            \
         "Content-Type: image/png\r\n\r\nno\r\n"                                                   \
         "--=_b\r\ncontent-type: text/html; charset=gb2312\r\nContent-Location: a.htm\r\n"         \
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n"                                     \
         "<p>=BC=D7</p=\r\n><p>=D2=D2=B1=FB</p>\r\n--=_b--\r\n"

static void pages(void) {
    arena *mem = arena_new(0);
    str mixed = around(mem, "a.mht", STR(MIXED));
    undoing u = undoing_begin("a.docx", "docx", mixed);
    expect_texts(__LINE__, u.d, "外一|甲|乙丙|外二|");
    CHECK_INT(u.d->nnotes, 0);
    undoing_end(&u);
    round_trip(__LINE__, mixed, "甲", "乙丙", "外一|丙|外二|");
    str alone = around(mem, "a.mht",
                       STR(HEAD "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
                                "\r\n55SyPGJyPuS5mQ==\r\n"));
    round_trip(__LINE__, alone, "乙", "外一", "一|甲|外二|");
    /* No page in it, no end of its parts. */
    u = undoing_begin("a.docx", "docx",
                      around(mem, "a.mht",
                             STR(HEAD "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
                                      "Content-Type: text/css\r\n\r\nno\r\n--b")));
    expect_texts(__LINE__, u.d, "外一|外二|");
    CHECK_INT(u.d->nnotes, 1);
    undoing_end(&u);
    arena_free(mem);
}

int main(void) {
    RUN(documents);
    RUN(pages);
    return check_result();
}
