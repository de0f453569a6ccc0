/* docx_shading: white text on a dark ground can be read. The reader calls white text faint, for it
 * does not look at grounds; here the word is taken back where a run, paragraph, cell or their style
 * has a shading or highlight. Where the ground is not known, in text boxes and in tables with a
 * style, it is taken to be dark. */
#include "format/docx_read/docx_extras.h"

#include <stdlib.h>

enum { TINY = 4, STYLES_MAX = 256 }; /* TINY: half-points, cannot be read on any ground */

typedef struct range {
    size_t from, to;
} range;

typedef struct shading {
    extras *x;
    range *ranges;
    size_t n, cap;
    size_t start[XML_DEPTH_MAX + 2];
    bool shaded[XML_DEPTH_MAX + 2];
    uint16_t name[XML_DEPTH_MAX + 2];
    str styles[STYLES_MAX]; /* ids of those with a shading */
    size_t nstyles;
} shading;

static bool is_dark(xml_reader *xml) {
    str fill = xml_attr(xml, XML_NS_W, "fill"), value = xml_attr(xml, XML_NS_W, "val");
    if (xml->name == XML_W_highlight)
        return value.n && !str_eq(value, STR("none")) && !str_eq(value, STR("white"));
    if (xml_attr(xml, XML_NS_W, "themeFill").n || str_eq(value, STR("solid"))) return true;
    return fill.n && !str_eq_nocase(fill, STR("auto")) && !str_eq_nocase(fill, STR("FFFFFF"));
}

/* Styles with a shading of their own. */
static void read_styles(shading *s, const relations *main) {
    doc *d = s->x->d;
    const relation *r = relations_find(main, "styles");
    size_t i = r && !r->external ? package_find(s->x->package, r->target) : STR_NONE;
    str bytes, text, id = {NULL, 0};
    bool transcoded;
    xml_reader *xml = s->x->xml;
    if (i == STR_NONE || !package_read(s->x->package, i, &bytes, &d->why) ||
        !xml_utf8(d->mem, r->target, bytes, &text, &transcoded, &d->why) ||
        !xml_begin(xml, d->mem, r->target, text, &d->why))
        return;
    for (xml_event e; doc_ok(d) && (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START) continue;
        if (xml->name == XML_W_style) id = xml_attr(xml, XML_NS_W, "styleId");
        bool marks = xml->name == XML_W_shd || xml->name == XML_W_highlight;
        if (marks && id.n && s->nstyles < STYLES_MAX && is_dark(xml)) s->styles[s->nstyles++] = id;
    }
}

static bool is_shaded_style(const shading *s, str id) {
    for (size_t i = 0; i < s->nstyles; i++)
        if (str_eq(s->styles[i], id)) return true;
    return false;
}

static bool may_be_shaded(uint16_t name) {
    return name == XML_W_r || name == XML_W_p || name == XML_W_tc || name == XML_W_tbl;
}

static void shade_around(shading *s, uint32_t depth) {
    for (uint32_t i = depth; i > 0; i--)
        if (may_be_shaded(s->name[i])) {
            s->shaded[i] = true;
            return;
        }
}

static void start(shading *s) {
    xml_reader *xml = s->x->xml;
    uint32_t depth = xml->depth;
    s->start[depth] = xml->off;
    s->name[depth] = xml->name;
    s->shaded[depth] = xml->name == XML_W_txbxContent;
    switch (xml->name) {
    case XML_W_shd:
    case XML_W_highlight:
        if (is_dark(xml)) shade_around(s, depth);
        break;
    case XML_W_tblStyle: shade_around(s, depth); break;
    case XML_W_pStyle:
    case XML_W_rStyle:
        if (is_shaded_style(s, xml_attr(xml, XML_NS_W, "val"))) shade_around(s, depth);
        break;
    default: break;
    }
}

static void add_range(shading *s, size_t from, size_t to) {
    if (s->n == s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 64;
        range *wider = arena_zalloc(s->x->d->mem, cap, sizeof *wider);
        if (!wider) {
            fail_memory(&s->x->d->why);
            return;
        }
        if (s->n) memcpy(wider, s->ranges, s->n * sizeof *wider);
        s->ranges = wider;
        s->cap = cap;
    }
    while (s->n && s->ranges[s->n - 1].from >= from) s->n--; /* those within */
    s->ranges[s->n++] = (range){from, to};
}

static bool is_in_range(const shading *s, size_t off) {
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->ranges[middle].to <= off)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->n && s->ranges[low].from <= off;
}

static void clear_faint(shading *s, uint16_t part_index) {
    doc *d = s->x->d;
    for (size_t i = 0; i < d->nblocks; i++) {
        block_more *more = d->blocks[i].part == part_index ? d->blocks[i].more : NULL;
        for (size_t k = 0; more && k < more->nspans; k++) {
            span *one = &more->spans[k];
            bool tiny = one->size && one->size <= TINY;
            if (one->flags & SPAN_FAINT && !tiny && is_in_range(s, one->off))
                one->flags &= (uint8_t)~SPAN_FAINT;
        }
    }
}

static void look_at_part(shading *s, uint16_t part_index) {
    doc *d = s->x->d;
    xml_reader *xml = s->x->xml;
    const part *p = &d->parts[part_index];
    s->n = 0;
    if (!xml_begin(xml, d->mem, p->name, p->bytes, &d->why)) return;
    for (xml_event e; doc_ok(d) && (e = xml_next(xml)) != XML_END_OF_PART;) {
        uint32_t depth = xml->depth + 1;
        if (e == XML_START)
            start(s);
        else if (e == XML_END && s->shaded[depth])
            add_range(s, s->start[depth], xml->off + xml->len);
    }
    if (doc_ok(d)) clear_faint(s, part_index);
}

void extras_read_shading(extras *x, const relations *main) {
    doc *d = x->d;
    shading *s = NULL;
    bool *faint = arena_zalloc(d->mem, d->nparts + 1, sizeof *faint);
    for (size_t i = 0; faint && i < d->nblocks; i++) {
        const block_more *more = d->blocks[i].more;
        for (size_t k = 0; more && k < more->nspans; k++)
            if (more->spans[k].flags & SPAN_FAINT) faint[d->blocks[i].part] = true;
    }
    for (size_t i = 0; faint && i < d->nparts && doc_ok(d); i++) {
        if (!faint[i]) continue;
        if (!s) {
            s = arena_zalloc(d->mem, 1, sizeof *s);
            if (!s) break;
            s->x = x;
            read_styles(s, main);
        }
        if (doc_ok(d)) look_at_part(s, (uint16_t)i);
    }
    if (arena_failed(d->mem)) fail_memory(&d->why);
}
