#include "input/naming.h"

#include "output/digest.h"
#include "path.h"
#include "pipe/json.h"
#include "run/plan.h"

#include <stdlib.h>
#include <string.h>

/* At the edge of a name, in brackets or parted from the rest, what ends like the name of a site is
 * the name of one; in running text it might be anything, so that the rules of `ads` leave it. */
static const char rules[] =
    "rule name-of-site\n"
    "  form folded\n"
    "  regex ^[\\p{Han}a-z0-9]{1,10}(?<!互联)(?<!物联)(?<!车联)(?<!因特)(?<!局域)(?<!广域)(?<!以太)"
    "(?<!宽带)(?<!电)(?<!官)(?<!路)(?<!管)(?<!线)(?<!球)(?<!渔)(?<!蛛)(?<!蚊)(?<!防护)(?<!安全)"
    "(?<!内)(?<!外)(?<!专)(?<!水)(?<!气)(?<!热)(?<!关系)(?<!通信)(?<!监测)(?<!监控)(?<!服务)"
    "(?<!营销)(?<!销售)(?<!站)(?<!卫星)(?<!国)(?<!府)(?<!法)(?<!政务)网$"
    "|^[\\p{Han}a-z0-9]{2,10}(?:文库|书屋|书库)$\n"
    "  gone 某某网\n"
    "  gone 某某文库\n"
    "  stays 互联网\n"
    "  stays 国家电网\n"
    "  stays 中国政府网\n";

bool naming_open(naming *n, const options *o, text *why) {
    *n = (naming){.chain = NULL};
    if (!option_given(o, OPTION_CLEAN_NAMES)) return true;
    const qw_rule_file own = {"names", rules, sizeof rules - 1};
    const qw_chain_options asked = {
        .filters = "ads:report=40:max_removal=100", .rules = &own, .nrules = 1};
    n->chain = plan_chain_of(o, &asked, why);
    n->space = qw_workspace_new();
    if (n->chain && !n->space) say_error(why, o->language, NULL, SAY_OUT_OF_MEMORY, NO_WORDS);
    return n->chain && n->space;
}

void naming_close(naming *n) {
    qw_chain_free(n->chain);
    qw_workspace_free(n->space);
    free(n->folder);
    free(n->clean);
    *n = (naming){.chain = NULL};
}

/* ---- What is an ad ------------------------------------------------------------------------- */

/* Whether an edit is evidence of an ad. The mere sound of words is none: a name has too few. */
static bool tells_ad(const qw_edit_info *e) {
    static const char wording[] = "wording";
    bool sound = e->rule.n == sizeof wording - 1 && memcmp(e->rule.p, wording, e->rule.n) == 0;
    return e->kind != QW_EDIT_ROLE && !sound;
}

/* Most of the bytes of a part are evidence of an ad; whether the filter would dare to take out all
 * there is of a text does not matter. */
static bool is_ad(naming *n, const char *p, size_t size) {
    qw_edit_info edit;
    size_t found = 0;
    if (size < 3) return false;
    qw_read_options as_text = {.format = "txt", .encoding = "UTF-8"};
    qw_doc *d = qw_read(n->space, &(qw_input){.bytes = p, .n = size}, &as_text, NULL);
    if (!d || !qw_run(n->chain, d, NULL)) return false;
    for (size_t i = 0; qw_edit_get(d, i, &edit, NULL); i++)
        if (tells_ad(&edit) && edit.before.n > found) found = edit.before.n;
    return found * 4 >= size * 3;
}

/* ---- Parts of a name ----------------------------------------------------------------------- */

/* Brackets, closing ones at the same index. */
static const char *const opening[] = {"【", "[", "（", "(", "〔", "「", "《", "{", "［"};
static const char *const closing[] = {"】", "]", "）", ")", "〕", "」", "》", "}", "］"};
static const char *const parting[] = {"_", "-", " ",  "—", "–",  "－", "＿",
                                      "·", "|", "｜", "@", "～", "~",  "+"};
enum {
    BRACKETS = sizeof opening / sizeof *opening,
    PARTINGS = sizeof parting / sizeof *parting,
};

/* A stretch of a name. */
typedef struct part {
    const char *p;
    size_t n;
} part;

static size_t starts_with(part s, const char *z) {
    size_t n = strlen(z);
    return s.n >= n && memcmp(s.p, z, n) == 0 ? n : 0;
}

static size_t ends_with(part s, const char *z) {
    size_t n = strlen(z);
    return s.n >= n && memcmp(s.p + s.n - n, z, n) == 0 ? n : 0;
}

