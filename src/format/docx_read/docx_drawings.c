/* docx_drawings: walks a story for its drawings and for words that stand in odd places: names of
 * bookmarks, defaults of form fields, ruby text, tracked deletions and their authors.
 *
 * What a run holds of drawings is one object, both copies of mc:AlternateContent together. Its text
 * boxes were read with the story and get its traits; a picture in it gets a box of its own. */
#include "format/docx_read/docx_extras.h"

enum { BOXES_MAX = 32 }; /* text boxes of one object */

typedef struct drawing {
    uint32_t depth; /* of its element; 0: none is open */
    uint16_t traits;
    str name;
    size_t boxes[BOXES_MAX]; /* where text boxes and letters stand */
    size_t nboxes;
    size_t picture; /* where its picture stands; STR_NONE: it has none */
} drawing;

/* A bookmark whose end is to come. */
typedef struct open_bookmark {
    str id;
    uint32_t block;
} open_bookmark;

enum { BOOKMARKS_MAX = 64 }; /* open at once */

typedef struct walker {
    extras *x;
    uint16_t part;
    uint8_t region;
    drawing now;
    size_t next_block; /* boxes of the story are looked for from here on */
    uint32_t ruby, deleted;
    uint32_t link;   /* depth of the open w:hyperlink; 0: none */
    bool looks_like; /* something in it looks like a link */
    str link_id;
    open_bookmark open[BOOKMARKS_MAX];
    size_t nopen;
} walker;

static bool has(str s, const char *word) {
    return str_find(s, str_of(word), 0) != STR_NONE;
}

/* ---- Traits ---------------------------------------------------------------------------------- */

static bool is_watermark_name(str name) {
    return has(name, "WaterMark") || has(name, "Watermark") || has(name, "watermark") ||
           has(name, "水印");
}

static void name_it(drawing *o, str name) {
    if (!name.n) return;
    if (is_watermark_name(name)) o->traits |= BOX_NAMED;
    if (!o->name.n || (o->traits & BOX_NAMED)) o->name = name;
}

static void note_vml_style(drawing *o, str style) {
    if (has(style, "z-index:-")) o->traits |= BOX_BEHIND;
    if (has(style, "position:absolute")) o->traits |= BOX_FLOATS;
    size_t at = str_find(style, STR("rotation:"), 0);
    if (at != STR_NONE && !str_starts(str_cut(style, at + 9, style.n), STR("0")))
        o->traits |= BOX_ROTATED;
}

static void note_vml_shape(drawing *o, xml_reader *xml) {
    str text = xml_attr(xml, XML_NS_NONE, "alt");
    name_it(o, xml_attr(xml, XML_NS_NONE, "id"));
    if (text.n) name_it(o, text);
    note_vml_style(o, xml_attr(xml, XML_NS_NONE, "style"));
}

static void note_picture(drawing *o, xml_reader *xml) {
    if (o->picture == STR_NONE) o->picture = xml->off;
    o->traits |= BOX_PICTURE;
}

static void note_imagedata(drawing *o, xml_reader *xml) {
    note_picture(o, xml);
    if (xml_attr(xml, XML_NS_NONE, "gain").p || xml_attr(xml, XML_NS_NONE, "blacklevel").p)
        o->traits |= BOX_WASHED;
    if (xml_attr(xml, XML_NS_R, "href").p) o->traits |= BOX_LINKED;
    str title = xml_attr(xml, XML_NS_O, "title");
    if (title.n) name_it(o, title);
}

static void note_anchor(drawing *o, xml_reader *xml) {
    str behind = xml_attr(xml, XML_NS_NONE, "behindDoc");
    o->traits |= BOX_FLOATS;
    if (str_eq(behind, STR("1")) || str_eq(behind, STR("true"))) o->traits |= BOX_BEHIND;
}

static void note_properties(drawing *o, xml_reader *xml) {
    str description = xml_attr(xml, XML_NS_NONE, "descr");
    name_it(o, xml_attr(xml, XML_NS_NONE, "name"));
    if (description.n) o->name = description;
    if (is_watermark_name(description)) o->traits |= BOX_NAMED;
}

static void add_text_place(drawing *o, size_t off) {
    if (o->nboxes < BOXES_MAX) o->boxes[o->nboxes++] = off;
}

