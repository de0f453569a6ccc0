/* prune_mirror: the two copies of a text box in mc:AlternateContent (ECMA-376 part 3, 10.2.1), one
 * in DrawingML for new programs and one in VML for old ones. What a wish does in the one copy must
 * be done in the other. The copies hold the same paragraphs, text and marks in the same order. */
#include "ooxml/prune_parts.h"

/* A place where a wish may stand. */
typedef struct item {
    size_t off, len;
    bool tag;
    uint16_t name;
} item;

typedef struct copy {
    size_t start, end; /* of mc:Choice or mc:Fallback; end 0: none */
    item *items;
    size_t n, cap;
} copy;

typedef struct mirror {
    arena *mem;
    xml_reader *xml;
    wishes *wishes;
    size_t given;      /* wishes of the caller's */
    uint32_t depth;    /* of the outermost mc:AlternateContent; 0: none is open */
    uint32_t in_boxes; /* depth of the outermost w:txbxContent; 0: none */
    uint32_t in_text;  /* depth of the open w:t; 0: none */
    copy choice, fallback;
    copy *now;
    bool failed;
} mirror;

static void add_item(mirror *m, bool tag) {
    copy *c = m->now;
    if (!c || !m->in_boxes || m->failed) return;
    if (c->n == c->cap) {
        size_t cap = c->cap ? 2 * c->cap : 64;
        item *wider = arena_zalloc(m->mem, cap, sizeof *wider);
        if (!wider) {
            m->failed = true;
            return;
        }
        if (c->n) memcpy(wider, c->items, c->n * sizeof *wider);
        c->items = wider;
        c->cap = cap;
    }
    c->items[c->n++] =
        (item){m->xml->off, m->xml->len, tag, (uint16_t)(tag ? m->xml->name : XML_OTHER)};
}

/* The first wish of the caller's at or after a byte. */
static size_t first_wish(const mirror *m, size_t off) {
    size_t low = 0, high = m->given;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->wishes->list[middle].off < off)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool are_copies(const mirror *m) {
    const copy *a = &m->choice, *b = &m->fallback;
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++) {
        const item *x = &a->items[i], *y = &b->items[i];
        if (x->tag != y->tag || x->name != y->name) return false;
        if (!x->tag && !str_eq(str_cut(m->xml->bytes, x->off, x->off + x->len),
                               str_cut(m->xml->bytes, y->off, y->off + y->len)))
            return false;
    }
    return true;
}

/* The last item that starts at or before off, at or after *i; moves *i on to it. */
static const item *item_at(const copy *c, size_t off, size_t *i) {
    while (*i + 1 < c->n && c->items[*i + 1].off <= off) ++*i;
    return *i < c->n && c->items[*i].off <= off ? &c->items[*i] : NULL;
}

/* A shape that goes out of a group: which one it is in the other copy is not known. */
static bool takes_shapes(const mirror *m, size_t first) {
    for (size_t k = first; k < m->given && m->wishes->list[k].off < m->choice.end; k++)
        if (m->wishes->list[k].kind == WISH_OBJECT) return true;
    return false;
}

/* Both copies are read. */
static void settle(mirror *m) {
    size_t first = first_wish(m, m->choice.start), i = 0;
    bool any = first < m->given && m->wishes->list[first].off < m->choice.end;
    if (!any || !m->fallback.end) return;
    bool same = are_copies(m) && !takes_shapes(m, first);
    if (!same) wishes_add(m->wishes, WISH_ELEMENT, m->fallback.start, 0, STR(""));
    for (size_t k = first; same && k < m->given && m->wishes->list[k].off < m->choice.end; k++) {
        wish w = m->wishes->list[k];
        const item *from = item_at(&m->choice, w.off, &i);
        if (!from || w.off > from->off + from->len) continue;
        size_t shift = w.off - from->off;
        wishes_add(m->wishes, (enum wish_kind)w.kind, m->fallback.items[i].off + shift, w.len,
                   w.with);
    }
}

static bool may_be_wished(uint16_t name) {
    switch (name) {
    case XML_W_p:
    case XML_W_t:
    case XML_W_tab:
    case XML_W_br:
    case XML_W_cr:
    case XML_W_sym:
    case XML_W_noBreakHyphen:
    case XML_W_fldChar:
    case XML_W_hyperlink: return true;
    default: return false;
    }
}

static void start(mirror *m) {
    const xml_reader *xml = m->xml;
    if (!m->depth) {
        if (xml->name != XML_MC_AlternateContent) return;
        m->depth = xml->depth;
        m->choice.n = m->fallback.n = m->choice.end = m->fallback.end = 0;
        m->now = NULL;
        return;
    }
    if (xml->depth == m->depth + 1) {
        bool choice = xml->name == XML_MC_Choice && !m->choice.end;
        bool fallback = xml->name == XML_MC_Fallback;
        m->now = choice ? &m->choice : fallback ? &m->fallback : NULL;
        if (m->now) m->now->start = xml->off;
    }
    if (xml->name == XML_W_txbxContent && !m->in_boxes) m->in_boxes = xml->depth;
    if (may_be_wished(xml->name)) add_item(m, true);
    if (xml->name == XML_W_t) m->in_text = xml->depth;
}

static void end(mirror *m) {
    const xml_reader *xml = m->xml;
    uint32_t depth = xml->depth + 1;
    if (depth == m->in_boxes) m->in_boxes = 0;
    if (depth == m->in_text) m->in_text = 0;
    if (m->depth && depth == m->depth + 1 && m->now) {
        m->now->end = xml->off + xml->len;
        m->now = NULL;
    }
    if (depth != m->depth) return;
    settle(m);
    m->depth = 0;
}

bool prune_mirror(str part, str bytes, wishes *w, qw_error *why) {
    if (!w->n || str_find(bytes, STR("AlternateContent"), 0) == STR_NONE) return true;
    xml_reader *xml = arena_zalloc(w->mem, 1, sizeof *xml);
    if (!xml) return fail_memory(why);
    wishes_sort(w);
    xml->deepest = XML_DEPTH_MAX;
    mirror m = {.mem = w->mem, .xml = xml, .wishes = w, .given = w->n};
    if (!xml_begin(xml, w->mem, part, bytes, why)) return false;
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e == XML_START)
            start(&m);
        else if (e == XML_END)
            end(&m);
        else if (m.in_text)
            add_item(&m, false);
    }
    if (xml->failed) return false;
    return !m.failed && !w->failed ? true : fail_memory(why);
}