static size_t find(part s, const char *z, size_t from) {
    for (size_t i = from; i < s.n; i++)
        if (starts_with((part){s.p + i, s.n - i}, z)) return i;
    return s.n;
}

static part trim(part s) {
    for (size_t i = 0; i < PARTINGS; i++) {
        size_t n = starts_with(s, parting[i]), m = n < s.n ? ends_with(s, parting[i]) : 0;
        if (n || m) s = (part){s.p + n, s.n - n - m}, i = (size_t)-1;
    }
    return s;
}

/* Takes an ad in brackets off the start or the end. */
static bool drop_bracket(naming *n, part *s) {
    for (size_t i = 0; i < BRACKETS; i++) {
        size_t open = starts_with(*s, opening[i]), shut = find(*s, closing[i], open);
        size_t close = strlen(closing[i]);
        if (open && shut < s->n && is_ad(n, s->p + open, shut - open)) {
            *s = (part){s->p + shut + close, s->n - shut - close};
            return true;
        }
        if (!ends_with(*s, closing[i])) continue;
        size_t at = s->n, end = s->n - close;
        for (size_t k = find(*s, opening[i], 0); k < end; k = find(*s, opening[i], k + 1)) at = k;
        open = strlen(opening[i]);
        if (at + open > end || !is_ad(n, s->p + at + open, end - at - open)) continue;
        s->n = at;
        return true;
    }
    return false;
}

