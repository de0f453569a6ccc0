/* List labels: each rule of the algorithm in docs/DOCX.md, on definitions of its own. */
#include "check.h"
#include "ooxml/numbering.h"

#include <stdlib.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static arena *mem;
static styles style_set;
static numbering_run run;

/* Begins anew with these definitions. */
static void define(const char *styles_xml, const char *numbering_xml) {
    qw_error why = {0};
    str s = arena_printf(mem, "<w:styles " W ">%s</w:styles>", styles_xml);
    str n = arena_printf(mem,
                         "<w:numbering " W " xmlns:mc=\"http://schemas.openxmlformats.org/"
                         "markup-compatibility/2006\">%s</w:numbering>",
                         numbering_xml);
    CHECK(styles_read(&style_set, mem, STR("styles"), s, &why));
    const numbering *all = numbering_read(mem, STR("numbering"), n, &style_set, &why);
    CHECK(all != NULL);
    if (!all) exit(1);
    run = numbering_begin(all);
}

/* The label of the next paragraph; NULL: none. */
static const char *next(long num_id, long level, const char *style_id) {
    static list_label label;
    static char text[LABEL_MAX + 1];
    paragraph_properties p = {.num_id = num_id, .num_level = level, .style = str_of(style_id)};
    bool ok;
    const style *s = styles_of_paragraph(&style_set, p.style);
    if (!numbering_next(&run, mem, &p, s, &label, &ok)) return NULL;
    memcpy(text, label.text, label.n);
    text[label.n] = '\0';
    return text;
}

static void expect_at(int line, const char *got, const char *want) {
    check_count++;
    if (!got != !want || (got && strcmp(got, want) != 0))
        CHECK_FAIL("line %d: “%s”, not “%s”", line, got ? got : "(none)", want ? want : "(none)");
}

#define EXPECT(num_id, level, style_id, want)                                                      \
    expect_at(__LINE__, next(num_id, level, style_id), want)

#define LEVEL(index, format, text, more)                                                           \
    "<w:lvl w:ilvl=\"" index "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" format "\"/>" more      \
    "<w:lvlText w:val=\"" text "\"/></w:lvl>"
#define DEFINITION(id, levels)                                                                     \
    "<w:abstractNum w:abstractNumId=\"" id "\">" levels "</w:abstractNum>"
#define LIST(id, abstract, more)                                                                   \
    "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" abstract "\"/>" more "</w:num>"
#define START(level, value)                                                                        \
    "<w:lvlOverride w:ilvl=\"" level "\"><w:startOverride w:val=\"" value "\"/></w:lvlOverride>"
#define THREE                                                                                      \
    LEVEL("0", "chineseCounting", "%1、", "")                                                      \
    LEVEL("1", "decimal", "%1.%2", "") LEVEL("2", "lowerLetter", "%3)", "")

static void counting(void) {
    define("", DEFINITION("0", THREE) LIST("1", "0", ""));
    EXPECT(1, 0, NULL, "一、");
    EXPECT(1, 1, NULL, "一.1");
    EXPECT(1, 1, NULL, "一.2");
    EXPECT(1, 2, NULL, "a)");
    EXPECT(1, 0, NULL, "二、");
    EXPECT(1, 1, NULL, "二.1");
    EXPECT(1, 2, NULL, "a)");
    EXPECT(0, 0, NULL, NULL);
    EXPECT(7, 0, NULL, NULL);
    EXPECT(1, 8, NULL, NULL);
    EXPECT(1, 9, NULL, NULL);
    EXPECT(1, -1, NULL, "三、");
    EXPECT(-1, -1, NULL, NULL);
}

/* Counters belong to the abstract definition; a start override sets them once. */
static void sharing(void) {
    define("", DEFINITION("0", THREE) LIST("1", "0", "") LIST("2", "0", "")
                   LIST("3", "0", START("0", "5")));
    EXPECT(1, 0, NULL, "一、");
    EXPECT(2, 0, NULL, "二、");
    EXPECT(3, 0, NULL, "五、");
    EXPECT(3, 0, NULL, "六、");
    EXPECT(1, 0, NULL, "七、");
}

static void higher_level_unused(void) {
    define("",
           DEFINITION("0", "<w:lvl w:ilvl=\"0\"><w:start w:val=\"4\"/><w:numFmt w:val=\"decimal\"/>"
                           "<w:lvlText w:val=\"%1\"/></w:lvl>" LEVEL("1", "decimal", "%1.%2", ""))
               LIST("1", "0", ""));
    EXPECT(1, 1, NULL, "4.1");
    EXPECT(1, 1, NULL, "4.2");
    EXPECT(1, 0, NULL, "5");
}

static void restarts(void) {
    define("", DEFINITION("0", LEVEL("0", "decimal", "%1", "") LEVEL("1", "decimal", "%2", "")
                                   LEVEL("2", "decimal", "%3", "<w:lvlRestart w:val=\"1\"/>")
                                       LEVEL("3", "decimal", "%4", "<w:lvlRestart w:val=\"0\"/>"))
                   LIST("1", "0", ""));
    EXPECT(1, 0, NULL, "1");
    EXPECT(1, 1, NULL, "1");
    EXPECT(1, 2, NULL, "1");
    EXPECT(1, 3, NULL, "1");
    EXPECT(1, 1, NULL, "2");
    EXPECT(1, 2, NULL, "2"); /* only level 0 restarts it */
    EXPECT(1, 0, NULL, "2");
    EXPECT(1, 2, NULL, "1");
    EXPECT(1, 3, NULL, "2"); /* nothing does */
}

