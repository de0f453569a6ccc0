/* Cuts, and what taking text and paragraphs out of WordprocessingML does to what stays. */
#include "check.h"
#include "ooxml/prune.h"

static arena *mem;

static str spliced(str text, splice *s) {
    str out;
    splice_settle(s, text);
    CHECK(splice_apply(s, text, &out));
    const str *pieces;
    size_t n, at = 0;
    CHECK(splice_pieces(s, text, &pieces, &n));
    for (size_t i = 0; i < n; at += pieces[i++].n)
        CHECK(pieces[i].n && str_starts(str_cut(out, at, out.n), pieces[i]));
    CHECK_INT(at, out.n);
    return out;
}

static void check_back(str text, const splice *s, str out) {
    splice back;
    str again;
    CHECK(splice_inverse(s, text, &back));
    CHECK(splice_apply(&back, out, &again));
    CHECK_STR(again, text);
}

static void cuts_in_any_order(void) {
    str text = STR("0123456789");
    splice s;
    splice_begin(&s, mem);
    splice_cut(&s, 8, 1, STR("eight"));
    splice_cut(&s, 1, 2, STR(""));
    splice_cut(&s, 5, 0, STR("+"));
    str out = spliced(text, &s);
    CHECK_STR(out, STR("034+567eight9"));
    check_back(text, &s, out);
}

static void the_outer_cut_counts(void) {
    str text = STR("0123456789");
    splice s;
    splice_begin(&s, mem);
    splice_cut(&s, 3, 2, STR("x"));
    size_t outer = splice_cut(&s, 2, 5, STR("-"));
    splice_cut(&s, 2, 2, STR(""));
    splice_cut(&s, 9, 1, STR("9"));
    splice copy = s;
    copy.cuts = arena_alloc(mem, s.cap * sizeof *s.cuts);
    memcpy(copy.cuts, s.cuts, s.n * sizeof *s.cuts);
    CHECK_STR(spliced(text, &s), STR("01-789"));
    CHECK_INT(s.n, 1);
    splice_revoke(&copy, outer);
    CHECK_STR(spliced(text, &copy), STR("01x56789"));
}

static void cuts_past_the_end_are_cut_short(void) {
    splice s;
    splice_begin(&s, mem);
    splice_cut(&s, 2, 100, STR("!"));
    splice_cut(&s, 50, 1, STR("?"));
    CHECK_STR(spliced(STR("abcd"), &s), STR("ab!"));
}

/* ---- Pruning --------------------------------------------------------------------------------- */

#define HEAD                                                                                       \
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "        \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "                    \
    "xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>"
#define TAIL "</w:body></w:document>"

static void wish_for_all(wishes *w, str in, str what, enum wish_kind kind, size_t len) {
    size_t second = str_find(in, STR("<mc:Fallback"), 0); /* that copy is not wished for */
    for (size_t at = 0; (at = str_find(in, what, at)) < second; at++)
        wishes_add(w, kind, at, len, STR(""));
}

/* Takes "AD" out, paragraphs that begin with <w:p w:x="1"> with it, and unwraps <w:hyperlink u. */
static str pruned(const char *body, dead_notes dead) {
    str head = STR(HEAD), in = arena_join(mem, arena_join(mem, head, str_of(body)), STR(TAIL));
    wishes w;
    splice s;
    qw_error why = {0};
    str out;
    wishes_begin(&w, mem);
    wish_for_all(&w, in, STR("AD"), WISH_TEXT, 2);
    wish_for_all(&w, in, STR("<w:p w:x"), WISH_PARAGRAPH, 0);
    wish_for_all(&w, in, STR("<w:hyperlink u"), WISH_UNWRAP, 0);
    wish_for_all(&w, in, STR("<v:textpath o"), WISH_OBJECT, 0);
    splice_begin(&s, mem);
    if (!prune(STR("part"), in, &w, dead, &s, &why)) {
        CHECK_FAIL("%s: %s", body, why.text[0]);
        return STR("");
    }
    CHECK(splice_apply(&s, in, &out));
    check_back(in, &s, out);
    if (out.n < head.n) return out;
    return str_cut(out, head.n, out.n - strlen(TAIL));
}

#define PRUNES(in, want) CHECK_STR(pruned(in, (dead_notes){0}), STR(want))

#define R(t) "<w:r><w:t>" t "</w:t></w:r>"
#define P(x) "<w:p>" x "</w:p>"
#define D(x) "<w:p w:x=\"1\">" x "</w:p>"

