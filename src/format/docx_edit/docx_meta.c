/* docx_meta: edits of what docx_extras.h lists, turned into wishes: values are emptied or
 * exchanged, elements go, links lose their target, and what refers to a relationship that goes,
 * goes too. */
#include "format/docx_edit/docx_plan.h"

#include <stdlib.h>

/* What is done to elements that refer to a relationship. */
enum reference_way { REFERENCE_UNLINK, REFERENCE_GOES };

typedef struct reference {
    uint16_t part; /* index into d->parts */
    uint8_t way;   /* enum reference_way */
    str id;
} reference;

typedef struct meta {
    docx_plan *plan;
    wishes *wishes; /* by index into d->parts */
    reference *references;
    size_t nreferences;
    bool *custom; /* by index into d->parts: a custom property goes */
} meta;

static bool is_kind(str link, const char *kind, str *name) {
    str head = str_of(kind);
    if (!str_starts(link, head)) return false;
    *name = str_cut(link, head.n, link.n);
    return true;
}

/* "hyperlink:rId5" is rId5. */
static str id_of(str name) {
    size_t colon = str_find_byte(name, ':', 0);
    return colon == STR_NONE ? name : str_cut(name, colon + 1, name.n);
}

static void refer(meta *m, const block *b, enum reference_way way, str id) {
    m->references[m->nreferences++] = (reference){b->part, (uint8_t)way, id};
}

/* A relationship that no element refers to: it is taken out of the list itself. */
static bool drop_silent(const meta *m, const block *b, str name) {
    static const char *const types[] = {
        "vbaProject:", "attachedToolbars:", "glossaryDocument:", "customXml:"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_starts(name, str_of(types[i])))
            return docx_drop_relation(m->plan, m->plan->d->parts[b->part].name, id_of(name));
    return true;
}

/* A box that was dropped. False after a failure. */
static bool drop(meta *m, const block *b) {
    wishes *w = &m->wishes[b->part];
    str link = b->more->link, name;
    if (is_kind(link, "variable:", &name) || is_kind(link, "lock:", &name)) {
        wishes_add(w, WISH_ELEMENT, b->off, 0, STR(""));
    } else if (is_kind(link, "bookmark:", &name)) {
        wishes_add(w, WISH_ELEMENT, b->off, 0, STR(""));
        if (b->more->nspans) wishes_add(w, WISH_ELEMENT, b->more->spans[0].off, 0, STR(""));
    } else if (str_eq(link, STR("link:field")) || str_eq(link, STR("active:field"))) {
        wishes_add(w, WISH_UNFIELD, b->off, 0, STR(""));
    } else if (is_kind(link, "link:", &name)) {
        refer(m, b, REFERENCE_UNLINK, name);
    } else if (is_kind(link, "external:", &name) || is_kind(link, "active:", &name) ||
               is_kind(link, "part:", &name)) {
        refer(m, b, REFERENCE_GOES, id_of(name));
        return drop_silent(m, b, name);
    } else if (is_kind(link, "chunk:", &name)) {
        refer(m, b, REFERENCE_GOES, name);
    } else {
        wishes_add(w, WISH_TEXT, b->off, b->len, STR(""));
    }
    return true;
}

/* ---- References ------------------------------------------------------------------------------ */

static int by_part(const void *x, const void *y) {
    const reference *a = x, *b = y;
    if (a->part != b->part) return a->part < b->part ? -1 : 1;
    return str_cmp(a->id, b->id);
}

/* An element with an attribute that names the relationship. */
static void wish_for_reference(wishes *w, const xml_reader *xml, const reference *r) {
    bool unlink = r->way == REFERENCE_UNLINK;
    switch (xml->name) {
    case XML_W_hyperlink:
        if (unlink) wishes_add(w, WISH_UNWRAP, xml->off, 0, STR(""));
        break;
    case XML_A_blip:
    case XML_V_imagedata:
    case XML_V_fill:
        if (!unlink) wishes_add(w, WISH_OBJECT, xml->off, 0, STR(""));
        break;
    case XML_O_OLEObject:
    case XML_W_attachedTemplate:
    case XML_W_altChunk:
    case XML_W_control:
    case XML_W_subDoc:
        if (!unlink) wishes_add(w, WISH_ELEMENT, xml->off, 0, STR(""));
        break;
    default: break;
    }
}

