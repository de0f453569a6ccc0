#include "page/page.h"

#include "say.h"

#include <string.h>

typedef struct page {
    states *runs;
    qw_language language;
    const qw_sink *to;
    text t;
    bool refused;
} page;

/* ---- Writing ------------------------------------------------------------------------------- */

static void flush(page *p) {
    if (p->t.failed || p->refused || !p->to->write(p->to->self, text_z(&p->t), p->t.n))
        p->refused = true;
    text_clear(&p->t);
}

static void put(page *p, const char *html) {
    text_put(&p->t, html);
}

/* Text as it is shown, fit for HTML between tags and in quotes. Lines stay lines. */
static void put_line(text *t, qw_str s) {
    text shown = {0};
    text_show(&shown, s, 0);
    for (const char *c = text_z(&shown); *c; c++) {
        switch (*c) {
        case '&': text_put(t, "&amp;"); break;
        case '<': text_put(t, "&lt;"); break;
        case '>': text_put(t, "&gt;"); break;
        case '"': text_put(t, "&quot;"); break;
        case '\'': text_put(t, "&#39;"); break;
        default: text_add(t, c, 1);
        }
    }
    if (shown.failed) t->failed = true;
    text_free(&shown);
}

static void put_text(page *p, qw_str s) {
    while (s.n) {
        const char *end = memchr(s.p, '\n', s.n);
        size_t n = end ? (size_t)(end - s.p) : s.n;
        put_line(&p->t, (qw_str){s.p, n});
        if (end) text_put(&p->t, "\n"), n++;
        s.p += n;
        s.n -= n;
    }
}

static void put_said(page *p, say_id id, const char *const *words) {
    text t = {0};
    say(&t, p->language, id, words);
    put_line(&p->t, (qw_str){text_z(&t), t.n});
    text_free(&t);
}

static void put_heading(page *p, say_id id) {
    put(p, "<h2>");
    put_said(p, id, NO_WORDS);
    put(p, "</h2>\n");
}

/* ---- Sums ---------------------------------------------------------------------------------- */

static void put_sum(page *p, say_id id, const char *question) {
    text_printf(&p->t, "<div class=\"sum\"><b>%lld</b><span>",
                (long long)states_number(p->runs, question));
    put_said(p, id, NO_WORDS);
    put(p, "</span></div>\n");
}

static void put_sums(page *p) {
    put(p, "<div class=\"sums\">\n");
    put_sum(p, SAY_PAGE_DONE, "SELECT count(*) FROM input WHERE status = 'done'");
    put_sum(p, SAY_PAGE_CHANGED, "SELECT count(*) FROM input WHERE changed");
    put_sum(p, SAY_PAGE_REMOVALS, "SELECT coalesce(sum(removed), 0) FROM input");
    put_sum(p, SAY_PAGE_FAILED, "SELECT count(*) FROM input WHERE status = 'failed'");
    put_sum(p, SAY_PAGE_LEFT_OUT, "SELECT count(*) FROM input WHERE status = 'skipped'");
    put(p, "</div>\n");
    if (p->runs->complete) return;
    put(p, "<p>");
    put_said(p, SAY_STATUS_UNFINISHED, NO_WORDS);
    put(p, "</p>\n");
}

/* A bar for each encoding, as long as its part of the largest. */
static void put_encodings(page *p) {
    enum { LINE = 28, WIDTH = 440, NAME = 130, BAR = 240 };
    query *q = query_new(p->runs->all,
                         "SELECT encoding, count(*) AS n, max(count(*)) OVER (),"
                         " count(*) OVER () FROM input WHERE status = 'done' AND encoding <> ''"
                         " GROUP BY encoding ORDER BY n DESC, encoding LIMIT ?");
    int64_t row = 0;
    if (q) query_set_number(q, 1, PAGE_ENCODINGS);
    for (; q && query_next(q); row++) {
        int64_t rows = query_number(q, 3), n = query_number(q, 1), most = query_number(q, 2);
        if (rows > PAGE_ENCODINGS) rows = PAGE_ENCODINGS;
        double width = (double)BAR * (double)n / (double)most;
        if (row == 0) {
            put_heading(p, SAY_PAGE_ENCODINGS);
            text_printf(&p->t, "<svg viewBox=\"0 0 %d %lld\" role=\"img\" aria-label=\"", WIDTH,
                        (long long)(rows * LINE));
            put_said(p, SAY_PAGE_ENCODINGS, NO_WORDS);
            put(p, "\">\n");
        }
        long long y = (long long)row * LINE;
        text_printf(&p->t, "<text x=\"0\" y=\"%lld\">", y + 20);
        put_text(p, query_text(q, 0));
        text_printf(&p->t,
                    "</text><rect x=\"%d\" y=\"%lld\" width=\"%.1f\" height=\"18\" rx=\"3\"/>"
                    "<text class=\"n\" x=\"%.1f\" y=\"%lld\">%lld</text>\n",
                    (int)NAME, y + 6, width < 2 ? 2 : width, NAME + width + 8, y + 20,
                    (long long)n);
    }
    if (row) put(p, "</svg>\n");
    query_free(q);
}