static void note_drawing(walker *w) {
    xml_reader *xml = w->x->xml;
    drawing *o = &w->now;
    switch (xml->name) {
    case XML_WP_anchor: note_anchor(o, xml); break;
    case XML_WP_docPr: note_properties(o, xml); break;
    case XML_V_shape: note_vml_shape(o, xml); break;
    case XML_V_imagedata: note_imagedata(o, xml); break;
    case XML_V_textpath:
        o->traits |= BOX_WORDART;
        add_text_place(o, xml->off);
        break;
    case XML_W_txbxContent: add_text_place(o, xml->off); break;
    case XML_PIC_pic: note_picture(o, xml); break;
    case XML_A_blip:
        if (xml_attr(xml, XML_NS_R, "link").p) o->traits |= BOX_LINKED;
        break;
    case XML_A_alphaModFix:
    case XML_A_lum: o->traits |= BOX_WASHED; break;
    case XML_A_prstTxWarp:
        if (!str_eq(xml_attr(xml, XML_NS_NONE, "prst"), STR("textNoShape")))
            o->traits |= BOX_WORDART;
        break;
    default: break;
    }
}

/* ---- Boxes ----------------------------------------------------------------------------------- */

/* The box that the reader made for what stands at off, or NULL. Offsets are asked for in ascending
 * order. */
static block *find_box(walker *w, size_t off) {
    doc *d = w->x->d;
    for (; w->next_block < d->nblocks; w->next_block++) {
        block *b = &d->blocks[w->next_block];
        if (b->kind != BLOCK_BOX || b->part != w->part || b->region == REGION_META) continue;
        if (b->off > off) return NULL;
        if (b->off == off) return b;
    }
    return NULL;
}

static void add_picture(walker *w, const drawing *o, size_t off) {
    doc *d = w->x->d;
    block *b = doc_add_block(d, BLOCK_BOX, STR(""), off, 0);
    block_more *more = b ? block_rest(d, b) : NULL;
    if (!more) return;
    b->part = w->part;
    b->region = w->region;
    more->end = (uint32_t)d->nblocks;
    more->traits = o->traits;
    more->link = o->name;
}

/* The object is whole. Pictures in the line of the body are no watermark, unless they say so. */
static void end_drawing(walker *w) {
    drawing *o = &w->now;
    bool found = false, repeated = w->region == REGION_HEADER || w->region == REGION_FOOTER;
    if (repeated) o->traits |= BOX_REPEATED;
    for (size_t i = 0; i < o->nboxes; i++) {
        block *b = find_box(w, o->boxes[i]);
        if (!b) continue;
        b->more->traits |= o->traits;
        if (o->name.n) b->more->link = o->name;
        found = true;
    }
    bool telling =
        repeated || o->name.n || (o->traits & (BOX_FLOATS | BOX_LINKED | BOX_WASHED | BOX_NAMED));
    if (!found && o->picture != STR_NONE && telling) add_picture(w, o, o->picture);
    o->depth = 0;
}

/* Begins an object when the element is one. */
static void begin_drawing(walker *w) {
    const xml_reader *xml = w->x->xml;
    bool object = xml->name == XML_W_drawing || xml->name == XML_W_pict ||
                  xml->name == XML_W_object || xml->name == XML_MC_AlternateContent;
    if (object) w->now = (drawing){.depth = xml->depth, .picture = STR_NONE};
}

/* w:background: a picture or pattern behind every page. A plain colour does no harm. */
static void read_background(walker *w) {
    xml_reader *xml = w->x->xml;
    uint32_t outside = xml->depth - 1;
    drawing o = {.traits = BOX_BACKGROUND | BOX_BEHIND, .picture = xml->off};
    bool picture = false;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_V_fill && xml_attr(xml, XML_NS_R, "id").p) {
            picture = true;
            name_it(&o, xml_attr(xml, XML_NS_O, "title"));
        }
        if (xml->name == XML_A_blip) picture = true;
        if (xml->name == XML_WP_docPr) note_properties(&o, xml);
    }
    o.traits |= picture ? BOX_PICTURE : 0;
    if (picture) add_picture(w, &o, o.picture);
}

/* ---- Words in odd places --------------------------------------------------------------------- */

static void add_value(walker *w, const char *kind, const char *attribute) {
    xml_reader *xml = w->x->xml;
    str raw = xml_attr_raw(xml, XML_NS_W, attribute);
    if (!raw.n) return;
    extras_add(w->x, w->part, kind, STR(""), xml_attr(xml, XML_NS_W, attribute),
               (size_t)(raw.p - xml->bytes.p), raw.n);
}

static void begin_bookmark(walker *w) {
    xml_reader *xml = w->x->xml;
    str name = xml_attr(xml, XML_NS_W, "name"), id = xml_attr(xml, XML_NS_W, "id");
    if (!name.n || name.p[0] == '_' || !id.p || w->nopen == BOOKMARKS_MAX) return;
    block *b = extras_add(w->x, w->part, "bookmark:", id, name, xml->off, 0);
    if (b) w->open[w->nopen++] = (open_bookmark){id, (uint32_t)w->x->d->nblocks - 1};
}