static const reference *find_reference(const reference *list, size_t n, str id) {
    reference key = {.part = list->part, .id = id};
    return n ? bsearch(&key, list, n, sizeof *list, by_part) : NULL;
}

/* Looks through a part for what refers to the n relationships of it. */
static bool wish_for_references(meta *m, const reference *list, size_t n) {
    docx_plan *plan = m->plan;
    const part *p = &plan->d->parts[list->part];
    xml_reader *xml = arena_zalloc(plan->mem, 1, sizeof *xml);
    if (!xml) return fail_memory(plan->why);
    xml->deepest = XML_DEPTH_MAX; /* it was read with its limit */
    if (!xml_begin(xml, plan->mem, p->name, p->bytes, plan->why)) return false;
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;)
        for (size_t i = 0; e == XML_START && i < xml->nattributes; i++) {
            const reference *r = find_reference(list, n, xml->attributes[i].value);
            if (r) wish_for_reference(&m->wishes[list->part], xml, r);
        }
    return !xml->failed;
}

static bool wish_for_all_references(meta *m) {
    if (m->nreferences) qsort(m->references, m->nreferences, sizeof *m->references, by_part);
    for (size_t i = 0, end; i < m->nreferences; i = end) {
        end = i + 1;
        while (end < m->nreferences && m->references[end].part == m->references[i].part) end++;
        if (!wish_for_references(m, &m->references[i], end - i)) return false;
    }
    return true;
}

/* ---- Custom properties ----------------------------------------------------------------------- */

/* The reader makes paragraphs of properties. A core property may be empty; a custom one goes. */
static void drop_property(meta *m, const block *b) {
    str name;
    if (block_stands(b) || !is_kind(b->more->link, "custom:", &name)) return;
    wishes_add(&m->wishes[b->part], WISH_ELEMENT, b->off, 0, STR(""));
    m->custom[b->part] = true;
}

/* The part goes when its last property goes. */
static bool drop_empty_custom(meta *m) {
    doc *d = m->plan->d;
    for (size_t k = 0; k < d->nparts; k++) {
        bool left = false;
        str name;
        for (size_t i = 0; i < d->nblocks && m->custom[k]; i++) {
            const block *b = &d->blocks[i];
            left |= b->region == REGION_META && b->part == k && b->more && block_stands(b) &&
                    is_kind(b->more->link, "custom:", &name);
        }
        if (!m->custom[k] || left) continue;
        relations all;
        if (!package_relations(m->plan->package, STR(""), &all, m->plan->why)) return false;
        for (size_t i = 0; i < all.n; i++)
            if (str_eq_nocase(all.list[i].target, d->parts[k].name) &&
                !docx_drop_relation(m->plan, STR(""), all.list[i].id))
                return false;
    }
    return true;
}

bool docx_meta(docx_plan *plan, wishes *w) {
    doc *d = plan->d;
    meta m = {.plan = plan, .wishes = w};
    m.references = arena_zalloc(plan->mem, d->nblocks + 1, sizeof *m.references);
    m.custom = arena_zalloc(plan->mem, d->nparts + 1, sizeof *m.custom);
    if (!m.references || !m.custom) return fail_memory(plan->why);
    for (size_t i = 0; i < d->nblocks; i++) {
        const block *b = &d->blocks[i];
        if (b->region != REGION_META || b->part >= d->nparts || !b->more) continue;
        if (b->kind == BLOCK_PARAGRAPH) {
            drop_property(&m, b);
        } else if (!block_stands(b)) {
            if (!drop(&m, b)) return false;
        } else if (b->more->npieces && b->len) {
            wishes_add(&w[b->part], WISH_TEXT, b->off, b->len, docx_as_xml(plan->mem, b->text));
        }
    }
    return wish_for_all_references(&m) && drop_empty_custom(&m);
}
