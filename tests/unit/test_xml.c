/* The scanner: spans, names, values, and what it refuses. (tests/fuzz/fuzz_xml.c compares it with
 * libxml2.) */
#include "check.h"
#include "ooxml/xml.h"

#define W      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define STRICT "http://purl.oclc.org/ooxml/wordprocessingml/main"

static xml_reader reader;
static arena *mem;

static bool begin(const char *xml, qw_error *why) {
    return xml_begin(&reader, mem, STR("p"), str_of(xml), why);
}

/* Reads to the end; returns the id of the error, or NULL. */
static const char *error_of(const char *xml) {
    static qw_error why;
    why = (qw_error){0};
    if (begin(xml, &why))
        while (xml_next(&reader) != XML_END_OF_PART) {}
    CHECK(reader.failed == (why.code != QW_OK));
    return why.id;
}

static void expect_error(const char *xml, const char *id) {
    const char *got = error_of(xml);
    check_count++;
    if (!got || strcmp(got, id) != 0) CHECK_FAIL("%s: “%s”, not “%s”", xml, got ? got : "", id);
}

static void expect_fine(const char *xml) {
    const char *got = error_of(xml);
    check_count++;
    if (got) CHECK_FAIL("%s: %s", xml, got);
}

static str here(void) {
    return str_make(reader.bytes.p + reader.off, reader.len);
}

static void spans(void) {
    qw_error why = {0};
    CHECK(begin("<?xml version=\"1.0\"?>\n<w:p " W "><!-- - --><w:t a='1'>x &amp; y</w:t><w:br/>"
                "</w:p>\n",
                &why));
    CHECK_INT(xml_next(&reader), XML_START);
    CHECK_INT(reader.name, XML_W_p);
    CHECK_INT(reader.depth, 1);
    CHECK_INT(xml_next(&reader), XML_START);
    CHECK_STR(here(), STR("<w:t a='1'>"));
    CHECK_INT(xml_next(&reader), XML_TEXT);
    CHECK_STR(here(), STR("x &amp; y"));
    CHECK(!reader.plain);
    CHECK_INT(xml_next(&reader), XML_END);
    CHECK_STR(here(), STR("</w:t>"));
    CHECK_INT(xml_next(&reader), XML_START);
    CHECK_STR(here(), STR("<w:br/>"));
    CHECK(reader.empty);
    CHECK_INT(xml_next(&reader), XML_END);
    CHECK_INT(reader.name, XML_W_br);
    CHECK_INT(reader.len, 0);
    CHECK_INT(xml_next(&reader), XML_END);
    CHECK_INT(reader.name, XML_W_p);
    CHECK_INT(xml_next(&reader), XML_END_OF_PART);
    CHECK(!reader.failed);
}

static xml_name first_name(const char *xml) {
    qw_error why = {0};
    CHECK(begin(xml, &why) && xml_next(&reader) == XML_START);
    return (xml_name)reader.name;
}

static void namespaces(void) {
    CHECK_INT(first_name("<w:p " W "/>"), XML_W_p);
    CHECK_INT(first_name("<p xmlns=\"" STRICT "\"/>"), XML_W_p);
    CHECK_INT(first_name("<ns0:p xmlns:ns0=\"" STRICT "\"/>"), XML_W_p);
    CHECK_INT(first_name("<w:p xmlns:w=\"urn:other\"/>"), XML_OTHER);
    CHECK_INT(first_name("<p/>"), XML_OTHER);
    CHECK_INT(first_name("<w:nosuch " W "/>"), XML_OTHER);
}

/* A prefix may stand for something else further in, and for the first thing again behind that. */
static void rebinding(void) {
    qw_error why = {0};
    CHECK(begin("<w:p " W "><w:p xmlns:w=\"urn:x\"><w:p/></w:p><w:p/></w:p>", &why));
    static const int names[] = {XML_W_p, XML_OTHER, XML_OTHER, XML_W_p};
    for (size_t i = 0; i < 4;) {
        xml_event e = xml_next(&reader);
        if (e == XML_END_OF_PART) break;
        if (e == XML_START) CHECK_INT(reader.name, names[i++]);
    }
    CHECK(!reader.failed);
}

