/* docx_comments: what newer programs keep of comments in parts of their own ([MS-DOCX] 2.5.4.2,
 * 2.5.4.5 and 2.5.4.6: commentsExtended, commentsIds, commentsExtensible) goes with a comment. The
 * first two name it by the id of its last paragraph, the third by an id that the second gives. */
#include "format/docx_edit/docx_plan.h"

#include <stdlib.h>

typedef struct keys {
    str *list;
    size_t n, room;
} keys;

static void add_key(keys *k, str key) {
    if (key.n && k->n < k->room) k->list[k->n++] = key;
}

static bool is_key(const keys *k, str value) {
    for (size_t i = 0; i < k->n; i++)
        if (str_eq_nocase(k->list[i], value)) return true;
    return false;
}

/* The value of an attribute of the element just started, whatever its prefix. */
static str attribute(const xml_reader *xml, const char *local) {
    for (size_t i = 0; i < xml->nattributes; i++)
        if (str_eq(xml_local(xml->attributes[i].name), str_of(local)))
            return xml->attributes[i].value;
    return STR("");
}

static int by_bytes(const void *x, const void *y) {
    return str_cmp(*(const str *)x, *(const str *)y);
}

static bool is_dead(const docx_plan *plan, dead_notes dead, str id) {
    str key = arena_join(plan->mem, STR("c"), id);
    return key.p && dead.n && bsearch(&key, dead.ids, dead.n, sizeof *dead.ids, by_bytes);
}

/* Gathers the ids of the last paragraphs of the comments that go. */
static bool gather(docx_plan *plan, const part *comments, dead_notes dead, xml_reader *xml,
                   keys *k) {
    bool dying = false;
    str last = STR("");
    if (!xml_begin(xml, plan->mem, comments->name, comments->bytes, plan->why)) return false;
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e == XML_START && xml->name == XML_W_comment) {
            dying = is_dead(plan, dead, xml_attr(xml, XML_NS_W, "id"));
            last = STR("");
        } else if (e == XML_START && xml->name == XML_W_p) {
            last = attribute(xml, "paraId");
        } else if (e == XML_END && xml->name == XML_W_comment && dying) {
            add_key(k, last);
            dying = false;
        }
    }
    return !xml->failed;
}

/* Cuts the entries of a part that an attribute names; their other ids, if asked for, are gathered.
 */
static bool cut_entries(docx_plan *plan, str name, xml_reader *xml, const char *by, const keys *k,
                        keys *other) {
    part_plan *p = docx_plan_open(plan, name);
    if (!p || !xml_begin(xml, plan->mem, name, p->text, plan->why)) return false;
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START || xml->depth != 2) continue;
        size_t off = xml->off;
        bool goes = is_key(k, attribute(xml, by));
        if (goes && other) add_key(other, attribute(xml, "durableId"));
        if (!xml_skip(xml)) break;
        if (goes) splice_cut(&p->cuts, off, xml->off + xml->len - off, STR(""));
    }
    return !xml->failed;
}

/* The name of the part that the main part has of a kind; empty when it has none. */
static str part_of(const docx_plan *plan, const relations *main, const char *type) {
    const relation *r = relations_find(main, type);
    bool there = r && !r->external && package_find(plan->package, r->target) != STR_NONE;
    return there ? r->target : STR("");
}

static bool cut_everywhere(docx_plan *plan, xml_reader *xml, const keys *paragraphs, keys *ids) {
    relations main;
    size_t index;
    if (!package_main(plan->package, &index, plan->why) ||
        !package_relations(plan->package, package_at(plan->package, index)->name, &main, plan->why))
        return false;
    str extended = part_of(plan, &main, "commentsExtended");
    str named = part_of(plan, &main, "commentsIds");
    str extensible = part_of(plan, &main, "commentsExtensible");
    return (!extended.n || cut_entries(plan, extended, xml, "paraId", paragraphs, NULL)) &&
           (!named.n || cut_entries(plan, named, xml, "paraId", paragraphs, ids)) &&
           (!extensible.n || cut_entries(plan, extensible, xml, "durableId", ids, NULL));
}

bool docx_comments(docx_plan *plan, dead_notes dead) {
    const doc *d = plan->d;
    const part *comments = NULL;
    for (size_t i = 0; i < d->nblocks && dead.n && !comments; i++)
        if (d->blocks[i].region == REGION_COMMENT) comments = &d->parts[d->blocks[i].part];
    if (!comments) return true;
    xml_reader *xml = arena_zalloc(plan->mem, 1, sizeof *xml);
    str *room = arena_zalloc(plan->mem, 2 * dead.n, sizeof *room);
    if (!xml || !room) return fail_memory(plan->why);
    xml->deepest = XML_DEPTH_MAX;
    keys paragraphs = {room, 0, dead.n}, ids = {room + dead.n, 0, dead.n};
    if (!gather(plan, comments, dead, xml, &paragraphs)) return false;
    return !paragraphs.n || cut_everywhere(plan, xml, &paragraphs, &ids);
}
