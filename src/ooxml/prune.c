/* prune: see prune.h. The stack of open elements is all that is kept in mind; what goes is settled
 * when an element ends, and what turns out to be needed later is revoked. */
#include "ooxml/prune.h"

#include "ooxml/prune_parts.h"

/* ---- Wishes ---------------------------------------------------------------------------------- */

void wishes_begin(wishes *w, arena *mem) {
    *w = (wishes){.mem = mem};
}

void wishes_add(wishes *w, enum wish_kind kind, size_t off, size_t len, str with) {
    if (w->failed) return;
    if (w->n == w->cap) {
        size_t cap = w->cap ? 2 * w->cap : 64;
        wish *wider = arena_zalloc(w->mem, cap, sizeof *wider);
        if (!wider) {
            w->failed = true;
            return;
        }
        if (w->n) memcpy(wider, w->list, w->n * sizeof *wider);
        w->list = wider;
        w->cap = cap;
    }
    w->list[w->n] = (wish){off, len, with, (uint8_t)kind, w->n};
    w->n++;
}

static int by_place(const void *x, const void *y) {
    const wish *a = x, *b = y;
    if (a->off != b->off) return a->off < b->off ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

void wishes_sort(wishes *w) {
    if (w->n) qsort(w->list, w->n, sizeof *w->list, by_place);
}

/* ---- The stack ------------------------------------------------------------------------------- */

static frame *top(pruner *p) {
    return &p->frames[p->depth];
}

/* The frame to take out for a drawing at work: what its run holds of it, both copies, or in a
 * group of several the one shape. NULL when there is none. */
static frame *object_around(pruner *p) {
    uint32_t shape = 0;
    for (uint32_t i = p->depth; i > 1; i--) {
        uint16_t around = p->frames[i - 1].name;
        bool group = around == XML_WPG_wgp || around == XML_WPG_grpSp || around == XML_WPC_wpc ||
                     around == XML_V_group;
        if (group && !shape) shape = i;
        if (around == XML_W_r) return &p->frames[shape ? shape : i];
    }
    return NULL;
}

/* The drawing at work goes, and the paragraph that it stands in if nothing else does. */
static void take_object(pruner *p) {
    frame *object = object_around(p);
    if (!object) return;
    object->goes = true;
    while (object > p->frames && object->name != XML_W_p) object--;
    if (object->name == XML_W_p) object->wished = true;
}

/* ---- Starts ---------------------------------------------------------------------------------- */

static bool is_dead(const pruner *p, char prefix, str id) {
    size_t low = 0, high = p->dead.n, skip = prefix != '\0';
    while (id.p && low < high) {
        size_t middle = (low + high) / 2;
        str have = p->dead.ids[middle];
        int order = skip && have.n ? (unsigned char)have.p[0] - (unsigned char)prefix : 0;
        if (skip && !have.n) order = -1;
        if (!order) order = str_cmp(str_cut(have, skip, have.n), id);
        if (!order) return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Notes that go, and what refers to them. */
static bool is_dead_note(pruner *p) {
    if (!p->dead.n) return false;
    char prefix;
    switch (p->xml->name) {
    case XML_W_footnote:
    case XML_W_footnoteReference: prefix = '\0'; break;
    case XML_W_endnote:
    case XML_W_endnoteReference: prefix = 'e'; break;
    case XML_W_comment:
    case XML_W_commentRangeStart:
    case XML_W_commentRangeEnd:
    case XML_W_commentReference: prefix = 'c'; break;
    default: return false;
    }
    return is_dead(p, prefix, xml_attr(p->xml, XML_NS_W, "id"));
}

static uint8_t field_mark(pruner *p) {
    str type = xml_attr(p->xml, XML_NS_W, "fldCharType");
    if (str_eq(type, STR("begin"))) return MARK_BEGIN;
    if (str_eq(type, STR("separate"))) return MARK_SEPARATE;
    return str_eq(type, STR("end")) ? MARK_END : MARK_NONE;
}

/* What a start tag tells about the elements around it. */
static void note_start(pruner *p, frame *f) {
    uint16_t around = prune_outer(p)->name;
    if (f->name == XML_W_fldChar) f->field_mark = field_mark(p);
    if (f->name == XML_W_sectPr && around == XML_W_pPr && p->depth > 2)
        p->frames[p->depth - 2].section = true;
    if (f->name == XML_W_vanish && around == XML_W_rPr && p->depth > 3 &&
        p->frames[p->depth - 2].name == XML_W_pPr)
        p->frames[p->depth - 3].vanished = xml_attr_on(p->xml);
    if (f->name == XML_W_tbl && prune_outer(p)->last == LAST_TABLE &&
        prune_outer(p)->pending != STR_NONE) {
        splice_revoke(p->to, prune_outer(p)->pending);
        prune_outer(p)->pending = STR_NONE;
        prune_outer(p)->last = LAST_PARAGRAPH;
    }
    bool look = f->name == XML_W_rStyle || f->name == XML_W_color || f->name == XML_W_u;
    if (look && around == XML_W_rPr && p->depth > 3 && p->frames[p->depth - 3].unwrap)
        f->goes = true;
}

static bool can_unwrap(uint16_t name) {
    return name == XML_W_hyperlink || name == XML_W_fldSimple || name == XML_W_fldChar;
}

/* The wishes that stand in the start tag. */
static void take_wishes(pruner *p, frame *f) {
    size_t end = f->off + f->len;
    for (; p->next < p->wishes->n && p->wishes->list[p->next].off < end; p->next++) {
        const wish *w = &p->wishes->list[p->next];
        if (w->off < f->off) continue;
        switch (w->kind) {
        case WISH_TEXT:
            if (w->len > end - w->off || w->off == f->off) break;
            splice_cut(p->to, w->off, w->len, w->with);
            p->ncuts++;
            break;
        case WISH_ELEMENT:
            if (w->off != f->off || p->depth < 2) break;
            f->goes = true;
            if (w->with.n) f->with = w->with;
            break;
        case WISH_PARAGRAPH: f->wished |= w->off == f->off && f->name == XML_W_p; break;
        case WISH_UNFIELD:
        case WISH_UNWRAP: f->unwrap |= w->off == f->off && can_unwrap(f->name); break;
        case WISH_OBJECT: take_object(p); break;
        default: break;
        }
    }
}

static void start(pruner *p) {
    xml_reader *xml = p->xml;
    p->depth = xml->depth;
    frame *f = top(p);
    *f = (frame){.off = xml->off, .len = xml->len, .name = xml->name, .pending = STR_NONE};
    take_wishes(p, f);
    note_start(p, f);
    if (is_dead_note(p)) f->goes = true;
    if (!f->goes) markers_note(p);
    if (f->unwrap && f->name != XML_W_fldChar) prune_cut(p, f->off, f->off + f->len);
}

/* ---- Text ------------------------------------------------------------------------------------ */

/* Text that keeps to its place where a blank comes to stand at its edge needs xml:space. */
static void note_edges(frame *f, str text, size_t from, size_t to) {
    if (from >= to) return;
    char first = text.p[from], last = text.p[to - 1];
    bool blank_first = first == ' ' || first == '\t', blank_last = last == ' ' || last == '\t';
    if (!f->text_left) f->blank_edge |= blank_first && f->text_cut;
    f->blank_end = blank_last;
    f->text_left += to - from;
}

static void text(pruner *p) {
    const xml_reader *xml = p->xml;
    size_t at = xml->off, end = xml->off + xml->len;
    frame *f = top(p);
    for (; p->next < p->wishes->n; p->next++) {
        const wish *w = &p->wishes->list[p->next];
        bool here = w->off < end || (w->off == end && w->kind == WISH_TEXT && w->len == 0);
        if (!here) break;
        if (w->kind != WISH_TEXT || w->off < at || w->len > end - w->off) continue;
        note_edges(f, xml->bytes, at, w->off);
        f->text_cut = f->touched = true;
        splice_cut(p->to, w->off, w->len, w->with);
        p->ncuts++;
        note_edges(f, w->with, 0, w->with.n);
        at = w->off + w->len;
        f->cut_end = at == end;
    }
    if (at < end) f->cut_end = false;
    note_edges(f, xml->bytes, at, end);
}

/* ---- Ends ------------------------------------------------------------------------------------ */

static bool is_wrapper(uint16_t name) {
    switch (name) {
    case XML_W_hyperlink:
    case XML_W_ins:
    case XML_W_del:
    case XML_W_moveTo:
    case XML_W_moveFrom:
    case XML_W_smartTag:
    case XML_W_fldSimple:
    case XML_W_bdo:
    case XML_W_dir:
    case XML_W_customXml:
    case XML_W_ruby:
    case XML_W_sdt: return true;
    default: return false;
    }
}

static bool is_container(uint16_t name) {
    switch (name) {
    case XML_W_tc:
    case XML_W_hdr:
    case XML_W_ftr:
    case XML_W_footnote:
    case XML_W_endnote:
    case XML_W_comment:
    case XML_W_txbxContent:
    case XML_W_sdtContent:
    case XML_W_body: return true;
    default: return false;
    }
}

static bool keeps_nothing(const frame *f) {
    return f->kept == 0 && f->codes == 0;
}

/* The element goes whole; ends of ranges that it holds the one end of only stay. */
static void remove_whole(pruner *p, const frame *f, size_t end) {
    str with = f->with.n ? f->with : markers_left(p, f->off + f->len);
    size_t index = splice_cut(p->to, f->off, end - f->off, with);
    if (f->with.n) prune_outer(p)->kept++, p->shown++;
    p->ncuts++;
    prune_outer(p)->touched = true;
    prune_outer(p)->wished |= f->wished;
    if (f->name == XML_W_p || f->name == XML_W_sdt) prune_outer(p)->pending = index;
}

/* The element stays: what it means to the one around it. */
static void keep(pruner *p, const frame *f, bool shows) {
    frame *around = prune_outer(p);
    around->touched |= f->touched;
    around->wished |= f->wished;
    if (shows) around->kept++;
    around->holds_code |= f->holds_code && around->name != XML_W_p;
    if (f->name == XML_W_p || f->name == XML_W_tbl || f->name == XML_W_sdt) {
        around->last = f->name == XML_W_p     ? LAST_PARAGRAPH
                       : f->name == XML_W_tbl ? LAST_TABLE
                                              : LAST_OTHER;
        around->pending = STR_NONE;
    }
}

static bool is_text(uint16_t name) {
    return name == XML_W_t || name == XML_W_delText;
}

static void end_text(pruner *p, const frame *f, size_t end) {
    if (f->text_cut && !f->text_left && is_text(f->name)) {
        prune_cut(p, f->off, end);
        prune_outer(p)->touched = true;
        return;
    }
    if (f->text_cut && is_text(f->name) && (f->blank_edge || (f->blank_end && f->cut_end)) &&
        str_find(str_cut(p->xml->bytes, f->off, f->off + f->len), STR("xml:space"), 0) == STR_NONE)
        splice_cut(p->to, f->off + f->len - 1, 0, STR(" xml:space=\"preserve\""));
    if (f->text_left) p->shown++;
    keep(p, f, f->text_left > 0);
}

static void end_paragraph(pruner *p, const frame *f, size_t end) {
    bool goes = f->wished || (f->touched && f->vanished);
    if (goes && keeps_nothing(f) && !f->section)
        remove_whole(p, f, end);
    else
        keep(p, f, !keeps_nothing(f));
}

/* A container ends as it must: with a paragraph, be it an empty one. */
static void close_container(pruner *p, frame *f) {
    bool closed = f->last == LAST_PARAGRAPH || (f->name == XML_W_body && f->last == LAST_OTHER);
    if (closed || f->pending == STR_NONE) return;
    splice_revoke(p->to, f->pending);
    f->pending = STR_NONE;
}

static void end_container(pruner *p, frame *f) {
    close_container(p, f);
    if (f->name == XML_W_txbxContent && f->wished && keeps_nothing(f)) {
        take_object(p);
    }
    keep(p, f, !keeps_nothing(f));
}

static void end_run(pruner *p, frame *f, size_t end) {
    prune_end_run_codes(p, f, end);
    if (f->touched && keeps_nothing(f)) {
        prune_cut(p, f->off, end);
        prune_outer(p)->touched = true;
    } else {
        f->holds_code = f->codes > 0;
        keep(p, f, f->kept > 0);
    }
}

/* What a run holds, shows; anything else shows what is in it. */
static void end_other(pruner *p, const frame *f) {
    bool in_run = prune_outer(p)->name == XML_W_r && f->name != XML_W_rPr &&
                  f->name != XML_W_lastRenderedPageBreak;
    if (in_run) p->shown++;
    keep(p, f, in_run || (f->kept > 0 && f->name != XML_W_rt));
}

static void end(pruner *p) {
    const xml_reader *xml = p->xml;
    size_t stop = xml->off + xml->len;
    frame *f = &p->frames[xml->depth + 1];
    p->depth = xml->depth + 1;
    bool is_code = f->name == XML_W_fldChar || f->name == XML_W_instrText;
    if (f->goes) {
        remove_whole(p, f, stop);
    } else if (is_code && prune_outer(p)->name == XML_W_r) {
        prune_end_code(p, f, stop);
    } else if (is_text(f->name) || f->name == XML_M_t) {
        end_text(p, f, stop);
    } else if (f->name == XML_W_r) {
        end_run(p, f, stop);
    } else if (f->name == XML_W_p) {
        end_paragraph(p, f, stop);
    } else if (is_container(f->name)) {
        end_container(p, f);
    } else if (f->name == XML_W_tbl && f->wished && keeps_nothing(f)) {
        remove_whole(p, f, stop);
    } else if (is_wrapper(f->name) && f->touched && keeps_nothing(f) && !f->holds_code &&
               !f->unwrap) {
        bool deletion = f->name == XML_W_del || f->name == XML_W_moveFrom;
        frame *paragraph = prune_paragraph(p);
        if (deletion && paragraph) paragraph->wished = true; /* the final view shows none anyway */
        remove_whole(p, f, stop);
    } else {
        if (f->unwrap && xml->len) prune_cut(p, xml->off, stop);
        end_other(p, f);
    }
    p->depth = xml->depth;
}

/* ---- All of it ------------------------------------------------------------------------------- */

static bool walk(pruner *p) {
    for (xml_event e; (e = xml_next(p->xml)) != XML_END_OF_PART;) {
        if (e == XML_START)
            start(p);
        else if (e == XML_END)
            end(p);
        else
            text(p);
    }
    return !p->xml->failed;
}

bool prune(str part, str bytes, wishes *w, dead_notes dead, splice *to, qw_error *why) {
    if (!w->failed && !prune_mirror(part, bytes, w, why)) return false;
    pruner *p = arena_zalloc(to->mem, 1, sizeof *p);
    xml_reader *xml = arena_zalloc(to->mem, 1, sizeof *xml);
    if (!p || !xml || w->failed) return fail_memory(why);
    wishes_sort(w);
    xml->deepest = XML_DEPTH_MAX; /* the part was read with its limit */
    *p = (pruner){.mem = to->mem, .xml = xml, .wishes = w, .dead = dead, .to = to};
    p->frames[0].pending = STR_NONE;
    if (!xml_begin(xml, to->mem, part, bytes, why) || !walk(p)) return false;
    splice_settle(to, bytes);
    return !to->failed || fail_memory(why);
}