/* Where a bookmark ends is a span of its box. */
static void end_bookmark(walker *w) {
    xml_reader *xml = w->x->xml;
    doc *d = w->x->d;
    str id = xml_attr(xml, XML_NS_W, "id");
    for (size_t i = w->nopen; i-- > 0;) {
        if (!str_eq(w->open[i].id, id)) continue;
        span *s = arena_zalloc(d->mem, 1, sizeof *s);
        if (!s) {
            fail_memory(&d->why);
            return;
        }
        *s = (span){.part = w->part, .kind = SPAN_TEXT, .off = xml->off};
        block_more *more = d->blocks[w->open[i].block].more;
        more->spans = s;
        more->nspans = 1;
        w->open[i] = w->open[--w->nopen];
        return;
    }
}

static bool is_coloured(xml_reader *xml) {
    str value = xml_attr(xml, XML_NS_W, "val");
    return value.n && !str_eq_nocase(value, STR("auto")) && !str_eq(value, STR("000000"));
}

static void end_link(walker *w) {
    extras *x = w->x;
    enum { MOST = sizeof x->unseen / sizeof *x->unseen };
    if (!w->looks_like && w->link_id.n && x->nunseen < MOST) x->unseen[x->nunseen++] = w->link_id;
    w->link = 0;
}

static void read_start(walker *w) {
    xml_reader *xml = w->x->xml;
    switch (xml->name) {
    case XML_W_background: read_background(w); return;
    case XML_W_bookmarkStart: begin_bookmark(w); break;
    case XML_W_bookmarkEnd: end_bookmark(w); break;
    case XML_W_default: add_value(w, "default:", "val"); break;
    case XML_W_permStart:
    case XML_W_permEnd:
        extras_add(w->x, w->part, "lock:", STR("permission"), STR(""), xml->off, 0);
        break;
    case XML_W_del:
    case XML_W_moveFrom:
        if (!w->deleted) w->deleted = xml->depth;
        add_value(w, "author:", "author");
        break;
    case XML_W_ins:
    case XML_W_moveTo:
    case XML_W_comment: add_value(w, "author:", "author"); break;
    case XML_W_hyperlink:
        w->link = xml->depth;
        w->link_id = xml_attr(xml, XML_NS_R, "id");
        w->looks_like = false;
        break;
    case XML_W_rStyle:
    case XML_W_u: w->looks_like = true; break;
    case XML_W_color: w->looks_like |= is_coloured(xml); break;
    case XML_W_rt:
        if (!w->ruby) w->ruby = xml->depth;
        break;
    default: break;
    }
    if (w->now.depth)
        note_drawing(w);
    else
        begin_drawing(w);
}

static void read_end(walker *w) {
    uint32_t depth = w->x->xml->depth + 1;
    if (depth == w->ruby) w->ruby = 0;
    if (depth == w->deleted) w->deleted = 0;
    if (depth == w->link) end_link(w);
    if (w->now.depth && depth == w->now.depth) end_drawing(w);
}

static void read_text(walker *w) {
    const xml_reader *xml = w->x->xml;
    str raw = str_cut(xml->bytes, xml->off, xml->off + xml->len), text = raw;
    if ((!w->ruby && !w->deleted) || !str_trim(raw).n) return;
    char *decoded = xml->plain ? NULL : arena_alloc(w->x->d->mem, raw.n + 1);
    if (decoded) text = str_make(decoded, xml_decode(raw, xml->cdata, decoded));
    extras_add(w->x, w->part, w->ruby ? "ruby:" : "deleted:", STR(""), text, xml->off, xml->len);
}

void extras_read_story(extras *x, uint16_t part_index, enum region region) {
    doc *d = x->d;
    walker *w = arena_zalloc(d->mem, 1, sizeof *w);
    if (!w) {
        fail_memory(&d->why);
        return;
    }
    x->nunseen = 0;
    *w = (walker){.x = x, .part = part_index, .region = (uint8_t)region};
    const part *p = &d->parts[part_index];
    if (!xml_begin(x->xml, d->mem, p->name, p->bytes, &d->why)) return;
    for (xml_event e; doc_ok(d) && (e = xml_next(x->xml)) != XML_END_OF_PART;) {
        if (e == XML_START)
            read_start(w);
        else if (e == XML_END)
            read_end(w);
        else
            read_text(w);
    }
}
