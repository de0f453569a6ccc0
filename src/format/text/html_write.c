/* html_write: one self-contained HTML file: headings, lists, tables and notes as elements, roles as
 * classes. Headers, footers, comments and properties are the page's, not the text's: left out. */
#include "format/docx_new/docx_images.h"
#include "format/format.h"
#include "format/text/html.h"

static const char style[] =
    ":root{color-scheme:light dark}\n"
    "body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.75;"
    "font-family:\"Songti SC\",SimSun,\"Noto Serif CJK SC\",serif}\n"
    "h1,h2,h3,h4,h5,h6,.lead{font-family:\"Heiti SC\",SimHei,\"Noto Sans CJK SC\",sans-serif}\n"
    "h1,.subtitle,.caption,.centre{text-align:center}\n"
    "h1+h1{margin-top:-.5em}\n"
    "p{margin:0}\n"
    ".body,.runin-heading,.attachment,.note{text-indent:2em}\n"
    ".centre{text-indent:0}\n"
    ".signature,.date,.end{text-align:right}\n"
    "h1+.date,.subtitle+.date{text-align:center}\n"
    "ul{list-style:none}\n"
    "table{border-collapse:collapse;margin:1em auto}\n"
    "td{border:1px solid;padding:.2em .5em}\n"
    "td .body,td .note{text-indent:0}\n"
    "img{max-width:100%;vertical-align:middle}\n"
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

/* ---- Pictures -------------------------------------------------------------------------------- */

/* Whether browsers show a picture of this type. */
static bool is_shown(str type) {
    static const char *const types[] = {"image/png", "image/jpeg", "image/gif", "image/bmp"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_eq(type, str_of(types[i]))) return true;
    return false;
}

static bool has_picture(void *self, const span *s) {
    const docx_images *images = self;
    const docx_image *image = docx_image_of(images, s);
    return image && is_shown(images->media[image->media].type);
}

/* RFC 4648, 4. */
static void write_base64(str bytes, out *to) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        uint32_t three = (uint32_t)(unsigned char)bytes.p[i] << 16;
        if (left > 1) three |= (uint32_t)(unsigned char)bytes.p[i + 1] << 8;
        if (left > 2) three |= (unsigned char)bytes.p[i + 2];
        char four[4] = {digits[three >> 18], digits[three >> 12 & 63],
                        left > 1 ? digits[three >> 6 & 63] : '=',
                        left > 2 ? digits[three & 63] : '='};
        out_str(to, str_make(four, 4));
    }
}

static void write_picture(void *self, const span *s, out *to) {
    const docx_images *images = self;
    const docx_media *media = &images->media[docx_image_of(images, s)->media];
    out_text(to, "data:");
    out_str(to, media->type);
    out_text(to, ";base64,");
    write_base64(media->bytes, to);
}

static void write_page(doc *d, const html_pictures *pictures, out *to) {
    unsigned text = 1u << REGION_BODY | 1u << REGION_TEXTBOX;
    unsigned notes = 1u << REGION_FOOTNOTE | 1u << REGION_ENDNOTE;
    out_text(to, "<!DOCTYPE html>\n<html lang=\"");
    out_xml(to, d->language.n ? d->language : STR("zh"));
    out_text(to, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    out_xml(to, title_of(d));
    out_text(to, "</title>\n<style>\n");
    out_text(to, style);
    out_text(to, "</style>\n</head>\n<body>\n");
    html_blocks(d, 0, (uint32_t)d->nblocks, text, pictures, to);
    if (has_notes(d)) {
        out_text(to, "<section>\n");
        html_blocks(d, 0, (uint32_t)d->nblocks, notes, pictures, to);
        out_text(to, "</section>\n");
    }
    out_text(to, "</body>\n</html>\n");
}

static bool has_images(const doc *d) {
    for (size_t i = 0; i < d->nblocks; i++) {
        const block_more *more = d->blocks[i].more;
        for (size_t k = 0; more && k < more->nspans; k++)
            if (more->spans[k].kind == SPAN_IMAGE) return true;
    }
    return false;
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    docx_images images;
    const html_pictures pictures = {has_picture, write_picture, &images};
    (void)o;
    if (!str_eq(d->format, STR("docx")) || !has_images(d)) return write_page(d, NULL, to), true;
    package *p = package_open(d->mem, d->source, d->name, &d->limits, why);
    bool ok = p && docx_images_find(d, p, &images, why);
    if (ok) write_page(d, &pictures, to);
    package_close(p);
    return ok;
}

const writer writer_html = {write};
