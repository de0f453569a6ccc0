#include "ooxml/styles.h"

#include <stdlib.h>

enum state { RAW, BUSY, DONE };
enum { CHAIN_MAX = 200 };

/* ---- Reading --------------------------------------------------------------------------------- */

static void take_run(style *to, const run_properties *run) {
    to->vanish = run->vanish;
    to->bold = run->bold;
    to->ruled = run->ruled;
    to->size = run->size;
    to->white = run->white;
}

static void take_paragraph(style *to, const paragraph_properties *p) {
    to->num_id = p->num_id;
    to->num_level = p->num_level;
    to->outline = p->outline;
    to->align = p->align;
}

/* After XML_START of w:style. Properties of parts of a table (w:tblStylePr) lie deeper. */
static void read_style(xml_reader *xml, style *to) {
    uint32_t outside = xml->depth - 1;
    str type = xml_attr(xml, XML_NS_W, "type"), def = xml_attr(xml, XML_NS_W, "default");
    run_properties run;
    paragraph_properties paragraph;
    *to = (style){.id = xml_attr(xml, XML_NS_W, "styleId"), .num_id = -1, .num_level = -1};
    to->paragraph = str_eq(type, STR("paragraph"));
    to->by_default = str_eq(def, STR("1")) || str_eq(def, STR("true")) || str_eq(def, STR("on"));
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->depth > outside + 2) continue;
        if (xml->name == XML_W_name) to->name = xml_attr(xml, XML_NS_W, "val");
        if (xml->name == XML_W_basedOn) to->based_on = xml_attr(xml, XML_NS_W, "val");
        if (xml->name == XML_W_rPr && read_run_properties(xml, &run)) take_run(to, &run);
        if (xml->name == XML_W_pPr && read_paragraph_properties(xml, &paragraph))
            take_paragraph(to, &paragraph);
    }
}

/* w:docDefaults / w:rPrDefault / w:rPr */
static void read_defaults(xml_reader *xml, styles *s) {
    uint32_t outside = xml->depth - 1;
    while (!xml->failed && xml->depth > outside) {
        if (xml_next(xml) != XML_START) continue;
        if (xml->name == XML_W_rPr) read_run_properties(xml, &s->defaults);
    }
}

static size_t count_styles(str bytes) {
    size_t n = 0;
    for (size_t at = 0; (at = str_find(bytes, STR("styleId"), at)) != STR_NONE; at += 7) n++;
    return n;
}

static bool read_list(styles *s, xml_reader *xml) {
    size_t room = count_styles(xml->bytes);
    s->list = arena_zalloc(xml->mem, room, sizeof *s->list);
    if (!s->list) return fail_memory(xml->why);
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START) continue;
        if (xml->name == XML_W_docDefaults) read_defaults(xml, s);
        if (xml->name == XML_W_style && s->n < room) read_style(xml, &s->list[s->n++]);
    }
    return !xml->failed;
}

/* ---- Finding --------------------------------------------------------------------------------- */

static int compare_styles(const void *a, const void *b) {
    const style *x = *(const style *const *)a, *y = *(const style *const *)b;
    int order = str_cmp(x->id, y->id);
    return order ? order : (x > y) - (x < y);
}

const style *styles_find(const styles *s, str id) {
    size_t low = 0, high = s->n;
    if (!id.p) return NULL;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_cmp(id, s->sorted[middle]->id);
        if (order == 0) return s->sorted[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const style *styles_of_paragraph(const styles *s, str id) {
    const style *found = styles_find(s, id);
    return found ? found : s->paragraph;
}

/* ---- Inheritance ----------------------------------------------------------------------------- */

static void inherit(style *to, const style *base) {
    if (to->num_id >= 0) {
        to->num_holder = to;
    } else if (base) {
        to->num_id = base->num_id;
        to->num_holder = base->num_holder;
        if (to->num_level < 0) to->num_level = base->num_level;
    }
    if (!base) return;
    if (!to->outline) to->outline = base->outline;
    if (!to->align) to->align = base->align;
    if (!to->vanish) to->vanish = base->vanish;
    if (!to->bold) to->bold = base->bold;
    if (!to->ruled) to->ruled = base->ruled;
    if (!to->size) to->size = base->size;
    to->white = to->white || base->white;
}

/* A base that is being worked out already closes a cycle, and is cut off there. */
static void resolve(styles *s, style *to, int depth) {
    if (to->state != RAW) return;
    to->state = BUSY;
    style *base = (style *)styles_find(s, to->based_on);
    if (base && base->state == RAW && depth < CHAIN_MAX) resolve(s, base, depth + 1);
    inherit(to, base && base->state == DONE ? base : NULL);
    to->state = DONE;
}

bool styles_read(styles *s, arena *mem, str part, str bytes, qw_error *why) {
    xml_reader *xml = arena_zalloc(mem, 1, sizeof *xml);
    *s = (styles){0};
    if (!xml) return fail_memory(why);
    if (bytes.n == 0) return true;
    if (!xml_begin(xml, mem, part, bytes, why) || !read_list(s, xml)) return false;
    s->sorted = arena_zalloc(mem, s->n, sizeof *s->sorted);
    if (!s->sorted) return fail_memory(why);
    for (size_t i = 0; i < s->n; i++) s->sorted[i] = &s->list[i];
    if (s->n) qsort(s->sorted, s->n, sizeof *s->sorted, compare_styles);
    for (size_t i = 0; i < s->n; i++) resolve(s, &s->list[i], 0);
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].paragraph && s->list[i].by_default) s->paragraph = &s->list[i];
    return true;
}

bool styles_hides_run(const styles *s, const style *paragraph, const run_properties *run) {
    if (run->vanish) return run->vanish == TOGGLE_ON;
    if (s->defaults.vanish == TOGGLE_ON) return true;
    const style *character = run->style.p ? styles_find(s, run->style) : NULL;
    bool one = paragraph && paragraph->vanish == TOGGLE_ON;
    bool two = character && character->vanish == TOGGLE_ON;
    return one != two;
}
