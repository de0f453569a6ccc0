/* docx_read: Word's document packages (.docx, .docm, .dotx, .dotm) and Flat OPC, strict and
 * transitional.
 *
 * Parts are found by relationships. The body comes first, then the words of its charts and
 * diagrams, notes, comments, headers and footers, each part once, then the document's properties.
 * Parts that hold no text of these (themes, fonts, settings, media) are not even inflated. Offsets
 * of blocks and spans count in their part as UTF-8. See docs/DOCX.md. */
#include "format/docx_read/docx_read.h"

#include "format/docx_read/docx_extras.h"
#include "ooxml/package_kind.h"

typedef struct docx {
    doc *d;
    package *package;
    str main;   /* name of the main part */
    str merged; /* the part that the package is, when it is merged in; else empty */
    relations relations;
    styles styles;
    const numbering *numbering;
    story *story;
    qw_revisions revisions;
    bool linear;
} docx;

static int probe(str bytes, str name) {
    switch (package_kind(bytes, name)) {
    case PACKAGE_NONE: return 0;
    case PACKAGE_LATE_ZIP: return 60;
    case PACKAGE_RTF:
    case PACKAGE_LOCK_FILE: return 80;
    default: return 90;
    }
}

/* The bytes of a part as UTF-8. False after a failure, which is the document's then. */
static bool read_part(docx *x, size_t i, str *text) {
    str bytes, name = package_at(x->package, i)->name;
    bool transcoded;
    qw_error *why = &x->d->why;
    return package_read(x->package, i, &bytes, why) &&
           xml_utf8(x->d->mem, name, bytes, text, &transcoded, why);
}

/* A part that the main part has one of, such as its styles; empty when it has none. */
static bool read_single(docx *x, const char *type, str *name, str *text) {
    const relation *r = relations_find(&x->relations, type);
    size_t i = r && !r->external ? package_find(x->package, r->target) : STR_NONE;
    *name = *text = STR("");
    if (i == STR_NONE) return true;
    *name = package_at(x->package, i)->name;
    return read_part(x, i, text);
}

static bool read_definitions(docx *x) {
    str name, text;
    doc *d = x->d;
    if (!read_single(x, "styles", &name, &text) ||
        !styles_read(&x->styles, d->mem, name, text, &d->why))
        return false;
    if (!read_single(x, "numbering", &name, &text)) return false;
    x->numbering = numbering_read(d->mem, name, text, &x->styles, &d->why);
    return x->numbering != NULL;
}

/* Parts of a package in the package are named by both. */
static uint16_t add_part(docx *x, str name, str text) {
    doc *d = x->d;
    if (!x->merged.n) return doc_add_part(d, name, text);
    str place = arena_join(d->mem, x->merged, STR("!/"));
    uint16_t index = doc_add_part(d, arena_join(d->mem, place, name), text);
    if (doc_ok(d)) d->parts[index].foreign = true, d->parts[index].within = x->merged;
    return index;
}

/* Begins to read a part as a story. False after a failure. */
static bool begin_story(docx *x, size_t i, enum region region) {
    doc *d = x->d;
    story *s = x->story;
    xml_reader *xml = s->xml;
    str text, name = package_at(x->package, i)->name;
    relations *own = arena_zalloc(d->mem, 1, sizeof *own);
    if (!own) return fail_memory(&d->why);
    if (!read_part(x, i, &text) || !package_relations(x->package, name, own, &d->why)) return false;
    *s = (story){.d = d, .xml = xml, .styles = &x->styles, .numbering = x->numbering};
    s->relations = own;
    s->package = x->package;
    s->revisions = x->revisions;
    s->linear = x->linear;
    s->region = (uint8_t)region;
    s->merged = x->merged;
    s->part = add_part(x, name, text);
    s->lists = s->box_lists = numbering_begin(x->numbering);
    return doc_ok(d) && xml_begin(xml, d->mem, name, text, &d->why);
}

/* Reads the paragraphs of a part. */
static void read_story(docx *x, size_t i, enum region region) {
    if (!begin_story(x, i, region)) return;
    for (xml_event e; doc_ok(x->d) && (e = xml_next(x->story->xml)) != XML_END_OF_PART;)
        if (e == XML_START) story_read_blocks(x->story);
}

/* The stories beside the body, each part once though several sections may name it. */
static void read_stories(docx *x, const char *type, enum region region, bool *done) {
    for (size_t i = 0; i < x->relations.n && doc_ok(x->d); i++) {
        const relation *r = &x->relations.list[i];
        if (r->external || !str_eq(r->type, str_of(type))) continue;
        size_t index = package_find(x->package, r->target);
        if (index == STR_NONE || done[index]) continue;
        done[index] = true;
        read_story(x, index, region);
    }
}

/* What is wrong with a part beside the text harms none of it: it is told, and left. */
static void forgive(docx *x, size_t i, message_id told) {
    doc *d = x->d;
    if (d->why.code != QW_FORMAT && d->why.code != QW_ENCODING) return;
    d->why = (qw_error){0};
    doc_note(d, told, NO_BLOCK, 0, 0, 0, ARGS(package_at(x->package, i)->name));
}

