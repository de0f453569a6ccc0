/* What a DOCX says of the looks of text: fonts, sizes, colours, line pitch and indents, where they
 * stand (ECMA-376 part 1, 17.3), in styles (17.7.2) and in the theme (20.1.6.9). */
#include "format/gongwen/gongwen_reading.h"

#include <stdlib.h>

const gongwen_look nothing_said = {.spacing = NOT_SAID,
                                   .line = NOT_SAID,
                                   .first = NOT_SAID,
                                   .first_chars = NOT_SAID,
                                   .left = NOT_SAID,
                                   .left_chars = NOT_SAID,
                                   .right = NOT_SAID,
                                   .right_chars = NOT_SAID};

void *room_for(reading *r, void *list, size_t n, size_t *cap, size_t size) {
    if (n < *cap) return list;
    size_t more = *cap ? *cap * 2 : 64;
    void *wider = arena_alloc(r->d->mem, more * size);
    if (!wider) return fail_memory(r->why), NULL;
    if (n) memcpy(wider, list, n * size);
    *cap = more;
    return wider;
}

/* ---- Looks ----------------------------------------------------------------------------------- */

static void add_length(long *to, long more) {
    if (more != NOT_SAID) *to = more;
}

void add_look(gongwen_look *to, const gongwen_look *more) {
    if (more->font.p) to->font = more->font;
    if (more->size) to->size = more->size;
    if (more->align) to->align = more->align;
    if (more->rule) to->rule = more->rule;
    if (more->colour) to->colour = more->colour;
    add_length(&to->spacing, more->spacing);
    add_length(&to->line, more->line);
    add_length(&to->first, more->first);
    add_length(&to->first_chars, more->first_chars);
    add_length(&to->left, more->left);
    add_length(&to->left_chars, more->left_chars);
    add_length(&to->right, more->right);
    add_length(&to->right_chars, more->right_chars);
}

long length_of(xml_reader *xml, const char *name) {
    return xml_attr_int(xml, XML_NS_W, name, NOT_SAID);
}

void read_fonts(const reading *r, gongwen_look *to) {
    str font = xml_attr(r->xml, XML_NS_W, "eastAsia");
    str theme = xml_attr(r->xml, XML_NS_W, "eastAsiaTheme");
    if (theme.n)
        to->font = str_starts(theme, STR("major")) ? r->major : r->minor;
    else if (font.n)
        to->font = font;
}

/* Red is what a reader calls so: FF0000 and its like. */
static uint8_t read_colour(xml_reader *xml, const char *name) {
    str value = xml_attr(xml, XML_NS_W, name);
    unsigned rgb[3] = {0};
    if (xml_attr(xml, XML_NS_W, "themeColor").n) return COLOUR_THEME;
    for (size_t i = 0; i < 6; i++) {
        int c = i < value.n ? value.p[i] | 32 : 0;
        bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'a' || c > 'f')) return COLOUR_OTHER;
        rgb[i / 2] = rgb[i / 2] * 16 + (unsigned)(digit ? c - '0' : c - 'a' + 10);
    }
    return rgb[0] >= 0xC0 && rgb[1] <= 0x50 && rgb[2] <= 0x50 ? COLOUR_RED : COLOUR_OTHER;
}

void read_run(const reading *r, gongwen_look *to, str *style) {
    xml_reader *xml = r->xml;
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        switch (xml->name) {
        case XML_W_rStyle: *style = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_rFonts: read_fonts(r, to); break;
        case XML_W_color: to->colour = read_colour(xml, "val"); break;
        case XML_W_spacing: to->spacing = length_of(xml, "val"); break;
        case XML_W_sz: {
            long size = xml_attr_int(xml, XML_NS_W, "val", 0);
            to->size = size > 0 && size <= UINT16_MAX ? (uint16_t)size : 0;
            break;
        }
        case XML_W_rPrChange: xml_skip(xml); break;
        default: break;
        }
    }
}

static void read_lines(xml_reader *xml, gongwen_look *to) {
    str rule = xml_attr(xml, XML_NS_W, "lineRule");
    long line = length_of(xml, "line");
    if (line == NOT_SAID) return;
    to->line = line;
    to->rule = str_eq(rule, STR("exact"))     ? LINE_EXACT
               : str_eq(rule, STR("atLeast")) ? LINE_AT_LEAST
                                              : LINE_MULTIPLE;
}

/* A length that stands at one of two names (w:left is w:start in the strict form). */
static void read_side(xml_reader *xml, const char *name, const char *other, long *to) {
    add_length(to, length_of(xml, other));
    add_length(to, length_of(xml, name));
}

static void read_indent(xml_reader *xml, gongwen_look *to) {
    read_side(xml, "left", "start", &to->left);
    read_side(xml, "leftChars", "startChars", &to->left_chars);
    read_side(xml, "right", "end", &to->right);
    read_side(xml, "rightChars", "endChars", &to->right_chars);
    add_length(&to->first, length_of(xml, "firstLine"));
    add_length(&to->first_chars, length_of(xml, "firstLineChars"));
    long hanging = length_of(xml, "hanging");
    if (hanging != NOT_SAID && hanging) to->first = -hanging;
}