static void put_cell(page *p, int64_t n) {
    text_printf(&p->t, "<td class=\"n\">%lld</td>", (long long)n);
}

static void put_rules(page *p) {
    query *q = query_new(p->runs->all, "SELECT filter, rule, sum(done) AS n, sum(kept), count(*)"
                                       " FROM rule GROUP BY filter, rule"
                                       " ORDER BY n DESC, sum(kept) DESC, filter, rule LIMIT ?");
    bool any = false;
    if (q) query_set_number(q, 1, PAGE_RULES);
    for (; q && query_next(q); any = true) {
        if (!any) {
            put_heading(p, SAY_PAGE_RULES);
            put(p, "<table><thead><tr><th>");
            put_said(p, SAY_PAGE_RULE, NO_WORDS);
            for (int i = 0; i < 3; i++) {
                static const say_id heads[] = {SAY_PAGE_EDITS, SAY_PAGE_KEPT, SAY_PAGE_IN};
                put(p, "</th><th class=\"n\">");
                put_said(p, heads[i], NO_WORDS);
            }
            put(p, "</th></tr></thead><tbody>\n");
        }
        put(p, "<tr><td><code>");
        put_text(p, query_text(q, 0));
        put(p, query_text(q, 1).n ? " " : "");
        put_text(p, query_text(q, 1));
        put(p, "</code></td>");
        for (int i = 2; i < 5; i++) put_cell(p, query_number(q, i));
        put(p, "</tr>\n");
    }
    if (any) put(p, "</tbody></table>\n");
    query_free(q);
}

static void put_failures(page *p) {
    int64_t all = states_number(p->runs, "SELECT count(*) FROM input WHERE status = 'failed'");
    query *q = query_new(p->runs->all, "SELECT shown, why, why_zh FROM input"
                                       " WHERE status = 'failed' ORDER BY place, path LIMIT ?");
    if (all == 0) {
        query_free(q);
        return;
    }
    put_heading(p, SAY_PAGE_FAILURES);
    put(p, "<ul class=\"failures\">\n");
    if (q) query_set_number(q, 1, PAGE_FAILURES);
    while (q && query_next(q)) {
        put(p, "<li><b>");
        put_text(p, query_text(q, 0));
        put(p, "</b><br>");
        put_text(p, query_text(q, p->language == QW_CHINESE ? 2 : 1));
        put(p, "</li>\n");
    }
    put(p, "</ul>\n");
    if (all > PAGE_FAILURES) {
        put(p, "<p class=\"faint\">");
        put_said(p, SAY_PAGE_FIRST, WORDS(NUM(PAGE_FAILURES), NUM((unsigned long long)all)));
        put(p, "</p>\n");
    }
    query_free(q);
}

/* ---- Documents ----------------------------------------------------------------------------- */

static bool is(qw_str s, const char *word) {
    return s.n == strlen(word) && memcmp(s.p, word, s.n) == 0;
}

