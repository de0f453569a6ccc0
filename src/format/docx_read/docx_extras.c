#include "format/docx_read/docx_extras.h"

#include "base/utf8.h"

block *extras_add(extras *x, uint16_t part_index, const char *kind, str name, str text, size_t off,
                  size_t len) {
    doc *d = x->d;
    str link = arena_join(d->mem, str_of(kind), name);
    if (!doc_ok(d)) return NULL;
    block *b = doc_add_block(d, BLOCK_BOX, text.p ? text : STR(""), off, (uint32_t)len);
    block_more *more = b ? block_rest(d, b) : NULL;
    if (!more || !link.p) return fail_memory(&d->why), NULL;
    b->part = part_index;
    b->region = REGION_META;
    more->link = link;
    more->end = (uint32_t)d->nblocks;
    return b;
}

/* Begins to read a part, which is entered in the document. False when there is none, or after a
 * failure. */
static bool begin_part(extras *x, str name, uint16_t *index) {
    doc *d = x->d;
    str bytes, text;
    bool transcoded;
    size_t i = package_find(x->package, name);
    if (i == STR_NONE || !doc_ok(d)) return false;
    name = package_at(x->package, i)->name;
    for (size_t k = 0; k < d->nparts; k++)
        if (str_eq(d->parts[k].name, name)) {
            *index = (uint16_t)k;
            return xml_begin(x->xml, d->mem, name, d->parts[k].bytes, &d->why);
        }
    if (!package_read(x->package, i, &bytes, &d->why) ||
        !xml_utf8(d->mem, name, bytes, &text, &transcoded, &d->why))
        return false;
    *index = doc_add_part(d, name, text);
    return doc_ok(d) && xml_begin(x->xml, d->mem, name, text, &d->why);
}

/* ---- Settings -------------------------------------------------------------------------------- */

static void read_settings(extras *x, str name) {
    uint16_t index;
    if (!begin_part(x, name, &index)) return;
    xml_reader *xml = x->xml;
    while (doc_ok(x->d)) {
        xml_event e = xml_next(xml);
        if (e == XML_END_OF_PART) break;
        if (e != XML_START) continue;
        str variable;
        switch (xml->name) {
        case XML_W_docVar:
            variable = xml_attr(xml, XML_NS_W, "name");
            extras_add(x, index, "variable:", variable.p ? variable : STR(""),
                       xml_attr(xml, XML_NS_W, "val"), xml->off, 0);
            break;
        case XML_W_documentProtection:
        case XML_W_writeProtection:
            extras_add(x, index, "lock:",
                       xml->name == XML_W_documentProtection ? STR("documentProtection")
                                                             : STR("writeProtection"),
                       xml_attr(xml, XML_NS_W, "edit"), xml->off, 0);
            break;
        default: break;
        }
    }
}

static void read_numbering(extras *x, str name) {
    uint16_t index;
    if (!begin_part(x, name, &index)) return;
    xml_reader *xml = x->xml;
    for (xml_event e; doc_ok(x->d) && (e = xml_next(xml)) != XML_END_OF_PART;) {
        if (e != XML_START || xml->name != XML_W_lvlText) continue;
        str raw = xml_attr_raw(xml, XML_NS_W, "val"), text = xml_attr(xml, XML_NS_W, "val");
        enum { SHORT = 12 }; /* bytes: what numbers are made with is not longer */
        if (text.n > SHORT)
            extras_add(x, index, "level:", STR(""), text, (size_t)(raw.p - xml->bytes.p), raw.n);
    }
}

/* w15:person: the authors of comments and changes once more ([MS-DOCX] 2.5.4.4). */
static void read_people(extras *x, str name) {
    uint16_t index;
    if (!begin_part(x, name, &index)) return;
    xml_reader *xml = x->xml;
    for (xml_event e; doc_ok(x->d) && (e = xml_next(xml)) != XML_END_OF_PART;) {
        str raw = e == XML_START ? xml_attr_raw(xml, XML_NS_W15, "author") : STR("");
        if (raw.n)
            extras_add(x, index, "author:", STR(""), xml_attr(xml, XML_NS_W15, "author"),
                       (size_t)(raw.p - xml->bytes.p), raw.n);
    }
}