/* Charts and diagrams of the body: where they stand is not looked for. */
static void read_drawn(docx *x, bool *done) {
    for (size_t i = 0; i < x->relations.n && doc_ok(x->d); i++) {
        const relation *r = &x->relations.list[i];
        bool drawn = str_eq(r->type, STR("chart")) || str_eq(r->type, STR("diagramData"));
        size_t index = drawn && !r->external ? package_find(x->package, r->target) : STR_NONE;
        if (index == STR_NONE || done[index]) continue;
        done[index] = true;
        if (begin_story(x, index, REGION_TEXTBOX)) story_read_drawn(x->story);
        forgive(x, index, MSG_DOCX_DRAWN);
    }
}

static void read_all(docx *x, size_t main) {
    static const struct {
        const char *type;
        enum region region;
    } stories[] = {
        {"footnotes", REGION_FOOTNOTE}, {"endnotes", REGION_ENDNOTE}, {"comments", REGION_COMMENT},
        {"header", REGION_HEADER},      {"footer", REGION_FOOTER},
    };
    bool *done = arena_zalloc(x->d->mem, package_count(x->package), sizeof *done);
    if (!done) {
        fail_memory(&x->d->why);
        return;
    }
    done[main] = true;
    read_story(x, main, REGION_BODY);
    read_drawn(x, done);
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
        read_stories(x, stories[i].type, stories[i].region, done);
}

/* Properties are read if they can be: what is wrong with them harms no text. */
static void read_properties(docx *x) {
    static const struct {
        const char *type;
        str prefix;
    } kinds[] = {{"core-properties", STR_INIT("core:")},
                 {"extended-properties", STR_INIT("app:")},
                 {"extendedProperties", STR_INIT("app:")},
                 {"custom-properties", STR_INIT("custom:")},
                 {"customProperties", STR_INIT("custom:")}};
    doc *d = x->d;
    relations of_package;
    if (!doc_ok(d) || !package_relations(x->package, STR(""), &of_package, &d->why)) return;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && doc_ok(d); i++) {
        const relation *r = relations_find(&of_package, kinds[i].type);
        size_t index = r && !r->external ? package_find(x->package, r->target) : STR_NONE;
        if (index == STR_NONE) continue;
        if (begin_story(x, index, REGION_META)) story_read_properties(x->story, kinds[i].prefix);
        forgive(x, index, MSG_DOCX_PROPERTIES);
    }
}

/* A package may unpack to many times its size, and the limit for a document was set by that. */
static void make_room(docx *x, size_t main, const qw_read_options *o) {
    enum { FIXED = 64 * 1024 * 1024 };
    size_t unpacked = package_at(x->package, main)->size;
    if (!o->max_memory) arena_set_limit(x->d->mem, FIXED + 16 * x->d->source.n + 4 * unpacked);
}

static bool begin(docx *x) {
    doc *d = x->d;
    x->story = arena_zalloc(d->mem, 1, sizeof *x->story);
    xml_reader *xml = arena_zalloc(d->mem, 1, sizeof *xml);
    if (!x->story || !xml) return fail_memory(&d->why);
    xml->deepest = xml_deepest(d->limits.depth);
    x->story->xml = xml;
    d->encoding = STR("UTF-8");
    return package_relations(x->package, x->main, &x->relations, &d->why);
}

/* ---- Documents that are merged in ------------------------------------------------------------ */

static void read_merged(docx *x, size_t main, enum region region) {
    bool *done = arena_zalloc(x->d->mem, package_count(x->package), sizeof *done);
    if (!done) {
        fail_memory(&x->d->why);
        return;
    }
    done[main] = true;
    read_story(x, main, region);
    read_stories(x, "footnotes", REGION_FOOTNOTE, done);
    read_stories(x, "endnotes", REGION_ENDNOTE, done);
}

bool story_read_merged(story *s, str name, str bytes) {
    doc *d = s->d;
    docx x = {.d = d, .merged = name, .revisions = s->revisions, .linear = s->linear};
    size_t main, nblocks = d->nblocks;
    if (s->merged.n) return false; /* one in one that is merged in */
    x.package = package_open(d->mem, bytes, STR(""), &d->limits, &d->why);
    if (x.package && package_main(x.package, &main, &d->why)) {
        x.main = package_at(x.package, main)->name;
        if (begin(&x) && read_definitions(&x)) read_merged(&x, main, (enum region)s->region);
    }
    package_close(x.package);
    if (doc_ok(d) || d->why.code == QW_MEMORY) return doc_ok(d);
    d->why = (qw_error){0};
    d->nblocks = nblocks;
    return false;
}

/* ---- The reader ------------------------------------------------------------------------------ */

static void read(doc *d, const qw_read_options *o) {
    docx x = {.d = d, .revisions = o->revisions, .linear = o->linear_formulas};
    size_t main;
    x.package = package_open(d->mem, d->source, d->name, &d->limits, &d->why);
    if (!x.package) return;
    if (package_main(x.package, &main, &d->why)) {
        make_room(&x, main, o);
        x.main = package_at(x.package, main)->name;
        if (begin(&x) && read_definitions(&x)) read_all(&x, main);
        read_properties(&x);
    }
    package_close(x.package);
    d->read_more = docx_read_extras;
    if (d->undecodable && o->undecodable == QW_FAIL_UNDECODABLE) /* in a file that is merged in */
        doc_fail(d, MSG_NOT_DECODABLE, STR(""), ARGS(NUM(d->undecodable), d->encoding));
}

const reader reader_docx = {probe, read};