/* The table of names is searched by halves. */
static void names_are_sorted(void) {
    static const char *const locals[] = {
#define XML_NAMESPACE(id, transitional, strict)
#define XML_NAME(ns, local) #ns " " #local,
#include "ooxml/xml_names.def"
#undef XML_NAMESPACE
#undef XML_NAME
    };
    for (size_t i = 1; i < sizeof locals / sizeof *locals; i++) {
        size_t space = str_find_byte(str_of(locals[i]), ' ', 0);
        if (strncmp(locals[i - 1], locals[i], space + 1) != 0) continue;
        check_count++;
        if (strcmp(locals[i - 1], locals[i]) >= 0)
            CHECK_FAIL("%s must not stand before %s", locals[i - 1], locals[i]);
    }
}

static void values(void) {
    qw_error why = {0};
    CHECK(begin("<w:t " W " w:val='a&lt;&#65;&#x4e2d;' x=\"7\" w:n='-12' w:big='99999999999'/>",
                &why));
    CHECK_INT(xml_next(&reader), XML_START);
    CHECK_STR(xml_attr(&reader, XML_NS_W, "val"), STR("a<A中"));
    CHECK_STR(xml_attr_raw(&reader, XML_NS_W, "val"), STR("a&lt;&#65;&#x4e2d;"));
    CHECK_INT(xml_attr_int(&reader, XML_NS_W, "n", 5), -12);
    CHECK_INT(xml_attr_int(&reader, XML_NS_W, "big", 5), 5);
    CHECK_INT(xml_attr_int(&reader, XML_NS_W, "x", 5), 7);
    CHECK_INT(xml_attr_int(&reader, XML_NS_R, "n", 5), 5);
    CHECK(xml_attr(&reader, XML_NS_NONE, "absent").p == NULL);
    char out[64];
    size_t n = xml_decode(STR("a\r\nb\rc&quot;&apos;&gt;"), false, out);
    CHECK_STR(str_make(out, n), STR("a\nb\nc\"'>"));
    n = xml_decode(STR("&lt;"), true, out);
    CHECK_STR(str_make(out, n), STR("&lt;"));
}

static void refusals(void) {
    expect_fine("<a/>");
    expect_fine("\n<a>]] ></a><!-- x -->\n");
    expect_fine("<a><![CDATA[<b>&]]]]></a>");
    expect_error("", "xml-not-well-formed");
    expect_error("text", "xml-not-well-formed");
    expect_error("<a>", "xml-not-well-formed");
    expect_error("<a></b>", "xml-not-well-formed");
    expect_error("<a/><b/>", "xml-not-well-formed");
    expect_error("<a/>x", "xml-not-well-formed");
    expect_error("</a>", "xml-not-well-formed");
    expect_error("<a b/>", "xml-not-well-formed");
    expect_error("<a b=c/>", "xml-not-well-formed");
    expect_error("<a b='1'c='2'/>", "xml-not-well-formed");
    expect_error("<a b='1' b='2'/>", "xml-not-well-formed");
    expect_error("<a b='<'/>", "xml-not-well-formed");
    expect_error("<a>]]></a>", "xml-not-well-formed");
    expect_error("<a>x\r]]></a>", "xml-not-well-formed");
    expect_fine("<a>]] > &gt;]\r\n]]&gt;</a>");
    expect_error("<a>&am<b/>p;</a>", "xml-unknown-entity");
    expect_error("<a><!-- a -- b --></a>", "xml-not-well-formed");
    expect_error("<a", "xml-not-well-formed");
    expect_error("<1a/>", "xml-not-well-formed");
    expect_error("<a> <?xml version='1.0'?></a>", "xml-not-well-formed");
    expect_error("<a><b:c:d xmlns:b='urn:b'/></a>", "xml-not-well-formed");
    expect_error("<a>&nbsp;</a>", "xml-unknown-entity");
    expect_error("<a>&#0;</a>", "xml-unknown-entity");
    expect_error("<a>&#xD800;</a>", "xml-unknown-entity");
    expect_error("<a>&#99999999999;</a>", "xml-unknown-entity");
    expect_error("<a b='&x;'/>", "xml-unknown-entity");
    expect_error("<w:a/>", "xml-unbound-prefix");
    expect_error("<a w:b='1'/>", "xml-unbound-prefix");
    expect_error("<!DOCTYPE a><a/>", "xml-doctype");
    expect_error("<a>\x01</a>", "xml-bad-character");
    expect_error("<a>\xff</a>", "xml-bad-character");
    expect_error("<a>\xed\xa0\x80</a>", "xml-bad-character");
    expect_error("<a>\xef\xbf\xbf</a>", "xml-bad-character");
    expect_error("<a>中文，\xef\xbf\xbe</a>", "xml-bad-character");
    expect_error("<a>中文\xe0\x80\x80</a>", "xml-bad-character");
    expect_error("<a>中文，\xe4\xb8</a>", "xml-bad-character");
    expect_error("<a>中文\x1f中</a>", "xml-bad-character");
    expect_fine(
        "<a>中文，\xef\xbf\xbd\xed\x9f\xbf\xee\x80\x80\xe0\xa0\x80\xf0\xa0\x80\x80\x7f</a>");
}