/* kind, state, line, filter, rule, why, ahead, before, after, behind, clipped */
static void put_edit(page *p, query *q) {
    bool done = is(query_text(q, 1), "done") && !is(query_text(q, 0), "finding"),
         drop = is(query_text(q, 0), "drop");
    const char *more = query_number(q, 10) ? "…" : "", *apart = drop ? "\n" : "";
    put(p, "<li><div class=\"text\"><span class=\"faint\">");
    put_text(p, query_text(q, 6));
    put(p, "</span>");
    put(p, query_text(q, 6).n ? apart : "");
    put(p, done ? "<del>" : "<mark>");
    if (drop && !query_text(q, 7).n) put(p, "¶"); /* a blank line */
    put_text(p, query_text(q, 7));
    put(p, more);
    put(p, done ? "</del>" : "</mark>");
    if (done && query_text(q, 8).n) {
        put(p, "<ins>");
        put_text(p, query_text(q, 8));
        put(p, more);
        put(p, "</ins>");
    }
    put(p, query_text(q, 9).n ? apart : "");
    put(p, "<span class=\"faint\">");
    put_text(p, query_text(q, 9));
    put(p, "</span></div><div class=\"why\">");
    put_said(p, SAY_PAGE_LINE, WORDS(NUM((unsigned long long)query_number(q, 2))));
    put(p, " · <code>");
    put_text(p, query_text(q, 3));
    put(p, query_text(q, 4).n ? " " : "");
    put_text(p, query_text(q, 4));
    put(p, "</code> · ");
    if (!done) put_said(p, SAY_PAGE_LEFT, NO_WORDS), put(p, " · ");
    put_text(p, query_text(q, 5));
    put(p, "</div></li>\n");
}

/* id, shown, encoding, edits, removed */
static void put_document(page *p, query *q, query *edits, bool open) {
    int64_t shown = 0, all = query_number(q, 3);
    put(p, open ? "<details open>" : "<details>");
    put(p, "<summary><b>");
    put_text(p, query_text(q, 1));
    put(p, "</b> <span class=\"faint\">");
    put_text(p, query_text(q, 2));
    put(p, query_text(q, 2).n ? " · " : "");
    put_said(p, SAY_PAGE_REMOVED, WORDS(NUM((unsigned long long)query_number(q, 4))));
    put(p, "</span></summary>\n<ul class=\"edits\">\n");
    query_set_number(edits, 1, query_number(q, 0));
    for (; query_next(edits); shown++) put_edit(p, edits);
    if (all > shown) {
        put(p, "<li class=\"faint\">");
        put_said(p, SAY_PAGE_FIRST,
                 WORDS(NUM((unsigned long long)shown), NUM((unsigned long long)all)));
        put(p, "</li>\n");
    }
    put(p, "</ul></details>\n");
    flush(p);
}

static void put_documents(page *p) {
    enum { OPEN = 5 }; /* documents that show their edits at once */
    int64_t all = states_number(p->runs, "SELECT count(*) FROM input WHERE edits > 0");
    query *q = query_new(p->runs->all, "SELECT id, shown, encoding, edits, removed FROM input"
                                       " WHERE edits > 0 ORDER BY place, path LIMIT ?");
    query *edits =
        query_new(p->runs->all, "SELECT kind, state, line, filter, rule, why, ahead, before, after,"
                                " behind, clipped FROM edit WHERE input = ? ORDER BY number");
    if (all) put_heading(p, SAY_PAGE_DOCUMENTS);
    if (all > PAGE_DOCUMENTS) {
        put(p, "<p class=\"faint\">");
        put_said(p, SAY_PAGE_FIRST, WORDS(NUM(PAGE_DOCUMENTS), NUM((unsigned long long)all)));
        put(p, "</p>\n");
    }
    if (q) query_set_number(q, 1, PAGE_DOCUMENTS);
    for (int64_t i = 0; q && edits && !p->refused && query_next(q); i++)
        put_document(p, q, edits, i < OPEN);
    if (q) query_stop(q);
    query_free(edits);
    query_free(q);
}

/* ---- The whole ----------------------------------------------------------------------------- */

bool page_write(states *s, qw_language language, const qw_sink *to) {
    page p = {.runs = s, .language = language, .to = to};
    put(&p, "<!DOCTYPE html>\n<html lang=\"");
    put(&p, language == QW_CHINESE ? "zh-CN" : "en");
    put(&p, "\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            " style-src 'unsafe-inline'; img-src data:\">\n"
            "<link rel=\"icon\" href=\"data:,\">\n<title>");
    put_said(&p, SAY_PAGE_TITLE, NO_WORDS);
    put(&p, "</title>\n<style>");
    put(&p, page_style);
    put(&p, "</style>\n</head>\n<body>\n<main>\n<h1>");
    put_said(&p, SAY_PAGE_TITLE, NO_WORDS);
    put(&p, "</h1>\n");
    put_sums(&p);
    put_encodings(&p);
    put_rules(&p);
    put_failures(&p);
    flush(&p);
    put_documents(&p);
    put(&p, "</main>\n</body>\n</html>\n");
    flush(&p);
    text_free(&p.t);
    return !p.refused && !database_failed(s->all);
}
