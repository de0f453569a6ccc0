/* disarm: takes out what a Word document loads or runs by itself: templates, pictures and frames
 * fetched from elsewhere, macros, ActiveX, embedded OLE objects (their picture stays), fields that
 * fetch or start something (their text stays). Each is in the report. HTML and other files that are
 * to be merged in (altChunk) hold text, and go only when asked. */
#include "filter.h"

enum { CHUNKS };

static const reason external = {
    STR_INIT("external"), STR_INIT("is fetched from elsewhere when the document is opened"), 95};
static const reason active = {STR_INIT("active"), STR_INIT("can run by itself"), 95};
static const reason chunk = {STR_INIT("chunk"), STR_INIT("another file that is merged in"), 90};

static void look_at(const stage *s, doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    str link = b->more->link;
    bool is_chunk = str_starts(link, STR("chunk:"));
    if (str_starts(link, STR("external:")))
        edit_drop(d, index, external);
    else if (str_starts(link, STR("active:")))
        edit_drop(d, index, active);
    else if (is_chunk && stage_option(s, CHUNKS))
        edit_drop(d, index, chunk);
    else if (is_chunk)
        edit_finding(d, index, 0, b->text.n, chunk);
}

static void document(const stage *s, doc *d) {
    for (uint32_t i = 0; i < d->nblocks && doc_ok(d); i++) {
        const block *b = &d->blocks[i];
        if (b->kind == BLOCK_BOX && b->region == REGION_META && block_stands(b) && b->more)
            look_at(s, d, i);
    }
}

static const qw_option options[] = {
    {"chunks",
     {"files that are merged in go too", "并入的其他文件（altChunk）也去除"},
     QW_OPTION_FLAG,
     0,
     0,
     1,
     NULL},
};

const filter filter_disarm = {
    .info =
        {
            .name = "disarm",
            .summary = {"remove what a Word document loads or runs by itself",
                        "去除 Word 文档中自动加载或运行的内容"},
            FILTER_OPTIONS(options),
        },
    .document = document,
    .beyond = true,
};