static bool is_of_host(char c) {
    static const char signs[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    return c && strchr(signs, c);
}

/* Whether this byte is within the name of a host, whose hyphens do not part: www.a-b.com */
static bool is_in_host(part s, size_t at) {
    size_t from = at, to = at;
    while (from > 0 && is_of_host(s.p[from - 1])) from--;
    while (to < s.n && is_of_host(s.p[to]) && s.p[to] != '.') to++;
    return starts_with((part){s.p + from, at - from}, "www.") && to < s.n && s.p[to] == '.';
}

/* Whether a part begins or ends at this byte: at a sign that parts, or at a bracket. */
static bool is_seam(part s, size_t at) {
    part before = {s.p, at}, after = {s.p + at, s.n - at};
    if (is_in_host(s, at)) return false;
    for (size_t i = 0; i < PARTINGS; i++)
        if (ends_with(before, parting[i]) || starts_with(after, parting[i])) return true;
    for (size_t i = 0; i < BRACKETS; i++)
        if (starts_with(after, opening[i]) || ends_with(before, closing[i])) return true;
    return false;
}

/* Takes an ad that is parted from the rest off the start or the end. */
static bool drop_parted(naming *n, part *s) {
    size_t first = 1, last = s->n > 0 ? s->n - 1 : 0;
    while (first < s->n && !is_seam(*s, first)) first++;
    while (last > 0 && !is_seam(*s, last)) last--;
    part head = trim((part){s->p, first}), tail = trim((part){s->p + last, s->n - last});
    if (first < s->n && head.n && is_ad(n, head.p, head.n)) {
        *s = (part){s->p + first, s->n - first};
        return true;
    }
    if (last == 0 || !tail.n || !is_ad(n, tail.p, tail.n)) return false;
    s->n = last;
    return true;
}

/* Length of the extension, with its dot: up to five letters and digits, not those of an address. */
static size_t extension_of(part s) {
    static const char *const domains[] = {".com", ".net", ".org", ".cn",
                                          ".cc",  ".me",  ".vip", ".tv"};
    size_t at = s.n;
    while (at > 0 && s.p[at - 1] != '.') at--;
    size_t n = s.n - at;
    if (at < 2 || n == 0 || n > 5) return 0;
    for (size_t i = at; i < s.n; i++) {
        bool letter = (s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z';
        if (!letter && !(s.p[i] >= '0' && s.p[i] <= '9')) return 0;
    }
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (n + 1 == strlen(domains[i]) && ends_with(s, domains[i])) return 0;
    return n + 1;
}

/* A number alone does not tell what a file is. */
static bool says_something(part s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z'))
            return true;
    return false;
}

/* One step of a path without ads, as a stretch of it and its extension. */
static part clean_step(naming *n, part step, size_t *extension) {
    *extension = extension_of(step);
    part stem = {step.p, step.n - *extension}, s = trim(stem);
    bool dropped = false;
    while (drop_bracket(n, &s) || drop_parted(n, &s)) s = trim(s), dropped = true;
    return dropped && says_something(s) ? s : stem;
}

static char *cleaned(naming *n, const char *step) {
    size_t extension;
    part whole = {step, strlen(step)}, stem = clean_step(n, whole, &extension);
    char *z = malloc(stem.n + extension + 1);
    if (!z) return NULL;
    memcpy(z, stem.p, stem.n);
    memcpy(z + stem.n, whole.p + whole.n - extension, extension);
    z[stem.n + extension] = '\0';
    return z;
}

/* ---- Items --------------------------------------------------------------------------------- */

/* Cleans every step of a folder's name. */
static char *clean_folder(naming *n, const char *folder) {
    char *made = path_join("", "");
    for (const char *p = folder; made && *p;) {
        size_t size = strcspn(p, "/");
        char *step = path_part(p, size), *better = step ? cleaned(n, step) : NULL;
        char *longer = better ? path_join(made, better) : NULL;
        free(step);
        free(better);
        free(made);
        made = longer;
        p += size;
        p += *p == '/';
    }
    return made;
}

/* The folder of the last name is most often that of the next. */
static const char *folder_for(naming *n, const char *name, size_t size) {
    if (n->folder && strlen(n->folder) == size && memcmp(n->folder, name, size) == 0)
        return n->clean;
    free(n->folder);
    free(n->clean);
    n->folder = path_part(name, size);
    n->clean = n->folder ? clean_folder(n, n->folder) : NULL;
    return n->clean;
}

/* The item gets another name; `how` says what was wrong with the old one, if nothing did yet. */
static bool rename_item(walk_item *item, char *better, const char *how) {
    if (item->was) {
        free(item->name);
        item->name = better;
        return true;
    }
    item->was = item->name;
    item->how = path_join("", how);
    item->name = better;
    return item->how != NULL;
}

/* ---- Length -------------------------------------------------------------------------------- */

/* What a file system takes for a name, in bytes; and what is left of a longer one, so that another
 * extension finds room. */
enum { STEP_MOST = 255, STEP_KEPT = 230 };

static const char too_long[] = "longer than 255 bytes";

static bool has_long_step(const char *name) {
    for (const char *p = name; *p; p += *p == '/') {
        size_t size = strcspn(p, "/");
        if (size > STEP_MOST) return true;
        p += size;
    }
    return false;
}

/* The beginning of a step, a digest that tells it from others that begin alike, and its extension.
 */
static void put_shortened(text *t, part step) {
    size_t extension = extension_of(step), keep = STEP_KEPT - extension;
    while (keep > 0 && ((unsigned char)step.p[keep] & 0xC0) == 0x80) keep--;
    text_add(t, step.p, keep);
    text_printf(t, "~%08lx", (unsigned long)(digest_of(step.p, step.n) & 0xFFFFFFFF));
    text_add(t, step.p + step.n - extension, extension);
}

static bool shorten(walk_item *item) {
    text t = {0};
    if (!has_long_step(item->name)) return true;
    for (const char *p = item->name; *p;) {
        part step = {p, strcspn(p, "/")};
        if (step.n > STEP_MOST)
            put_shortened(&t, step);
        else
            text_add(&t, step.p, step.n);
        p += step.n;
        if (*p) text_add(&t, p++, 1);
    }
    if (t.failed) return text_free(&t), false;
    return rename_item(item, t.p, too_long); /* t ends in NUL */
}

/* ---- One item ------------------------------------------------------------------------------ */

static bool clean_name(naming *n, walk_item *item) {
    if (!n->chain) return true;
    const char *slash = strrchr(item->name, '/');
    const char *folder = folder_for(n, item->name, slash ? (size_t)(slash - item->name) : 0);
    char *base = cleaned(n, slash ? slash + 1 : item->name);
    char *better = folder && base ? path_join(folder, base) : NULL;
    free(base);
    if (!better) return false;
    if (strcmp(better, item->name) == 0) return free(better), true;
    return rename_item(item, better, "");
}

bool naming_apply(naming *n, walk_item *item) {
    if (item->kind != WALK_FILE) return true;
    return clean_name(n, item) && (n->any_length || shorten(item));
}

static void put_field(text *t, const char *key, const char *value) {
    text_printf(t, ",\"%s\":", key);
    json_put_name(t, str_z(value));
}

void naming_record(const walk_item *item, text *report) {
    if (!item->was) return;
    bool repaired = item->how && *item->how, cut = repaired && strcmp(item->how, too_long) == 0;
    text_put(report, "{\"type\":\"name\"");
    put_field(report, "path", item->path);
    put_field(report, "rule", cut ? "length" : repaired ? "encoding" : "ads");
    put_field(report, "why", repaired ? item->how : "an ad in the name");
    put_field(report, "before", item->was);
    put_field(report, "after", item->name);
    text_put(report, "}\n");
}
