/* meta: distributors' marks in what a Word document keeps beside its pages: properties, variables,
 * names of bookmarks and authors, defaults of form fields, text of list labels, parts that no page
 * shows. With `meta:all`, all that says who made the file and with what, goes too. */
#include "ads/ads_judge.h"

enum { WHICH };
enum { WHICH_ADS, WHICH_ALL };

enum { LIMIT = 80, BESIDE = 40 /* points that the place brings along */ };

static const reason asked = {STR_INIT("all"), STR_INIT("says who made the file"), 100};
static const reason address = {STR_INIT("address"), STR_INIT("a property that is a web address"),
                               85};

static bool is_prefixed(str link, const char *const *prefixes) {
    for (; *prefixes; prefixes++)
        if (str_starts(link, str_of(*prefixes))) return true;
    return false;
}

static bool is_meta(str link) {
    static const char *const kinds[] = {
        "core:",   "app:",   "custom:", "variable:", "bookmark:", "default:",
        "author:", "level:", "part:",   "chunk:",    NULL};
    return is_prefixed(link, kinds);
}

/* What names a person, a company or a machine. */
static bool tells_who(str link) {
    static const char *const kinds[] = {
        "core:creator", "core:lastModifiedBy", "app:Company", "app:Manager", "app:HyperlinkBase",
        "custom:KSO",   "custom:ICV",          "author:",     NULL};
    return is_prefixed(link, kinds);
}

/* What says what the document is about, as its text does. */
static bool is_about_content(str link) {
    static const char *const kinds[] = {"core:title",    "core:subject",  "core:description",
                                        "core:keywords", "core:category", NULL};
    return is_prefixed(link, kinds);
}

/* Nothing but an address of the web: no person and no company is called that. */
static bool is_address(str text) {
    text = str_trim(text);
    bool begins = str_starts(text, STR("www.")) || str_starts(text, STR("http://")) ||
                  str_starts(text, STR("https://"));
    return begins && str_find_byte(text, ' ', 0) == STR_NONE;
}

/* A list label keeps the places of its numbers: "…%1." is %1. again. */
static void clear_level(doc *d, uint32_t index, reason why) {
    str text = d->blocks[index].text;
    size_t at = str_find_byte(text, '%', 0);
    edit_remove(d, index, 0, at == STR_NONE ? text.n : at, why);
}

/* A whole file goes only if hardly anything else is in it; an address or a name must be most of a
 * property. */
static int points_of(judge *j, const block *b, mark *m) {
    str link = b->more->link, text = b->text;
    bool file = str_starts(link, STR("part:")) || str_starts(link, STR("chunk:"));
    if (str_starts(link, STR("level:"))) text = str_cut(text, 0, str_find_byte(text, '%', 0));
    int points = judge_text(j, text, m);
    bool most = 2 * ads_weight(text, m->from, m->to) >= ads_weight(text, 0, text.n);
    return most || (!file && judge_says_more(m)) ? points : 0;
}

static void look_at(judge *j, const stage *s, doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    str link = b->more->link;
    mark m = {0};
    int points = points_of(j, b, &m);
    bool who = tells_who(link);
    reason why = asked;
    if (points && points + BESIDE >= LIMIT && !is_about_content(link))
        why = judge_reason(j, &m, "beside the pages", points + BESIDE);
    else if (points >= LIMIT)
        why = judge_reason(j, &m, "beside the pages", points);
    else if (who && is_address(b->text))
        why = address;
    else if (!who || stage_option(s, WHICH) != WHICH_ALL)
        return;
    if (str_starts(link, STR("level:")))
        clear_level(d, index, why);
    else
        edit_drop(d, index, why);
}

static bool is_wanted(const block *b) {
    return b->region == REGION_META && block_stands(b) && b->more && is_meta(b->more->link);
}

static void document(const stage *s, doc *d) {
    judge_each(s, d, is_wanted, look_at);
}

static const qw_option options[] = {
    {"which",
     {"what goes: distributors' marks, or all that says who made the file",
      "去除哪些：仅发布者的标记，或一切制作者信息"},
     QW_OPTION_CHOICE,
     WHICH_ADS,
     0,
     0,
     "ads|all"},
};

const filter filter_meta = {
    .info =
        {
            .name = "meta",
            .summary = {"remove distributors' marks from properties and other hidden corners",
                        "去除文档属性等处的发布者标记"},
            FILTER_OPTIONS(options),
        },
    .setup = judge_setup,
    .document = document,
    .beyond = true,
    .borrows = "ads",
};