/* One character among 200 that are looked at together, at every place, each byte there is. */
static void characters_at_every_place(void) {
    enum { LONG = 200 };
    char xml[LONG + 8] = "<a>";
    for (size_t at = 0; at < LONG; at++)
        for (unsigned c = 1; c < 256; c++) {
            memset(xml + 3, 'x', LONG);
            memcpy(xml + 3 + LONG, "</a>", 5);
            xml[3 + at] = (char)c;
            bool fine = (c >= 0x20 && c < 0x80) || c == '\t' || c == '\n' || c == '\r';
            if (c == '<' || c == '&') continue;
            if ((error_of(xml) == NULL) != fine) CHECK_FAIL("byte %02X at %zu", c, at);
        }
}

static void depth(void) {
    enum { DEEP = 100000 };
    char *xml = arena_alloc(mem, DEEP * 3 + 1);
    CHECK(xml != NULL);
    if (!xml) return;
    for (size_t i = 0; i < DEEP; i++) memcpy(xml + i * 3, "<a>", 3);
    xml[DEEP * 3] = '\0';
    expect_error(xml, "xml-too-deep");
}

static void skipping(void) {
    qw_error why = {0};
    CHECK(begin("<a><b><c/>t</b><b><c/>t</b><b><c/>u</b></a>", &why));
    xml_next(&reader);
    xml_next(&reader);
    size_t off = reader.off;
    uint32_t epoch = reader.epoch;
    CHECK(xml_skip(&reader));
    size_t n = reader.at - off;
    CHECK_INT(xml_next(&reader), XML_START);
    CHECK(xml_skip_same(&reader, off, n, epoch));
    CHECK_INT(reader.depth, 1);
    CHECK_INT(xml_next(&reader), XML_START);
    CHECK(!xml_skip_same(&reader, off, n, epoch));
    CHECK_INT(xml_next(&reader), XML_START);
    while (xml_next(&reader) != XML_END_OF_PART) {}
    CHECK(!reader.failed);
}

static void encodings(void) {
    static const char little[] = "\xFF\xFE<\0a\0>\0\x2d\x4e\x40\xd8\x0b\xdc<\0/\0a\0>\0";
    qw_error why = {0};
    str out;
    bool transcoded;
    CHECK(xml_utf8(mem, STR("p"), str_make(little, sizeof little - 1), &out, &transcoded, &why));
    CHECK(transcoded);
    CHECK_STR(out, STR("<a>中𠀋</a>"));
    CHECK(xml_utf8(mem, STR("p"), STR("\xEF\xBB\xBF<a/>"), &out, &transcoded, &why));
    CHECK(!transcoded);
    CHECK_STR(out, STR("<a/>"));
    CHECK(xml_utf8(mem, STR("p"), STR("<?xml version='1.0' encoding='GB18030'?><a>\xd6\xd0</a>"),
                   &out, &transcoded, &why));
    CHECK(transcoded && str_ends(out, STR("<a>中</a>")));
    CHECK(!xml_utf8(mem, STR("p"), STR("<?xml version='1.0' encoding='nonsense'?><a/>"), &out,
                    &transcoded, &why));
    CHECK_INT(why.code, QW_ENCODING);
}

int main(void) {
    mem = arena_new(0);
    if (!mem) return 1;
    RUN(spans);
    RUN(namespaces);
    RUN(rebinding);
    RUN(names_are_sorted);
    RUN(values);
    RUN(refusals);
    RUN(characters_at_every_place);
    RUN(depth);
    RUN(skipping);
    RUN(encodings);
    arena_free(mem);
    return check_result();
}