static void empty_runs_go(void) {
    PRUNES(P(R("aADb")), P(R("ab")));
    PRUNES(P(R("a") R("AD") R("b")), P(R("a") R("b")));
    PRUNES(P(R("a") "<w:r><w:rPr><w:b/></w:rPr><w:t>A</w:t><w:t>AD</w:t></w:r>"),
           P(R("a") "<w:r><w:rPr><w:b/></w:rPr><w:t>A</w:t></w:r>"));
    PRUNES(P("<w:r/>" R("AD")), P("<w:r/>"));
    PRUNES(P("<w:hyperlink>" R("AD") "</w:hyperlink>" R("b")), P(R("b")));
    PRUNES(P("<w:ins>" R("AD") R("c") "</w:ins>"), P("<w:ins>" R("c") "</w:ins>"));
}

static void blanks_at_edges_are_kept(void) {
    PRUNES(P(R("aAD b")), P(R("a b")));
    PRUNES(P(R("AD b")), P("<w:r><w:t xml:space=\"preserve\"> b</w:t></w:r>"));
    PRUNES(P(R("b AD")), P("<w:r><w:t xml:space=\"preserve\">b </w:t></w:r>"));
    PRUNES(P("<w:r><w:t xml:space=\"preserve\">b AD</w:t></w:r>"),
           P("<w:r><w:t xml:space=\"preserve\">b </w:t></w:r>"));
}

static void paragraphs_go_if_nothing_is_left(void) {
    PRUNES(D(R("AD")) P(R("b")), P(R("b")));
    PRUNES(P(R("a")) D(R("AD")), P(R("a")));
    PRUNES(D(R("ADx")) P(R("b")), D(R("x")) P(R("b")));
    PRUNES(D("<w:r><w:drawing/></w:r>" R("AD")) P(R("b")), D("<w:r><w:drawing/></w:r>") P(R("b")));
    PRUNES(D("<w:pPr><w:sectPr/></w:pPr>" R("AD")) P(R("b")),
           D("<w:pPr><w:sectPr/></w:pPr>") P(R("b")));
    PRUNES(D(R("AD")), D(""));
    PRUNES(P(R("a")) D(""), P(R("a")));
    PRUNES("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" R("AD") "</w:p>" P(R("a")), P(R("a")));
}

#define TC(x)  "<w:tc><w:tcPr/>" x "</w:tc>"
#define TBL(x) "<w:tbl><w:tr>" x "</w:tr></w:tbl>"

static void cells_keep_a_paragraph(void) {
    PRUNES(TBL(TC(D(R("AD"))) TC(P(R("b")))) P(""), TBL(TC(D("")) TC(P(R("b")))) P(""));
    PRUNES(TBL(TC(P(R("a")) D(R("AD"))) TC(P(R("b")))) P(""),
           TBL(TC(P(R("a"))) TC(P(R("b")))) P(""));
    PRUNES(TBL(TC(D(R("AD")) D(R("AD"))) TC(P(R("b")))) P(""), TBL(TC(D("")) TC(P(R("b")))) P(""));
    PRUNES(TBL(TC(TBL(TC(P(R("c")))) D(R("AD")))) P(""), TBL(TC(TBL(TC(P(R("c")))) D(""))) P(""));
    PRUNES(P(R("a")) TBL(TC(D(R("AD")))) P(""), P(R("a")) P(""));
    PRUNES(TBL(TC(P(""))) D(R("AD")) TBL(TC(P(""))) P(""),
           TBL(TC(P(""))) D("") TBL(TC(P(""))) P(""));
}

static void ranges_stay_balanced(void) {
    PRUNES(D("<w:bookmarkStart w:id=\"1\" w:name=\"a\"/>" R("AD")) P("<w:bookmarkEnd w:id=\"1\"/>"),
           "<w:bookmarkStart w:id=\"1\" w:name=\"a\"/>" P("<w:bookmarkEnd w:id=\"1\"/>"));
    PRUNES(D("<w:bookmarkStart w:id=\"1\"/>" R("AD") "<w:bookmarkEnd w:id=\"1\"/>") P(R("b")),
           P(R("b")));
    PRUNES(P("<w:commentRangeStart w:id=\"1\"/>") D("<w:bookmarkStart w:id=\"1\"/>" R(
               "AD") "<w:commentRangeEnd w:id=\"1\"/><w:bookmarkEnd w:id=\"1\"/>") P(R("b")),
           P("<w:commentRangeStart w:id=\"1\"/>") "<w:commentRangeEnd w:id=\"1\"/>" P(R("b")));
    PRUNES(P("<w:hyperlink><w:permStart w:id=\"7\"></w:permStart>" R("AD") "</w:hyperlink>"),
           P("<w:permStart w:id=\"7\"/>"));
}

