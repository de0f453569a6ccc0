#include "format/docx_new/docx_images.h"

#include "ooxml/xml.h"

#include <stdlib.h>

enum { MOST_IMAGES = 100000 };

typedef struct finder {
    doc *d;
    package *package;
    docx_images *images;
    qw_error *why;
    size_t cap;
    uint32_t *media_of; /* by index in the package: 1 + index of its media; 0: none yet */
} finder;

/* What is known of the drawing that is being read. */
typedef struct drawing {
    long width, height;
    size_t picture; /* offset of the pic element; STR_NONE: not in one */
} drawing;

/* ---- Media ----------------------------------------------------------------------------------- */

/* Pictures that programs show; the rest (OLE previews without a type) is left out. */
static const char *extension_of(str type) {
    static const char *const kinds[][2] = {
        {"image/png", "png"},   {"image/jpeg", "jpeg"},   {"image/gif", "gif"},
        {"image/bmp", "bmp"},   {"image/tiff", "tiff"},   {"image/x-emf", "emf"},
        {"image/x-wmf", "wmf"}, {"image/svg+xml", "svg"}, {"image/jpg", "jpg"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq_nocase(type, str_of(kinds[i][0]))) return kinds[i][1];
    return NULL;
}

/* Index of the media of a part of the package, or -1 when it is no picture or failed. */
static long find_media(finder *f, size_t index) {
    docx_images *images = f->images;
    if (f->media_of[index]) return (long)f->media_of[index] - 1;
    docx_media m;
    if (!package_content_type(f->package, index, &m.type, f->why)) return -1;
    const char *extension = extension_of(m.type);
    m.extension = extension;
    if (!extension || !package_read(f->package, index, &m.bytes, f->why)) return -1;
    m.name = arena_printf(f->d->mem, "word/media/image%zu.%s", images->nmedia + 1, extension).p;
    if (!m.name) return fail_memory(f->why), -1;
    images->media[images->nmedia++] = m;
    f->media_of[index] = (uint32_t)images->nmedia;
    return (long)images->nmedia - 1;
}

/* ---- One part -------------------------------------------------------------------------------- */

static bool add_image(finder *f, docx_image image) {
    docx_images *images = f->images;
    if (images->n == MOST_IMAGES) return true;
    if (images->n == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 16;
        docx_image *wider = arena_alloc(f->d->mem, cap * sizeof *wider);
        if (!wider) return fail_memory(f->why);
        if (images->n) memcpy(wider, images->list, images->n * sizeof *wider);
        images->list = wider;
        f->cap = cap;
    }
    images->list[images->n++] = image;
    return true;
}

/* Enters the picture whose element stands at `off` and that a relationship names. Linked pictures,
 * which lie elsewhere, are left out. */
static bool take_picture(finder *f, str id, const relations *ties, uint32_t index,
                         const drawing *now, size_t off) {
    const relation *r = id.n ? relations_by_id(ties, id) : NULL;
    size_t found = r && !r->external ? package_find(f->package, r->target) : STR_NONE;
    if (found == STR_NONE || off == STR_NONE) return true;
    long media = find_media(f, found);
    if (media < 0) return f->why->code == QW_OK;
    return add_image(f, (docx_image){index, off, (uint32_t)media, now->width, now->height});
}

/* A length of a VML style, "width:77.5pt" or in inches, in EMU (part 4, 19.1.2.19); 0 when it is
 * neither. */
static long style_length(str style, str key) {
    enum { EMU_PER_POINT = 12700, POINTS_PER_INCH = 72 };
    str item;
    while (str_next(&style, ';', &item)) {
        if (!str_starts(item, key)) continue;
        str value = str_cut(item, key.n, item.n);
        double whole = 0, scale = 0;
        size_t i = 0;
        for (; i < value.n && i < 12; i++) {
            bool digit = value.p[i] >= '0' && value.p[i] <= '9';
            if (!digit && (value.p[i] != '.' || scale > 0)) break;
            if (digit) whole = whole * 10 + (value.p[i] - '0');
            scale = digit ? scale * 10 : 1;
        }
        str unit = str_cut(value, i, value.n);
        double points =
            (scale > 1 ? whole / scale : whole) * (str_eq(unit, STR("in")) ? POINTS_PER_INCH : 1);
        bool known = str_eq(unit, STR("pt")) || str_eq(unit, STR("in"));
        return known && points < 100000 ? (long)(points * EMU_PER_POINT) : 0;
    }
    return 0;
}

static bool read_element(finder *f, xml_reader *xml, const relations *ties, uint32_t index,
                         drawing *now) {
    switch (xml->name) {
    case XML_WP_inline:
    case XML_WP_anchor: *now = (drawing){.picture = STR_NONE}; return true;
    case XML_WP_extent:
        now->width = xml_attr_int(xml, XML_NS_NONE, "cx", 0);
        now->height = xml_attr_int(xml, XML_NS_NONE, "cy", 0);
        return true;
    case XML_PIC_pic: now->picture = xml->off; return true;
    case XML_A_blip: /* 20.1.8.13 */
        return take_picture(f, xml_attr(xml, XML_NS_R, "embed"), ties, index, now, now->picture);
    case XML_V_shape: {
        str style = xml_attr(xml, XML_NS_NONE, "style");
        now->width = style_length(style, STR("width:"));
        now->height = style_length(style, STR("height:"));
        return true;
    }
    case XML_V_imagedata:
        return take_picture(f, xml_attr(xml, XML_NS_R, "id"), ties, index, now, xml->off);
    default: return true;
    }
}

static bool read_part(finder *f, uint32_t index) {
    const part *p = &f->d->parts[index];
    relations ties;
    xml_reader *xml = arena_zalloc(f->d->mem, 1, sizeof *xml);
    if (!xml) return fail_memory(f->why);
    xml->deepest = XML_DEPTH_MAX; /* the part was read with its limit */
    if (!package_relations(f->package, p->name, &ties, f->why)) return false;
    if (!xml_begin(xml, f->d->mem, p->name, p->bytes, f->why)) return false;
    drawing now = {.picture = STR_NONE};
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;)
        if (e == XML_START && !read_element(f, xml, &ties, index, &now)) return false;
    return !xml->failed;
}

