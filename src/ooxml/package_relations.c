/* package_relations: content types and relationships (ECMA-376 part 2, 10.1 and 9.3). */
#include "ooxml/package_parts.h"
#include "ooxml/xml.h"

/* ---- Targets --------------------------------------------------------------------------------- */

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* Appends one step of a path to the name being built; ".." takes one away. */
static size_t add_step(char *name, size_t n, str step) {
    if (step.n == 0 || str_eq(step, STR("."))) return n;
    if (str_eq(step, STR(".."))) {
        while (n > 0 && name[n - 1] != '/') n--;
        return n > 0 ? n - 1 : 0;
    }
    if (n > 0) name[n++] = '/';
    for (size_t i = 0; i < step.n; i++) {
        int high = step.p[i] == '%' && i + 2 < step.n ? hex_value(step.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(step.p[i + 2]) : -1;
        name[n++] = low >= 0 ? (char)(high * 16 + low) : step.p[i];
        if (low >= 0) i += 2;
    }
    return n;
}

static size_t add_steps(char *name, size_t n, str path) {
    str step;
    while (str_next(&path, '/', &step)) n = add_step(name, n, step);
    return n;
}

static str folder_of(str part) {
    size_t n = part.n;
    while (n > 0 && part.p[n - 1] != '/') n--;
    return str_cut(part, 0, n);
}

/* The name of the part that a target, as written in a relationship of `part`, means. */
static str resolve_target(arena *mem, str part, str written) {
    bool absolute = written.n && (written.p[0] == '/' || written.p[0] == '\\');
    str target = package_clean_name(mem, str_cut(written, 0, str_find_byte(written, '#', 0)));
    char *name = target.p ? arena_alloc(mem, part.n + target.n + 2) : NULL;
    if (!name) return (str){NULL, 0};
    size_t n = absolute ? 0 : add_steps(name, 0, folder_of(part));
    return str_make(name, add_steps(name, n, target));
}

/* ---- Relationships --------------------------------------------------------------------------- */

static str relations_name(arena *mem, str part) {
    str folder = folder_of(part);
    return arena_printf(mem, "%.*s_rels/%.*s.rels", (int)folder.n, folder.p,
                        (int)(part.n - folder.n), part.p + folder.n);
}

static str last_step(str uri) {
    size_t at = uri.n;
    while (at > 0 && uri.p[at - 1] != '/') at--;
    return str_cut(uri, at, uri.n);
}

static bool add_relation(package *p, xml_reader *xml, str part, relations *to, size_t *cap) {
    if (to->n == *cap) {
        size_t room = *cap ? *cap * 2 : 32;
        relation *wider = arena_zalloc(p->mem, room, sizeof *wider);
        if (!wider) return fail_memory(xml->why);
        if (to->n) memcpy(wider, to->list, to->n * sizeof *wider);
        to->list = wider;
        *cap = room;
    }
    relation *r = &to->list[to->n++];
    *r = (relation){
        .id = xml_attr(xml, XML_NS_NONE, "Id"),
        .type = last_step(xml_attr(xml, XML_NS_NONE, "Type")),
        .target = xml_attr(xml, XML_NS_NONE, "Target"),
        .external = str_eq_nocase(xml_attr(xml, XML_NS_NONE, "TargetMode"), STR("External")),
        .off = xml->off,
        .len = xml->len,
    };
    if (!r->external) r->target = resolve_target(p->mem, part, r->target);
    return r->target.p || r->external || fail_memory(xml->why);
}

/* Begins to read a part as XML, whatever its encoding. */
static bool begin_part(package *p, size_t i, xml_reader **xml, qw_error *why) {
    str bytes, text;
    bool transcoded;
    *xml = arena_zalloc(p->mem, 1, sizeof **xml);
    if (!*xml) return fail_memory(why);
    str name = p->parts[i].name;
    return package_read(p, i, &bytes, why) &&
           xml_utf8(p->mem, name, bytes, &text, &transcoded, why) &&
           xml_begin(*xml, p->mem, name, text, why);
}

bool package_relations(package *p, str part, relations *found, qw_error *why) {
    xml_reader *xml;
    *found = (relations){0};
    str name = relations_name(p->mem, part);
    if (!name.p) return fail_memory(why);
    size_t i = package_find(p, name), cap = 0;
    if (i == STR_NONE) return true;
    found->part = p->parts[i].name;
    if (!begin_part(p, i, &xml, why)) return false;
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;)
        if (e == XML_START && xml->name == XML_REL_Relationship)
            if (!add_relation(p, xml, part, found, &cap)) return false;
    return !xml->failed;
}