#define FLD(t)  "<w:r><w:fldChar w:fldCharType=\"" t "\"/></w:r>"
#define CODE(t) "<w:r><w:instrText>" t "</w:instrText></w:r>"

static void fields_stay_balanced(void) {
    PRUNES(P(R("a") FLD("begin") CODE("X") FLD("separate") R("AD") FLD("end")), P(R("a")));
    PRUNES(D(FLD("begin") CODE("X") FLD("separate") R("AD") FLD("end")) P(R("b")), P(R("b")));
    PRUNES(P(FLD("begin") CODE("X") FLD("separate") R("AD") R("b") FLD("end")),
           P(FLD("begin") CODE("X") FLD("separate") R("b") FLD("end")));
    PRUNES(P(FLD("begin") CODE("X") FLD("separate")) D(R("AD") FLD("end")) P(R("b")),
           P(FLD("begin") CODE("X") FLD("separate")) D(FLD("end")) P(R("b")));
    PRUNES(P("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>X</w:instrText><w:fldChar "
             "w:fldCharType=\"separate\"/><w:t>AD</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>" R(
                 "b")),
           P(R("b")));
    PRUNES(D(FLD("begin") CODE("TC") FLD("end") R("AD")) P(R("b")),
           D(FLD("begin") CODE("TC") FLD("end")) P(R("b")));
    PRUNES(P("<w:hyperlink>" FLD("begin") CODE("PAGEREF") FLD("end") R("AD") "</w:hyperlink>"),
           P("<w:hyperlink>" FLD("begin") CODE("PAGEREF") FLD("end") "</w:hyperlink>"));
}

static void links_are_unwrapped(void) {
    PRUNES(P("<w:hyperlink u=\"1\"><w:r><w:rPr><w:rStyle w:val=\"a\"/><w:b/></w:rPr><w:t>x</w:t>"
             "</w:r></w:hyperlink>"),
           P("<w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r>"));
}

static void notes_go_with_their_references(void) {
    str ids[] = {STR("3"), STR("c1")};
    dead_notes dead = {ids, 2};
    CHECK_STR(pruned(P("<w:commentRangeStart w:id=\"1\"/>" R(
                         "a") "<w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference "
                              "w:id=\"1\"/></w:r><w:r><w:footnoteReference w:id=\"3\"/></w:r>"
                              "<w:r><w:footnoteReference w:id=\"4\"/></w:r>"),
                     dead),
              STR(P(R("a") "<w:r><w:footnoteReference w:id=\"4\"/></w:r>")));
}

#define BOX(x) "<w:txbxContent>" x "</w:txbxContent>"
#define AC(x, y)                                                                                   \
    "<w:r><mc:AlternateContent><mc:Choice Requires=\"v\"><w:drawing>" x                            \
    "</w:drawing></mc:Choice><mc:Fallback><w:pict>" y                                              \
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"

static void both_copies_are_pruned(void) {
    PRUNES(P(AC(BOX(D(R("AD")) P(R("b"))), BOX(D(R("AD")) P(R("b"))))),
           P(AC(BOX(P(R("b"))), BOX(P(R("b"))))));
    PRUNES(P(R("a") AC(BOX(D(R("AD"))), BOX(D(R("AD"))))), P(R("a")));
}

static void drawings_go_with_all_copies(void) {
    PRUNES(P(R("a") AC("<v:shape><v:textpath o=\"1\"/></v:shape>", BOX(P(R("x"))))), P(R("a")));
    PRUNES(P("<w:r><w:pict><v:group><v:shape><v:textpath o=\"1\"/></v:shape><v:shape/>"
             "</v:group></w:pict></w:r>"),
           P("<w:r><w:pict><v:group><v:shape/></v:group></w:pict></w:r>"));
}

int main(void) {
    mem = arena_new(0);
    RUN(cuts_in_any_order);
    RUN(the_outer_cut_counts);
    RUN(cuts_past_the_end_are_cut_short);
    RUN(empty_runs_go);
    RUN(blanks_at_edges_are_kept);
    RUN(paragraphs_go_if_nothing_is_left);
    RUN(cells_keep_a_paragraph);
    RUN(ranges_stay_balanced);
    RUN(fields_stay_balanced);
    RUN(links_are_unwrapped);
    RUN(notes_go_with_their_references);
    RUN(both_copies_are_pruned);
    RUN(drawings_go_with_all_copies);
    arena_free(mem);
    return check_result();
}