/* ---- All ------------------------------------------------------------------------------------- */

/* Marks the parts that hold pictures in blocks that stand. */
static bool mark_parts(const doc *d, bool *wanted) {
    bool any = false;
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        for (size_t k = 0; block_stands(b) && b->more && k < b->more->nspans; k++) {
            const span *s = &b->more->spans[k];
            if (s->kind == SPAN_IMAGE && s->part < d->nparts) any = wanted[s->part] = true;
        }
    }
    return any;
}

bool docx_images_find(doc *d, package *p, docx_images *images, qw_error *why) {
    *images = (docx_images){0};
    qw_error own = {0};
    if (!why) why = &own;
    bool *wanted = arena_zalloc(d->mem, d->nparts + 1, sizeof *wanted);
    if (!wanted) return fail_memory(why);
    if (!p || !mark_parts(d, wanted)) return true;
    finder f = {.d = d, .package = p, .images = images, .why = why};
    f.media_of = arena_zalloc(d->mem, package_count(p) + 1, sizeof *f.media_of);
    images->media = arena_zalloc(d->mem, package_count(p) + 1, sizeof *images->media);
    if (!f.media_of || !images->media) return fail_memory(why);
    for (uint32_t i = 0; i < d->nparts; i++)
        if (wanted[i] && !read_part(&f, i)) return false;
    return true;
}

static int by_place(const void *key, const void *entry) {
    const span *s = key;
    const docx_image *image = entry;
    if (s->part != image->part) return s->part < image->part ? -1 : 1;
    return (s->off > image->off) - (s->off < image->off);
}

const docx_image *docx_image_of(const docx_images *images, const span *s) {
    if (!images || !images->n || s->kind != SPAN_IMAGE) return NULL;
    return bsearch(s, images->list, images->n, sizeof *images->list, by_place);
}