/* ---- Parts that no page shows ---------------------------------------------------------------- */

/* The text of a part, tags left out; enough of it to be judged by. */
static str text_of_part(extras *x, str name) {
    enum { ENOUGH = 4096, MOST = 1 << 20 };
    str bytes, text;
    bool transcoded;
    qw_error ignored = {0};
    size_t i = package_find(x->package, name);
    if (i == STR_NONE || package_at(x->package, i)->size > MOST) return STR("");
    if (!package_read(x->package, i, &bytes, &ignored) ||
        !xml_utf8(x->d->mem, name, bytes, &text, &transcoded, &ignored))
        return STR("");
    char *plain = arena_alloc(x->d->mem, ENOUGH);
    size_t n = 0;
    bool tag = false;
    for (size_t k = 0; plain && k < text.n && n < ENOUGH - 8; k++) {
        char c = text.p[k];
        if (c == '<' && n && plain[n - 1] != ' ') plain[n++] = ' ';
        if (c == '<') tag = true;
        if (!tag && c != '\r' && c != '\n') plain[n++] = c;
        if (c == '>') tag = false;
    }
    if (!plain) return STR("");
    size_t valid = utf8_valid_prefix(str_make(plain, n)); /* the end may be cut in a character */
    return n - valid < 4 ? str_trim(str_make(plain, valid)) : STR("");
}

/* ---- Relationships --------------------------------------------------------------------------- */

static bool is_one_of(str type, const char *const *list) {
    for (; *list; list++)
        if (str_eq(type, str_of(*list))) return true;
    return false;
}

static void add_link(extras *x, uint16_t index, const relation *r) {
    block *b = extras_add(x, index, "link:", r->id, r->target, 0, 0);
    for (size_t i = 0; b && i < x->nunseen; i++)
        if (str_eq(x->unseen[i], r->id)) b->more->traits |= BOX_UNSEEN;
}

/* Relationships of a story or the settings that lead out, start something, or hide text. */
static void read_relations(extras *x, uint16_t index) {
    static const char *const active[] = {"vbaProject", "control",          "oleObject",
                                         "package",    "attachedToolbars", NULL};
    static const char *const hidden[] = {"glossaryDocument", "customXml", NULL};
    doc *d = x->d;
    relations all;
    if (!doc_ok(d) || !package_relations(x->package, d->parts[index].name, &all, &d->why)) return;
    for (size_t i = 0; i < all.n && doc_ok(d); i++) {
        const relation *r = &all.list[i];
        str name =
            arena_printf(d->mem, "%.*s:%.*s", (int)r->type.n, r->type.p, (int)r->id.n, r->id.p);
        if (r->external && str_eq(r->type, STR("hyperlink")))
            add_link(x, index, r);
        else if (r->external)
            extras_add(x, index, "external:", name, r->target, 0, 0);
        else if (is_one_of(r->type, active))
            extras_add(x, index, "active:", name, r->target, 0, 0);
        else if (str_eq(r->type, STR("aFChunk")))
            extras_add(x, index, "chunk:", r->id, text_of_part(x, r->target), 0, 0);
        else if (is_one_of(r->type, hidden))
            extras_add(x, index, "part:", name, text_of_part(x, r->target), 0, 0);
    }
}

/* ---- Fields ---------------------------------------------------------------------------------- */

/* The first word of a field's code, and what is in quotes after it, or its second word. */
static str field_target(str code, str *word) {
    size_t n = str_find_byte(code, ' ', 0);
    *word = str_cut(code, 0, n);
    str rest = n == STR_NONE ? STR("") : str_trim(str_cut(code, n, code.n));
    size_t open = str_find_byte(rest, '"', 0);
    if (open == STR_NONE) return str_cut(rest, 0, str_find_byte(rest, ' ', 0));
    return str_cut(rest, open + 1, str_find_byte(rest, '"', open + 1));
}

