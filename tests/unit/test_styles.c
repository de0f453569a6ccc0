/* Styles: what is inherited, what is not, cycles; when a run is hidden. */
#include "check.h"
#include "ooxml/styles.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static arena *mem;

static styles read(const char *xml) {
    qw_error why = {0};
    styles s;
    str part = arena_printf(mem, "<w:styles " W ">%s</w:styles>", xml);
    CHECK(styles_read(&s, mem, STR("styles"), part, &why));
    return s;
}

static const char family[] =
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz "
    "w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/>"
    "<w:pPr><w:jc w:val=\"both\"/></w:pPr></w:style>"
    "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"c\"><w:name "
    "w:val=\"Plain\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"heading 1\"/><w:basedOn "
    "w:val=\"a\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz "
    "w:val=\"44\"/></w:rPr><w:tblStylePr><w:rPr><w:vanish/></w:rPr></w:tblStylePr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"d\"><w:basedOn w:val=\"b\"/><w:rPr><w:b "
    "w:val=\"0\"/></w:rPr></w:style>";

static void inheritance(void) {
    styles s = read(family);
    const style *d = styles_find(&s, STR("d"));
    CHECK(d != NULL);
    if (!d) return;
    CHECK_INT(d->outline, 1);
    CHECK_INT(d->align, ALIGNED_BOTH);
    CHECK_INT(d->size, 44);
    CHECK_INT(d->bold, TOGGLE_OFF);
    CHECK_INT(d->vanish, TOGGLE_UNSET);
    CHECK_STR(d->name, STR("")); /* a name is not inherited */
    CHECK_INT(s.defaults.size, 21);
    CHECK_STR(styles_of_paragraph(&s, STR("nosuch"))->id, STR("a"));
    CHECK_STR(styles_of_paragraph(&s, (str){NULL, 0})->id, STR("a"));
    CHECK(styles_find(&s, STR("nosuch")) == NULL);
}

static void cycles(void) {
    styles s = read("<w:style w:type=\"paragraph\" w:styleId=\"x\"><w:basedOn w:val=\"y\"/><w:rPr>"
                    "<w:sz w:val=\"10\"/></w:rPr></w:style><w:style w:type=\"paragraph\" "
                    "w:styleId=\"y\"><w:basedOn w:val=\"x\"/></w:style><w:style "
                    "w:type=\"paragraph\" w:styleId=\"z\"><w:basedOn w:val=\"z\"/></w:style>");
    CHECK_INT(styles_find(&s, STR("x"))->size, 10);
    CHECK_INT(styles_find(&s, STR("y"))->size, 0); /* the cycle is cut behind the one met first */
    CHECK_INT(styles_find(&s, STR("z"))->size, 0);
}

static void deep_chain(void) {
    enum { LONG = 5000 };
    size_t room = LONG * 100, n = 0;
    char *xml = arena_alloc(mem, room);
    CHECK(xml != NULL);
    for (int i = 0; xml && i < LONG; i++)
        n += (size_t)snprintf(xml + n, room - n,
                              "<w:style w:styleId=\"s%d\"><w:basedOn w:val=\"s%d\"/></w:style>", i,
                              i + 1);
    styles s = read(xml);
    CHECK_INT(s.n, LONG);
}

static void hiding(void) {
    styles s =
        read("<w:style w:type=\"paragraph\" w:styleId=\"p\"><w:rPr><w:vanish/></w:rPr></w:style>"
             "<w:style w:type=\"character\" w:styleId=\"c\"><w:rPr><w:vanish/></w:rPr></w:style>");
    const style *p = styles_find(&s, STR("p"));
    run_properties none = {0}, by_style = {.style = STR("c")}, on = {.vanish = TOGGLE_ON},
                   off = {.vanish = TOGGLE_OFF};
    CHECK(!styles_hides_run(&s, NULL, &none));
    CHECK(styles_hides_run(&s, NULL, &on));
    CHECK(styles_hides_run(&s, p, &none));
    CHECK(!styles_hides_run(&s, p, &off));
    CHECK(styles_hides_run(&s, NULL, &by_style));
    CHECK(!styles_hides_run(&s, p, &by_style)); /* the two cancel each other out */
}

static paragraph_properties paragraph(const char *xml) {
    static xml_reader r;
    qw_error why = {0};
    paragraph_properties p = {0};
    str part = arena_printf(mem, "<w:pPr " W ">%s</w:pPr>", xml);
    CHECK(xml_begin(&r, mem, STR("p"), part, &why) && xml_next(&r) == XML_START &&
          read_paragraph_properties(&r, &p));
    return p;
}

static void paragraphs(void) {
    /* WPS writes two of them; the first one counts. */
    paragraph_properties p = paragraph(
        "<w:pStyle w:val=\"x\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"3\"/></w:numPr>"
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr><w:rPr><w:del/></w:rPr>");
    CHECK_INT(p.num_id, 3);
    CHECK_INT(p.num_level, 1);
    CHECK(p.mark.deleted);
    p = paragraph("<w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"9\"/></w:numPr></w:pPr>"
                  "</w:pPrChange><w:sectPr><w:pgSz/></w:sectPr>");
    CHECK_INT(p.num_id, -1);
    CHECK(p.section);
}

int main(void) {
    mem = arena_new(0);
    if (!mem) return 1;
    RUN(inheritance);
    RUN(cycles);
    RUN(deep_chain);
    RUN(hiding);
    RUN(paragraphs);
    arena_free(mem);
    return check_result();
}
