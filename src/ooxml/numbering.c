/* numbering: reads the part. */
#include "ooxml/numbering_parts.h"

#include <stdlib.h>

enum { LINKS_MAX = 10 };

/* ---- Levels ---------------------------------------------------------------------------------- */

static void read_format(xml_reader *xml, list_level *to) {
    to->format = numeral_find(xml_attr(xml, XML_NS_W, "val"));
    to->custom = str_eq(xml_attr(xml, XML_NS_W, "val"), STR("custom"))
                     ? xml_attr(xml, XML_NS_W, "format")
                     : (str){NULL, 0};
}

/* After XML_START of w:lvl. Word 2010's formats stand in an mc:Choice; the Fallback is for those
 * who do not know them. */
static bool read_level(xml_reader *xml, list_level *to) {
    uint32_t outside = xml->depth - 1;
    *to = (list_level){.restart = -1};
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        switch (xml->name) {
        case XML_W_start: to->start = xml_attr_int(xml, XML_NS_W, "val", 0); break;
        case XML_W_numFmt: read_format(xml, to); break;
        case XML_W_lvlText: to->text = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_lvlRestart: to->restart = xml_attr_int(xml, XML_NS_W, "val", -1); break;
        case XML_W_isLgl: to->legal = xml_attr_on(xml); break;
        case XML_W_pStyle: to->style = xml_attr(xml, XML_NS_W, "val"); break;
        case XML_W_rFonts: to->font = xml_attr(xml, XML_NS_W, "ascii"); break;
        case XML_MC_Fallback: xml_skip(xml); break;
        default: break;
        }
    }
    return !xml->failed;
}

static bool new_level(xml_reader *xml, list_level **levels, long index) {
    if (index < 0 || index >= NUMBERING_LEVELS) return xml_skip(xml);
    list_level *level = arena_zalloc(xml->mem, 1, sizeof *level);
    if (!level) return xml->failed = true, fail_memory(xml->why);
    levels[index] = level;
    return read_level(xml, level);
}

/* ---- Definitions ----------------------------------------------------------------------------- */

static void read_abstract(xml_reader *xml, abstract_list *to) {
    uint32_t outside = xml->depth - 1;
    *to = (abstract_list){.id = xml_attr(xml, XML_NS_W, "abstractNumId")};
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_W_styleLink) to->style_link = xml_attr(xml, XML_NS_W, "val");
        if (xml->name == XML_W_numStyleLink) to->num_style_link = xml_attr(xml, XML_NS_W, "val");
        if (xml->name == XML_W_lvl)
            new_level(xml, to->levels, xml_attr_int(xml, XML_NS_W, "ilvl", -1));
    }
}

static void read_override(xml_reader *xml, list_instance *to) {
    uint32_t outside = xml->depth - 1;
    long index = xml_attr_int(xml, XML_NS_W, "ilvl", -1);
    bool known = index >= 0 && index < NUMBERING_LEVELS;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_W_startOverride && known)
            to->start[index] = xml_attr_int(xml, XML_NS_W, "val", -1);
        if (xml->name == XML_W_lvl) new_level(xml, to->levels, index);
    }
}

static void read_instance(xml_reader *xml, list_instance *to) {
    uint32_t outside = xml->depth - 1;
    *to = (list_instance){.id = xml_attr_int(xml, XML_NS_W, "numId", -1), .abstract = STR_NONE};
    for (int i = 0; i < NUMBERING_LEVELS; i++) to->start[i] = -1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_W_abstractNumId) to->abstract_id = xml_attr(xml, XML_NS_W, "val");
        if (xml->name == XML_W_lvlOverride) read_override(xml, to);
    }
}

/* Each definition and each w:num carries its id in an attribute of this name. */
static size_t count_of(str bytes, str attribute) {
    size_t n = 0;
    for (size_t at = 0; (at = str_find(bytes, attribute, at)) != STR_NONE; at += attribute.n) n++;
    return n;
}

