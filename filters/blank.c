/* blank: puts blank lines in order.
 *
 * At the head and the tail they go; of a run of them at most one stays. Whether that one stays
 * depends on what blank lines mean in the document: where they stand between most paragraphs they
 * are its way of parting paragraphs, and each stays. Elsewhere, one between two paragraphs of prose
 * is a break that its writer meant, and stays; one beside a short line without an end (a title, a
 * heading, an address) is layout, and goes.
 *
 * Paragraphs in tables and boxes, and empty ones that hold an image, a field or a line to write on,
 * are left alone. The judgement is made on lines as text has them, so that a document that is
 * written as text is judged alike when it is read again. */
#include "filter.h"

enum { OPTION_KEEP };
enum { KEEP_AUTO, KEEP_ONE, KEEP_NONE };

/* A blank line that stands in the flow of the body. */
static bool is_blank(const block *b) {
    return b->kind == BLOCK_PARAGRAPH && b->region == REGION_BODY && block_is_blank_line(b);
}

/* Whether the line ends as a sentence does: 。！？… or a colon, maybe with a quote or bracket. */
static bool ends_as_prose(str s) {
    size_t at = s.n;
    while (at) {
        uint32_t c = utf8_prev(s, &at);
        if (is_sentence_end(c) || c == 0xFF1A || c == 0xFF1B || c == ':' || c == ';') return true;
        bool closing = c == 0x201D || c == 0x2019 || c == 0x300D || c == 0x300F || c == 0xFF09 ||
                       c == ')' || c == '"' || is_space(c);
        if (!closing) return false;
    }
    return false;
}

/* What blank lines do in the document. Lines are counted as a reader of text has them: those of
 * tables, notes and headers too, and each that a break begins; what shows no text is none. */
typedef struct habit {
    size_t seams;  /* pairs of lines that follow one another */
    size_t parted; /* those with a blank line between */
} habit;

/* Blank lines part paragraphs as a rule when they stand at three seams of five. */
static bool parts_paragraphs(const habit *h) {
    return h->seams >= 3 && h->parted * 5 >= h->seams * 3;
}

/* The block after i, past all of a container. */
static uint32_t next_block(const doc *d, uint32_t i) {
    const block *b = &d->blocks[i];
    bool container = b->kind != BLOCK_PARAGRAPH && b->more && b->more->end > i;
    return container ? b->more->end : i + 1;
}

/* Lines of the paragraph that show text. */
static size_t count_lines(const block *b) {
    bool labelled = b->more && b->more->label.n, shown = false;
    size_t lines = 0;
    for (size_t at = 0; at < b->text.n;) {
        uint32_t c = utf8_next(b->text, &at);
        if (c == '\n')
            lines += shown, shown = false;
        else if (!is_space(c))
            shown = true;
        if (shown && !b->more) return 1;
    }
    lines += shown;
    return lines || !labelled ? lines : 1;
}

static habit observe(const doc *d) {
    habit h = {0};
    bool any = false, begun = false, blank = false; /* a line; it is the body's; a blank after it */
    uint32_t outside = 0;                           /* where the outermost container ends */
    for (uint32_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        uint32_t next = next_block(d, i);
        if (b->kind != BLOCK_PARAGRAPH && next > outside) outside = next;
        if (!block_is_text(b)) continue;
        size_t lines = count_lines(b);
        if (!lines) {
            bool counts = i >= outside && is_blank(b) && !(b->flags & BLOCK_STAYS);
            blank |= counts && begun;
            continue;
        }
        h.seams += lines - 1 + any;
        any = true;
        begun = b->region == REGION_BODY;
        h.parted += blank && begun;
        blank = false;
    }
    return h;
}

static void drop(doc *d, uint32_t from, uint32_t to, reason why) {
    for (uint32_t i = from; i < to; i = next_block(d, i))
        if (block_stands(&d->blocks[i]) && !(d->blocks[i].flags & BLOCK_STAYS) &&
            is_blank(&d->blocks[i]))
            edit_drop(d, i, why);
}

static const reason at_edge = {STR_INIT("edge"), STR_INIT("a blank line at the head or the tail"),
                               100};
static const reason in_run = {STR_INIT("run"), STR_INIT("one blank line of several in a row"), 100};
static const reason layout = {STR_INIT("layout"),
                              STR_INIT("a blank line beside a heading, where the document "
                                       "does not part paragraphs by blank lines"),
                              80};
static const reason unwanted = {STR_INIT("all"), STR_INIT("a blank line; none was to be kept"),
                                100};

/* Drops what is too much of the blank lines [from, to) between the blocks last and next. */
static void settle(doc *d, long keep, bool parting, uint32_t last, uint32_t from, uint32_t next) {
    const block *a = &d->blocks[last], *b = &d->blocks[next];
    bool prose = a->kind == BLOCK_PARAGRAPH && b->kind == BLOCK_PARAGRAPH &&
                 ends_as_prose(block_last_line(a)) && ends_as_prose(block_first_line(b));
    if (keep == KEEP_NONE) {
        drop(d, from, next, unwanted);
    } else if (keep == KEEP_AUTO && !parting && !prose) {
        drop(d, from, next, layout);
    } else {
        drop(d, from + 1, next, in_run);
    }
}

static void blank_document(const stage *s, doc *d) {
    long keep = stage_option(s, OPTION_KEEP);
    habit h = observe(d);
    bool parting = parts_paragraphs(&h);
    uint32_t last = NO_BLOCK, first_blank = NO_BLOCK;
    for (uint32_t i = 0; i < d->nblocks; i = next_block(d, i)) {
        const block *b = &d->blocks[i];
        if (!block_stands(b) || b->region != REGION_BODY) continue;
        if (is_blank(b)) {
            if (first_blank == NO_BLOCK) first_blank = i;
            continue;
        }
        if (first_blank != NO_BLOCK && last == NO_BLOCK)
            drop(d, first_blank, i, at_edge);
        else if (first_blank != NO_BLOCK)
            settle(d, keep, parting, last, first_blank, i);
        last = i;
        first_blank = NO_BLOCK;
    }
    if (first_blank != NO_BLOCK && last != NO_BLOCK)
        drop(d, first_blank, (uint32_t)d->nblocks, at_edge);
}

static const qw_option options[] = {
    {"keep",
     {"which single blank lines stay: auto (those that mean something), one, none",
      "保留哪些空行：auto（有意义的）、one（各留一行）、none（全部去除）"},
     QW_OPTION_CHOICE,
     KEEP_AUTO,
     0,
     2,
     "auto|one|none"},
};

const filter filter_blank = {
    .info =
        {
            .name = "blank",
            .summary = {"remove superfluous blank lines", "去除多余的空行"},
            FILTER_OPTIONS(options),
        },
    .document = blank_document,
};