uint8_t alignment_of(str value) {
    if (str_eq(value, STR("center"))) return ALIGNED_CENTRE;
    if (str_eq(value, STR("right")) || str_eq(value, STR("end"))) return ALIGNED_END;
    return value.n ? ALIGNED_START : ALIGNED_UNSET;
}

void read_paragraph(reading *r, gongwen_look *to, str *style, bool sections) {
    xml_reader *xml = r->xml;
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        switch (xml->name) {
        case XML_W_pStyle: *style = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_jc: to->align = alignment_of(xml_attr(xml, XML_NS_W, "val")); break;
        case XML_W_spacing: read_lines(xml, to); break;
        case XML_W_ind: read_indent(xml, to); break;
        case XML_W_sectPr:
            if (sections)
                read_section(r);
            else
                xml_skip(xml);
            break;
        case XML_W_bottom: /* of w:pBdr */
            r->ruled |= read_colour(xml, "color") == COLOUR_RED;
            break;
        case XML_W_rPr:
        case XML_W_pPrChange: xml_skip(xml); break;
        default: break;
        }
    }
}

/* ---- Styles ---------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b) {
    return str_cmp(((const plain_style *)a)->id, ((const plain_style *)b)->id);
}

const plain_style *find_style(const reading *r, str id) {
    plain_style key = {.id = id};
    if (!id.n || !r->nstyles) return NULL;
    return bsearch(&key, r->styles, r->nstyles, sizeof key, by_id);
}

void add_style(const reading *r, gongwen_look *to, const plain_style *s) {
    const plain_style *chain[STYLES_DEEP];
    unsigned n = 0;
    for (; s && n < STYLES_DEEP; s = find_style(r, s->based_on)) chain[n++] = s;
    while (n) add_look(to, &chain[--n]->look);
}

static plain_style *new_style(reading *r) {
    plain_style *room = room_for(r, r->styles, r->nstyles, &r->styles_cap, sizeof *room);
    if (!room) return NULL;
    r->styles = room;
    plain_style *s = &r->styles[r->nstyles++];
    *s = (plain_style){.look = nothing_said};
    s->id = xml_attr(r->xml, XML_NS_W, "styleId");
    s->paragraph = str_eq(xml_attr(r->xml, XML_NS_W, "type"), STR("paragraph"));
    s->by_default = str_eq(xml_attr(r->xml, XML_NS_W, "default"), STR("1")) ||
                    str_eq(xml_attr(r->xml, XML_NS_W, "default"), STR("true"));
    return s;
}

/* The part of a type that the main part has one of, as UTF-8; empty when it has none. */
static bool read_part(reading *r, const relation *of, str *name, str *text) {
    size_t i = of && !of->external ? package_find(r->package, of->target) : STR_NONE;
    str bytes;
    bool transcoded;
    *name = *text = STR("");
    if (i == STR_NONE) return true;
    *name = package_at(r->package, i)->name;
    return package_read(r->package, i, &bytes, r->why) &&
           xml_utf8(r->d->mem, *name, bytes, text, &transcoded, r->why);
}

bool begin_part(reading *r, const relation *of, bool *there) {
    str name, text;
    if (!read_part(r, of, &name, &text)) return false;
    *there = text.n > 0;
    return !*there || xml_begin(r->xml, r->d->mem, name, text, r->why);
}

/* The Chinese fonts of the theme (20.1.4.1.16): the one it names, or the one for simplified
 * Chinese.
 */
bool read_theme(reading *r) {
    bool there;
    str *font = NULL;
    if (!begin_part(r, relations_find(&r->relations, "theme"), &there)) return false;
    xml_event e;
    while (there && (e = xml_next(r->xml)) != XML_END_OF_PART) {
        if (e != XML_START) continue;
        str name = xml_attr(r->xml, XML_NS_NONE, "typeface");
        if (r->xml->name == XML_A_majorFont) font = &r->major;
        if (r->xml->name == XML_A_minorFont) font = &r->minor;
        if (font && r->xml->name == XML_A_ea && name.n) *font = name;
        if (font && r->xml->name == XML_A_font && !font->n &&
            str_eq(xml_attr(r->xml, XML_NS_NONE, "script"), STR("Hans")))
            *font = name;
    }
    return !r->xml->failed;
}

bool read_styles(reading *r) {
    bool there;
    str ignored;
    plain_style *now = NULL;
    if (!begin_part(r, relations_find(&r->relations, "styles"), &there)) return false;
    xml_event e;
    while (there && (e = xml_next(r->xml)) != XML_END_OF_PART) {
        if (e != XML_START) continue;
        gongwen_look *look = now ? &now->look : &r->defaults;
        if (r->xml->name == XML_W_style && !(now = new_style(r))) return false;
        if (r->xml->name == XML_W_basedOn && now) now->based_on = xml_attr(r->xml, XML_NS_W, "val");
        if (r->xml->name == XML_W_rPr) read_run(r, look, &ignored);
        if (r->xml->name == XML_W_pPr) read_paragraph(r, look, &ignored, false);
    }
    if (r->xml->failed) return false;
    if (r->nstyles) qsort(r->styles, r->nstyles, sizeof *r->styles, by_id);
    for (size_t i = 0; i < r->nstyles; i++)
        if (r->styles[i].paragraph && r->styles[i].by_default) r->normal = &r->styles[i];
    return true;
}