static bool read_all(numbering *n, xml_reader *xml) {
    size_t abstracts = count_of(xml->bytes, STR("abstractNumId"));
    size_t instances = count_of(xml->bytes, STR("numId"));
    n->abstracts = arena_zalloc(xml->mem, abstracts, sizeof *n->abstracts);
    n->instances = arena_zalloc(xml->mem, instances, sizeof *n->instances);
    if (!n->abstracts || !n->instances) return fail_memory(xml->why);
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START) continue;
        if (xml->name == XML_W_abstractNum && n->nabstracts < abstracts)
            read_abstract(xml, &n->abstracts[n->nabstracts++]);
        else if (xml->name == XML_W_num && n->ninstances < instances)
            read_instance(xml, &n->instances[n->ninstances++]);
    }
    return !xml->failed;
}

/* ---- Links between definitions --------------------------------------------------------------- */

static int compare_instances(const void *a, const void *b) {
    const list_instance *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* Definitions sorted by what `key` picks, to find them by it. */
typedef struct by_key {
    str key;
    size_t index;
} by_key;

static int compare_keys(const void *a, const void *b) {
    const by_key *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static size_t find_key(const by_key *list, size_t n, str key) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (str_cmp(list[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return key.p && low < n && str_eq(list[low].key, key) ? list[low].index : STR_NONE;
}

static const list_instance *find_instance(const numbering *n, long id) {
    list_instance key = {.id = id};
    if (!n->ninstances) return NULL;
    return bsearch(&key, n->instances, n->ninstances, sizeof key, compare_instances);
}

static bool has_levels(const abstract_list *a) {
    for (int i = 0; i < NUMBERING_LEVELS; i++)
        if (a->levels[i]) return true;
    return false;
}

typedef struct links {
    const numbering *n;
    const styles *s;
    by_key *ids, *styles;
} links;

/* The definition of a w:num, w:numStyleLink followed as far as it leads. */
static size_t follow(const links *l, const list_instance *instance) {
    size_t abstract = STR_NONE;
    for (int i = 0; i < LINKS_MAX && instance; i++) {
        size_t next = find_key(l->ids, l->n->nabstracts, instance->abstract_id);
        if (next == STR_NONE) return abstract;
        const abstract_list *a = &l->n->abstracts[next];
        abstract = next;
        if (!a->num_style_link.p || has_levels(a)) return abstract;
        size_t linked = find_key(l->styles, l->n->nabstracts, a->num_style_link);
        if (linked != STR_NONE) abstract = linked;
        const style *link = styles_find(l->s, a->num_style_link);
        long id = link ? link->num_id : -1;
        instance = id >= 0 && id != instance->id ? find_instance(l->n, id) : NULL;
    }
    return abstract;
}

static bool resolve_links(numbering *n, arena *mem, const styles *s, qw_error *why) {
    links l = {.n = n, .s = s};
    l.ids = arena_zalloc(mem, n->nabstracts, sizeof *l.ids);
    l.styles = arena_zalloc(mem, n->nabstracts, sizeof *l.styles);
    if (!l.ids || !l.styles) return fail_memory(why);
    for (size_t i = 0; i < n->nabstracts; i++) {
        l.ids[i] = (by_key){n->abstracts[i].id, i};
        l.styles[i] = (by_key){n->abstracts[i].style_link, i};
    }
    if (n->nabstracts) {
        qsort(l.ids, n->nabstracts, sizeof *l.ids, compare_keys);
        qsort(l.styles, n->nabstracts, sizeof *l.styles, compare_keys);
    }
    if (n->ninstances) qsort(n->instances, n->ninstances, sizeof *n->instances, compare_instances);
    for (size_t i = 0; i < n->ninstances; i++)
        n->instances[i].abstract = follow(&l, &n->instances[i]);
    return true;
}

numbering *numbering_read(arena *mem, str part, str bytes, const styles *s, qw_error *why) {
    numbering *n = arena_zalloc(mem, 1, sizeof *n);
    xml_reader *xml = n ? arena_zalloc(mem, 1, sizeof *xml) : NULL;
    if (!xml) return fail_memory(why), NULL;
    if (bytes.n == 0) return n;
    bool ok =
        xml_begin(xml, mem, part, bytes, why) && read_all(n, xml) && resolve_links(n, mem, s, why);
    return ok ? n : NULL;
}