const relation *relations_find(const relations *r, const char *type) {
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->list[i].type, str_of(type))) return &r->list[i];
    return NULL;
}

const relation *relations_by_id(const relations *r, str id) {
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->list[i].id, id)) return &r->list[i];
    return NULL;
}

/* ---- Content types --------------------------------------------------------------------------- */

static size_t count_types(str text) {
    size_t n = 0;
    for (size_t at = 0; (at = str_find(text, STR("<"), at)) != STR_NONE; at++) n++;
    return n;
}

static bool read_types(package *p, qw_error *why) {
    xml_reader *xml;
    size_t i = package_find(p, STR("[Content_Types].xml"));
    if (p->types.read || i == STR_NONE) return true;
    p->types.read = true;
    if (!begin_part(p, i, &xml, why)) return false;
    p->types.list = arena_zalloc(p->mem, count_types(xml->bytes), sizeof *p->types.list);
    if (!p->types.list) return fail_memory(why);
    for (xml_event e; (e = xml_next(xml)) != XML_END_OF_PART;) {
        bool override = xml->name == XML_CT_Override;
        if (e != XML_START || (!override && xml->name != XML_CT_Default)) continue;
        str key = xml_attr(xml, XML_NS_NONE, override ? "PartName" : "Extension");
        while (key.n && key.p[0] == '/') key = str_cut(key, 1, key.n);
        str type = xml_attr(xml, XML_NS_NONE, "ContentType");
        p->types.list[p->types.n++] = (struct content_type){key, type, override};
    }
    return !xml->failed;
}

static str extension_of(str name) {
    size_t at = name.n;
    while (at > 0 && name.p[at - 1] != '.' && name.p[at - 1] != '/') at--;
    return at > 0 && name.p[at - 1] == '.' ? str_cut(name, at, name.n) : STR("");
}

bool package_content_type(package *p, size_t i, str *type, qw_error *why) {
    *type = p->entries[i].content_type;
    if (type->p) return true;
    if (!read_types(p, why)) return false;
    str name = p->parts[i].name, extension = extension_of(name);
    *type = STR("");
    for (size_t k = 0; k < p->types.n; k++) {
        const struct content_type *t = &p->types.list[k];
        if (t->override && str_eq_nocase(t->key, name)) return *type = t->type, true;
        if (!t->override && str_eq_nocase(t->key, extension)) *type = t->type;
    }
    return true;
}

/* ---- The main part --------------------------------------------------------------------------- */

static bool is_word_main(str type) {
    return str_ends(type, STR(".main+xml")) &&
           (str_find(type, STR("wordprocessingml"), 0) != STR_NONE ||
            str_find(type, STR("ms-word"), 0) != STR_NONE);
}

/* Presentations and workbooks have a main part too. */
static bool check_kind(package *p, size_t i, qw_error *why) {
    str type;
    if (!package_content_type(p, i, &type, why)) return false;
    bool other = str_find(type, STR("presentationml"), 0) != STR_NONE ||
                 str_find(type, STR("spreadsheetml"), 0) != STR_NONE ||
                 str_find(type, STR("ms-excel"), 0) != STR_NONE ||
                 str_find(type, STR("ms-powerpoint"), 0) != STR_NONE ||
                 str_find(type, STR("ms-visio"), 0) != STR_NONE;
    return !other || fail(why, MSG_ZIP_OTHER_KIND, p->parts[i].name, ARGS(type));
}

static bool main_by_type(package *p, size_t *index, qw_error *why) {
    if (!read_types(p, why)) return false;
    for (size_t k = 0; k < p->types.n; k++) {
        const struct content_type *t = &p->types.list[k];
        if (!t->override || !is_word_main(t->type)) continue;
        *index = package_find(p, t->key);
        if (*index != STR_NONE) return true;
    }
    *index = package_find(p, STR("word/document.xml"));
    return *index != STR_NONE || fail(why, MSG_ZIP_NO_MAIN, STR(""), NO_ARGS);
}

bool package_main(package *p, size_t *index, qw_error *why) {
    relations r;
    if (!package_relations(p, STR(""), &r, why)) return false;
    const relation *found = relations_find(&r, "officeDocument");
    *index = found ? package_find(p, found->target) : STR_NONE;
    if (*index == STR_NONE && !main_by_type(p, index, why)) return false;
    return check_kind(p, *index, why);
}