static void legal(void) {
    define("", DEFINITION("0", LEVEL("0", "chineseCounting", "第%1章", "")
                                   LEVEL("1", "decimal", "%1.%2", "<w:isLgl/>")
                                       LEVEL("2", "decimal", "%1.%3", "<w:isLgl w:val=\"0\"/>"))
                   LIST("1", "0", ""));
    EXPECT(1, 0, NULL, "第一章");
    EXPECT(1, 1, NULL, "1.1");
    EXPECT(1, 2, NULL, "一.1");
}

static void texts(void) {
    define("", DEFINITION("0", LEVEL("0", "decimal", "%0%1.%", "") LEVEL("1", "none", "附件%2", "")
                                   LEVEL("2", "bullet", "&#xF0B7;",
                                         "<w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr>")
                                       LEVEL("3", "bullet", "–", "") LEVEL("4", "decimal", "", "")
                                           LEVEL("5", "decimal", "%9%6", "")) LIST("1", "0", ""));
    EXPECT(1, 0, NULL, "%01.%");
    EXPECT(1, 1, NULL, "附件");
    EXPECT(1, 2, NULL, "•");
    EXPECT(1, 3, NULL, "–");
    EXPECT(1, 4, NULL, "");
    EXPECT(1, 5, NULL, "1");
}

static void custom_format(void) {
    define("", DEFINITION("0", "<w:lvl w:ilvl=\"0\"><w:start w:val=\"9\"/><mc:AlternateContent>"
                               "<mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" "
                               "w:format=\"001, 002, 003, ...\"/></mc:Choice><mc:Fallback>"
                               "<w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent>"
                               "<w:lvlText w:val=\"%1\"/></w:lvl>") LIST("1", "0", ""));
    EXPECT(1, 0, NULL, "009");
    EXPECT(1, 0, NULL, "010");
}

#define STYLE(id, base, properties)                                                                \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:basedOn w:val=\"" base                  \
    "\"/><w:pPr>" properties "</w:pPr></w:style>"
#define NUMPR(more) "<w:numPr>" more "</w:numPr>"

/* The number comes from the style: the level that names the paragraph's own style wins, then the
 * nearest w:ilvl, then the level that names the style which holds the number. */
static void through_styles(void) {
    define(STYLE("h1", "none", NUMPR("<w:numId w:val=\"1\"/>"))
               STYLE("h2", "h1", NUMPR("<w:ilvl w:val=\"1\"/>")) STYLE("h3", "h1", "")
                   STYLE("off", "h1", NUMPR("<w:numId w:val=\"0\"/>")) STYLE("loop", "pool", "")
                       STYLE("pool", "loop", ""),
           DEFINITION("0", LEVEL("0", "decimal", "%1", "<w:pStyle w:val=\"h1\"/>")
                               LEVEL("1", "decimal", "%1.%2", "")
                                   LEVEL("2", "decimal", "%1.%2.%3", "")) LIST("1", "0", ""));
    EXPECT(-1, -1, "h1", "1");
    EXPECT(-1, -1, "h2", "1.1");
    EXPECT(-1, -1, "h2", "1.2");
    EXPECT(-1, -1, "h3", "2");
    EXPECT(-1, 2, "h1", "2.1.1");
    EXPECT(-1, -1, "off", NULL);
    EXPECT(0, -1, "h1", NULL);
    EXPECT(-1, -1, "loop", NULL);
}

static void style_links(void) {
    define("<w:style w:type=\"numbering\" w:styleId=\"list\"><w:pPr>" NUMPR(
               "<w:numId w:val=\"2\"/>") "</w:pPr></w:style>",
           DEFINITION("0", "<w:numStyleLink w:val=\"list\"/>")
               DEFINITION("1", "<w:styleLink w:val=\"list\"/>" LEVEL("0", "upperRoman", "%1.", ""))
                   DEFINITION("2", "<w:numStyleLink w:val=\"nosuch\"/>") LIST("1", "0", "")
                       LIST("2", "1", "") LIST("3", "2", ""));
    EXPECT(1, 0, NULL, "I.");
    EXPECT(2, 0, NULL, "II.");
    EXPECT(3, 0, NULL, NULL);
}

static void own_levels(void) {
    define("", DEFINITION("0", LEVEL("0", "decimal", "%1", "")) LIST("1", "0", "")
                   LIST("2", "0",
                        "<w:lvlOverride w:ilvl=\"0\">" LEVEL("0", "decimal", "(%1)",
                                                             "") "</w:lvlOverride>"));
    EXPECT(1, 0, NULL, "1");
    EXPECT(2, 0, NULL, "(2)");
}

/* Neither a huge start nor a long text makes a huge label. */
static void bounded(void) {
    define("", DEFINITION("0", "<w:lvl w:ilvl=\"0\"><w:start w:val=\"2147483647\"/>"
                               "<w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%1\"/></w:lvl>")
                   LIST("1", "0", ""));
    EXPECT(1, 0, NULL, "2147483647");
    EXPECT(1, 0, NULL, "2147483647");
}

int main(void) {
    mem = arena_new(0);
    if (!mem) return 1;
    RUN(counting);
    RUN(sharing);
    RUN(higher_level_unused);
    RUN(restarts);
    RUN(legal);
    RUN(texts);
    RUN(custom_format);
    RUN(through_styles);
    RUN(style_links);
    RUN(own_levels);
    RUN(bounded);
    arena_free(mem);
    return check_result();
}
