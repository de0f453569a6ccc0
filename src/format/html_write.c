/* html_write: one self-contained HTML file: headings, lists, tables and notes as elements, roles as
 * classes. Headers, footers, comments and properties are the page's, not the text's: left out. */
#include "format/format.h"
#include "format/html.h"

static const char style[] =
    "body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.75;"
    "font-family:\"Songti SC\",SimSun,\"Noto Serif CJK SC\",serif}\n"
    "h1,h2,h3,h4,h5,h6,.lead{font-family:\"Heiti SC\",SimHei,\"Noto Sans CJK SC\",sans-serif}\n"
    "h1,.subtitle,.caption,.centre{text-align:center}\n"
    "p{margin:0}\n"
    ".body,.runin-heading,.attachment,.note{text-indent:2em}\n"
    ".centre{text-indent:0}\n"
    ".signature,.date,.end{text-align:right}\n"
    "h1+.date,.subtitle+.date{text-align:center}\n"
    "ul{list-style:none}\n"
    "table{border-collapse:collapse;margin:1em auto}\n"
    "td{border:1px solid;padding:.2em .5em}\n"
    "td p{text-indent:0}\n"
    "section{border-top:1px solid;margin-top:2em;font-size:smaller}\n";

/* The title, else the input's name without its folders. */
static str title_of(const doc *d) {
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (block_is_text(b) && b->role == QW_ROLE_TITLE) return b->text;
        if (i == 200) break; /* a title stands near the head */
    }
    size_t n = d->name.n;
    while (n > 0 && d->name.p[n - 1] != '/') n--;
    return str_cut(d->name, n, d->name.n);
}

static bool has_notes(const doc *d) {
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (block_is_text(b) && (b->region == REGION_FOOTNOTE || b->region == REGION_ENDNOTE))
            return true;
    }
    return false;
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)o, (void)why;
    unsigned text = 1u << REGION_BODY | 1u << REGION_TEXTBOX;
    unsigned notes = 1u << REGION_FOOTNOTE | 1u << REGION_ENDNOTE;
    out_text(to, "<!DOCTYPE html>\n<html lang=\"");
    out_xml(to, d->language.n ? d->language : STR("zh"));
    out_text(to, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    out_xml(to, title_of(d));
    out_text(to, "</title>\n<style>\n");
    out_text(to, style);
    out_text(to, "</style>\n</head>\n<body>\n");
    html_blocks(d, 0, (uint32_t)d->nblocks, text, to);
    if (has_notes(d)) {
        out_text(to, "<section>\n");
        html_blocks(d, 0, (uint32_t)d->nblocks, notes, to);
        out_text(to, "</section>\n");
    }
    out_text(to, "</body>\n</html>\n");
    return true;
}

const writer writer_html = {write};
