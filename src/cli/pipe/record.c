#include "pipe/record.h"

#include "pipe/json.h"

#include <string.h>

/* A member's name or value that is longer is not looked at; they are short. */
enum { NAME_MOST = 4096 };

typedef struct reading {
    record *r;
    json_reader json;
    text key;
    say_id *what;
    unsigned seen; /* bits of enum member */
} reading;

enum member { ID = 1, PATH = 2, BYTES = 4, TEXT = 8, NAME = 16, ENCODING = 32 };

static bool wrong(reading *g, say_id what) {
    *g->what = what;
    return false;
}

static bool failed(reading *g, const text *t) {
    return wrong(g, t->failed ? SAY_OUT_OF_MEMORY : SAY_RECORD_SYNTAX);
}

static enum member member_named(const text *key) {
    static const struct {
        const char *name;
        enum member member;
    } names[] = {{"id", ID},     {"path", PATH}, {"bytes", BYTES},
                 {"text", TEXT}, {"name", NAME}, {"encoding", ENCODING}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == key->n && memcmp(names[i].name, text_z(key), key->n) == 0)
            return names[i].member;
    return 0;
}

/* A string that is to be a C string. */
static bool read_name(reading *g, text *t) {
    if (!json_sees(&g->json, '"')) return wrong(g, SAY_RECORD_STRING);
    if (!json_read_string(&g->json, t)) return failed(g, t);
    if (strlen(text_z(t)) != t->n || t->n > NAME_MOST) return wrong(g, SAY_RECORD_STRING);
    return true;
}

static bool read_payload(reading *g, record_kind kind) {
    text *t = &g->r->payload;
    if (g->r->kind != RECORD_NONE) return wrong(g, SAY_RECORD_WHAT);
    g->r->kind = kind;
    if (kind == RECORD_PATH) return read_name(g, t);
    if (!json_sees(&g->json, '"')) return wrong(g, SAY_RECORD_STRING);
    if (!json_read_string(&g->json, t)) return failed(g, t);
    if (kind != RECORD_BYTES || t->n == 0) return true;
    return json_take_base64(t->p, &t->n) || wrong(g, SAY_RECORD_BASE64);
}

/* A member that is null is as good as missing: rows of a table have many. */
static bool read_value(reading *g, enum member member) {
    qw_str other;
    if (member != ID && json_sees(&g->json, 'n'))
        return json_skip(&g->json, &other) || wrong(g, SAY_RECORD_SYNTAX);
    switch (member) {
    case ID: return json_skip(&g->json, &g->r->id) || wrong(g, SAY_RECORD_SYNTAX);
    case PATH: return read_payload(g, RECORD_PATH);
    case BYTES: return read_payload(g, RECORD_BYTES);
    case TEXT: return read_payload(g, RECORD_TEXT);
    case NAME: return read_name(g, &g->r->name);
    case ENCODING: return read_name(g, &g->r->encoding);
    }
    return json_skip(&g->json, &other) || wrong(g, SAY_RECORD_SYNTAX);
}

static bool read_member(reading *g) {
    text_clear(&g->key);
    if (!json_read_string(&g->json, &g->key)) return failed(g, &g->key);
    if (!json_read_byte(&g->json, ':')) return wrong(g, SAY_RECORD_SYNTAX);
    enum member member = member_named(&g->key);
    if (g->seen & member) return wrong(g, SAY_RECORD_TWICE);
    g->seen |= member;
    return read_value(g, member);
}

static bool read_object(reading *g) {
    if (!json_read_byte(&g->json, '{')) return wrong(g, SAY_RECORD_SYNTAX);
    if (!json_sees(&g->json, '}')) {
        do {
            if (!read_member(g)) return false;
        } while (json_read_byte(&g->json, ','));
    }
    if (!json_read_byte(&g->json, '}') || !json_at_end(&g->json))
        return wrong(g, SAY_RECORD_SYNTAX);
    return g->r->kind != RECORD_NONE || wrong(g, SAY_RECORD_WHAT);
}

bool record_read(record *r, qw_str line, say_id *what) {
    reading g = {.r = r, .json = {line.p, line.p + line.n, 0}, .what = what};
    r->id = (qw_str){"null", 4};
    r->kind = RECORD_NONE;
    text_clear(&r->payload);
    text_clear(&r->name);
    text_clear(&r->encoding);
    bool ok = read_object(&g);
    text_free(&g.key);
    return ok;
}

void record_free(record *r) {
    text_free(&r->payload);
    text_free(&r->name);
    text_free(&r->encoding);
}