static void read_fields(extras *x, size_t nblocks) {
    static const char *const fetching[] = {"DDE",     "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT",
                                           "INCLUDE", "IMPORT",  "LINK",           "DATABASE",
                                           "RD",      NULL};
    for (size_t i = 0; i < nblocks && doc_ok(x->d); i++) {
        const block_more *more = x->d->blocks[i].more;
        for (size_t k = 0; more && k < more->nspans; k++) {
            const span *s = &more->spans[k];
            str word;
            if (s->kind != SPAN_FIELD) continue;
            str target = field_target(s->value, &word);
            if (str_eq_nocase(word, STR("HYPERLINK")) && str_find(target, STR(":"), 0) != STR_NONE)
                extras_add(x, (uint16_t)s->part, "link:", STR("field"), target, s->off, 0);
            else if (is_one_of(word, fetching))
                extras_add(x, (uint16_t)s->part, "active:", STR("field"), s->value, s->off, 0);
        }
    }
}

/* ---- All of it ------------------------------------------------------------------------------- */

/* The region of the story that a part holds. */
static enum region region_of(const doc *d, size_t part_index, size_t nblocks) {
    for (size_t i = 0; i < nblocks; i++)
        if (d->blocks[i].part == part_index && d->blocks[i].region != REGION_TEXTBOX)
            return (enum region)d->blocks[i].region;
    return REGION_TEXTBOX;
}

/* A chart or diagram: all that was read of it is words in boxes. What it refers to is its data. */
static bool is_drawn(const doc *d, size_t part_index, size_t nblocks) {
    bool any = false;
    for (size_t i = 0; i < nblocks; i++) any |= d->blocks[i].part == part_index;
    return any && region_of(d, part_index, nblocks) == REGION_TEXTBOX;
}

static void read_main_parts(extras *x, str main) {
    relations all;
    if (!package_relations(x->package, main, &all, &x->d->why)) return;
    extras_read_shading(x, &all);
    for (size_t i = 0; i < all.n && doc_ok(x->d); i++) {
        const relation *r = &all.list[i];
        if (r->external) continue;
        if (str_eq(r->type, STR("settings"))) {
            size_t before = x->d->nparts;
            read_settings(x, r->target);
            if (x->d->nparts > before) read_relations(x, (uint16_t)before);
        } else if (str_eq(r->type, STR("numbering"))) {
            read_numbering(x, r->target);
        } else if (str_eq(r->type, STR("people"))) {
            read_people(x, r->target);
        }
    }
}

static void read_all(extras *x) {
    doc *d = x->d;
    size_t nparts = d->nparts, nblocks = d->nblocks, main;
    if (!package_main(x->package, &main, &d->why)) return;
    read_fields(x, nblocks);
    for (size_t i = 0; i < nparts && doc_ok(d); i++) {
        if (d->parts[i].foreign || is_drawn(d, i, nblocks)) continue;
        enum region region = region_of(d, i, nblocks);
        extras_read_story(x, (uint16_t)i, region);
        read_relations(x, (uint16_t)i);
    }
    if (doc_ok(d)) read_main_parts(x, package_at(x->package, main)->name);
}

void docx_read_extras(doc *d) {
    extras x = {.d = d};
    d->read_more = NULL;
    x.xml = arena_zalloc(d->mem, 1, sizeof *x.xml);
    if (!x.xml) {
        fail_memory(&d->why);
        return;
    }
    x.xml->deepest = XML_DEPTH_MAX; /* stories were read with their limit */
    x.package = package_open(d->mem, d->source, d->name, &d->limits, &d->why);
    if (!x.package) return;
    read_all(&x);
    package_close(x.package);
    /* What is wrong with parts that hold no text of the page harms none of it. */
    if (d->why.code == QW_FORMAT || d->why.code == QW_ENCODING || d->why.code == QW_UNSUPPORTED) {
        str place = arena_str(d->mem, str_of(d->why.place));
        d->why = (qw_error){0};
        doc_note(d, MSG_DOCX_PROPERTIES, NO_BLOCK, 0, 0, 0, ARGS(place.p ? place : STR("")));
    }
}
