/* prune_markers: ranges that begin in one place and end in another (ECMA-376 part 1, 17.13):
 * bookmarks, comments, permissions, moves, tracked changes of custom XML. */
#include "ooxml/prune_parts.h"

/* The kind of range that an element is an end of; 0 for others. */
static uint8_t kind_of(uint16_t name, bool *start) {
    *start = true;
    switch (name) {
    case XML_W_bookmarkEnd: *start = false; return 1;
    case XML_W_bookmarkStart: return 1;
    case XML_W_commentRangeEnd: *start = false; return 2;
    case XML_W_commentRangeStart: return 2;
    case XML_W_permEnd: *start = false; return 3;
    case XML_W_permStart: return 3;
    case XML_W_moveFromRangeEnd: *start = false; return 4;
    case XML_W_moveFromRangeStart: return 4;
    case XML_W_moveToRangeEnd: *start = false; return 5;
    case XML_W_moveToRangeStart: return 5;
    case XML_W_customXmlInsRangeEnd: *start = false; return 6;
    case XML_W_customXmlInsRangeStart: return 6;
    case XML_W_customXmlDelRangeEnd: *start = false; return 7;
    case XML_W_customXmlDelRangeStart: return 7;
    default: return 0;
    }
}

void markers_note(pruner *p) {
    const xml_reader *xml = p->xml;
    bool starts;
    uint8_t kind = kind_of(xml->name, &starts);
    if (!kind || p->to->failed) return;
    if (p->nmarkers == p->markers_cap) {
        size_t cap = p->markers_cap ? 2 * p->markers_cap : 64;
        marker *wider = arena_zalloc(p->mem, cap, sizeof *wider);
        if (!wider) {
            p->to->failed = true;
            return;
        }
        if (p->nmarkers) memcpy(wider, p->markers, p->nmarkers * sizeof *wider);
        p->markers = wider;
        p->markers_cap = cap;
    }
    str id = xml_attr(p->xml, XML_NS_W, "id");
    p->markers[p->nmarkers++] = (marker){xml->off, xml->len, id, kind, starts};
}

static int by_range(const void *x, const void *y) {
    const marker *a = x, *b = y;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    int order = str_cmp(a->id, b->id);
    if (order) return order;
    return (a->off > b->off) - (a->off < b->off);
}

static int by_place(const void *x, const void *y) {
    const marker *a = x, *b = y;
    return (a->off > b->off) - (a->off < b->off);
}

static bool same_range(const marker *a, const marker *b) {
    return a->kind == b->kind && a->start && !b->start && str_eq(a->id, b->id);
}

static size_t first_from(const pruner *p, size_t off) {
    size_t low = 0, high = p->nmarkers;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (p->markers[middle].off < off)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The markers of list that have no partner in it, in order of place; returns how many. */
static size_t unpaired(marker *list, size_t n) {
    size_t left = 0;
    qsort(list, n, sizeof *list, by_range);
    for (size_t i = 0; i < n; i++)
        if (i + 1 < n && same_range(&list[i], &list[i + 1]))
            i++;
        else
            list[left++] = list[i];
    qsort(list, left, sizeof *list, by_place);
    return left;
}

/* These elements are empty and written in one tag; one written in two is closed here. */
str markers_left(pruner *p, size_t off) {
    size_t first = first_from(p, off), n = p->nmarkers - first, size = 0;
    if (!n) return STR("");
    marker *list = arena_alloc(p->mem, n * sizeof *list);
    if (list) memcpy(list, p->markers + first, n * sizeof *list);
    size_t left = list ? unpaired(list, n) : 0;
    for (size_t i = 0; i < left; i++) size += list[i].len + 1;
    char *text = list && size ? arena_alloc(p->mem, size) : NULL;
    if (!list || (size && !text)) return p->to->failed = true, STR("");
    size = 0;
    for (size_t i = 0; i < left; i++) {
        str tag = str_cut(p->xml->bytes, list[i].off, list[i].off + list[i].len);
        bool closed = str_ends(tag, STR("/>"));
        size_t body = closed ? tag.n : tag.n - 1;
        memcpy(text + size, tag.p, body);
        size += body;
        if (!closed) text[size++] = '/', text[size++] = '>';
    }
    return str_make(text, size);
}
