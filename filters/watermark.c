/* watermark: takes watermarks out that a distributor put into a Word document: letters or a picture
 * behind every page, in whatever way they were drawn.
 *
 * What a drawing looks like says whether it is a watermark; what it says, whether it goes. A mark
 * of the document's own, 保密 or DRAFT, stays and is reported; with `watermark:all` every watermark
 * goes. A picture or box anywhere goes when its text or description is an ad by itself. */
#include "ads/ads_judge.h"

enum { WHICH };
enum { WHICH_ADS, WHICH_ALL };

enum {
    LIMIT = 80,     /* points from which a text is an ad by itself */
    WATERMARK = 40, /* points that a watermark brings along */
    LONG = 400,     /* bytes: no watermark says more */
};

static bool is_watermark(uint16_t traits) {
    bool repeated = traits & BOX_REPEATED, behind = traits & BOX_BEHIND;
    if (traits & (BOX_NAMED | BOX_BACKGROUND)) return true;
    if (traits & BOX_WORDART && (behind || repeated || traits & BOX_ROTATED)) return true;
    if (traits & BOX_WASHED && (behind || repeated || traits & BOX_FLOATS)) return true;
    return behind && repeated;
}

/* Words that a document's own people put behind its pages. */
static bool is_own_mark(str text) {
    static const char *const words[] = {
        "保密", "秘密", "机密",  "绝密", "内部",   "草稿",     "草案",         "初稿",
        "样本", "样稿", "作废",  "副本", "原件",   "征求意见", "送审",         "急件",
        "密级", "範本", "DRAFT", "COPY", "URGENT", "SAMPLE",   "CONFIDENTIAL", "ASAP"};
    if (text.n > 60) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t at = 0; at + strlen(words[i]) <= text.n; at++)
            if (str_eq_nocase(str_cut(text, at, at + strlen(words[i])), str_of(words[i])))
                return true;
    return false;
}

/* What the box says: its paragraphs, else its description. */
static str text_of(doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    str text = STR("");
    for (uint32_t i = index + 1; i < b->more->end && i < d->nblocks && text.n < LONG; i++) {
        str more = d->blocks[i].text;
        if (block_is_text(&d->blocks[i]) && more.n)
            text = text.n
                       ? arena_printf(d->mem, "%.*s %.*s", (int)text.n, text.p, (int)more.n, more.p)
                       : more;
    }
    if (!text.n && b->more->end == index + 1) text = b->more->link;
    return text.p ? text : STR("");
}

static void look_at(judge *j, const stage *s, doc *d, uint32_t index) {
    static const reason asked = {STR_INIT("all"), STR_INIT("a watermark"), 100};
    static const reason own = {STR_INIT("own-mark"), STR_INIT("a watermark of the document's own"),
                               20};
    static const reason unclear = {STR_INIT("unclear"),
                                   STR_INIT("a watermark that names no distributor"), 40};
    const block *b = &d->blocks[index];
    bool watermark = is_watermark(b->more->traits);
    str text = text_of(d, index);
    mark found = {0};
    int points = judge_text(j, text, &found);
    if (points && watermark) points += WATERMARK;
    if (points >= LIMIT)
        edit_drop(d, index, judge_reason(j, &found, watermark ? "watermark" : "drawing", points));
    else if (watermark && stage_option(s, WHICH) == WHICH_ALL)
        edit_drop(d, index, asked);
    else if (watermark)
        edit_finding(d, index, 0, b->text.n, is_own_mark(text) ? own : unclear);
}

static bool is_wanted(const block *b) {
    return b->kind == BLOCK_BOX && b->region != REGION_META && block_stands(b) && b->more;
}

static void document(const stage *s, doc *d) {
    judge_each(s, d, is_wanted, look_at);
}

static const qw_option options[] = {
    {"which",
     {"which watermarks go: those of distributors, or all", "去除哪些水印：仅发布者的，或全部"},
     QW_OPTION_CHOICE,
     WHICH_ADS,
     0,
     0,
     "ads|all"},
};

const filter filter_watermark = {
    .info =
        {
            .name = "watermark",
            .summary = {"remove distributors' watermarks from Word documents",
                        "去除 Word 文档中发布者的水印"},
            FILTER_OPTIONS(options),
        },
    .setup = judge_setup,
    .document = document,
    .beyond = true,
    .borrows = "ads",
};
