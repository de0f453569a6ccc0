#include "pipe/answer.h"

#include "pipe/json.h"

#include <string.h>

/* Names of what the program finds wrong; they never change. What the library does has its own. */
static const char *name_of(say_id what) {
    static const struct {
        say_id id;
        const char *name;
    } names[] = {
        {SAY_RECORD_SYNTAX, "bad-record"},    {SAY_RECORD_WHAT, "bad-record"},
        {SAY_RECORD_STRING, "bad-record"},    {SAY_RECORD_TWICE, "bad-record"},
        {SAY_RECORD_BASE64, "bad-record"},    {SAY_RECORD_LONG, "record-too-long"},
        {SAY_CANNOT_OPEN, "cannot-open"},     {SAY_CANNOT_READ, "cannot-read"},
        {SAY_CHANGED_MEANWHILE, "changed"},   {SAY_TOO_LARGE, "too-large"},
        {SAY_OUT_OF_MEMORY, "out-of-memory"}, {SAY_TOO_SLOW, "too-slow"},
        {SAY_WORKER_CRASHED, "crashed"},      {SAY_WORKER_KILLED, "killed"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].id == what) return names[i].name;
    return "failed";
}

/* ---- Pieces of an answer ------------------------------------------------------------------- */

typedef struct answering {
    const answer_plan *p;
    answerer *a;
    uint64_t number;
    text *to;
} answering;

static void put_name(answering *g, const char *name) {
    text_printf(g->to, "%s\"%s\":", g->to->p[g->to->n - 1] == '{' ? "" : ",", name);
}

static void put_string(answering *g, const char *name, qw_str s) {
    put_name(g, name);
    json_put_string(g->to, s, g->p->ascii);
}

static void put_number(answering *g, const char *name, uint64_t n) {
    put_name(g, name);
    text_printf(g->to, "%llu", (unsigned long long)n);
}

static void put_bool(answering *g, const char *name, bool b) {
    put_name(g, name);
    text_put(g->to, b ? "true" : "false");
}

static void begin(answering *g, qw_str id) {
    text_put(g->to, "{\"id\":");
    json_put_raw(g->to, id, g->p->ascii);
}

/* JSON Lines as an array. */
static void put_array(answering *g, const char *name, const text *lines) {
    const char *at = text_z(lines), *end = at + lines->n, *comma = "";
    put_name(g, name);
    text_put(g->to, "[");
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        text_put(g->to, comma);
        json_put_raw(g->to, (qw_str){at, (size_t)(stop - at)}, g->p->ascii);
        comma = ",";
        at = stop + (stop < end);
    }
    text_put(g->to, "]");
}

static void put_error(answering *g, qw_str id, const char *name, const char *place,
                      const char *english, const char *chinese) {
    begin(g, id);
    put_number(g, "line", g->number);
    put_name(g, "error");
    text_put(g->to, "{");
    put_string(g, "id", str_z(name));
    if (*place) put_string(g, "place", str_z(place));
    put_string(g, "text", str_z(english));
    put_string(g, "text_zh", str_z(chinese));
    text_put(g->to, "}}\n");
}

static void put_wrong(answering *g, qw_str id, say_id what, const char *const words[2]) {
    text said[QW_LANGUAGES] = {{0}};
    for (qw_language k = QW_ENGLISH; k < QW_LANGUAGES; k++)
        say(&said[k], k, what, WORDS(words ? words[k] : NULL));
    put_error(g, id, name_of(what), "", text_z(&said[QW_ENGLISH]), text_z(&said[QW_CHINESE]));
    for (qw_language k = QW_ENGLISH; k < QW_LANGUAGES; k++) text_free(&said[k]);
}

static void put_failure(answering *g, const qw_error *why) {
    put_error(g, g->a->record.id, why->id ? why->id : "failed", why->place, why->text[QW_ENGLISH],
              why->text[QW_CHINESE]);
}

static void put_notices(answering *g, const qw_doc *d) {
    qw_note_info note;
    put_name(g, "notices");
    text_put(g->to, "[");
    for (size_t i = 0; qw_note_get(d, i, &note); i++) {
        text_put(g->to, i ? ",{" : "{");
        put_string(g, "id", str_z(note.id));
        put_string(g, "level", str_z(note.level == QW_WARNING ? "warning" : "info"));
        put_string(g, "text", str_z(note.text[QW_ENGLISH]));
        put_string(g, "text_zh", str_z(note.text[QW_CHINESE]));
        text_put(g->to, "}");
    }
    text_put(g->to, "]");
}

static void put_summary(answering *g, const qw_doc *d) {
    qw_summary sum;
    qw_summarize(d, &sum);
    put_string(g, "format", str_z(sum.format));
    put_string(g, "encoding", str_z(sum.encoding));
    put_bool(g, "changed", sum.changed);
    put_number(g, "removed_edits", sum.removed_edits);
    put_number(g, "removed_bytes", sum.removed);
    put_number(g, "undecodable_bytes", sum.undecodable);
}

/* ---- The document -------------------------------------------------------------------------- */

static bool write_to(answering *g, qw_doc *d, const char *format, qw_error *why) {
    text_clear(&g->a->written);
    qw_sink sink = {text_sink, &g->a->written};
    return qw_write(d, format, &g->p->write, &sink, why);
}

static bool put_document(answering *g, qw_doc *d, qw_error *why) {
    const text *written = &g->a->written;
    const qw_format_info *f = g->p->format;
    qw_str all;
    if (!write_to(g, d, f->name, why)) return false;
    all = (qw_str){text_z(written), written->n};
    if (strcmp(f->name, "jsonl") == 0) {
        put_array(g, "objects", written);
    } else if (f->binary) {
        put_name(g, "bytes");
        text_put(g->to, "\"");
        json_put_base64(g->to, all);
        text_put(g->to, "\"");
    } else
        put_string(g, "text", all);
    return true;
}

/* Everything about a document that was cleaned. */
static bool put_done(answering *g, qw_doc *d, qw_error *why) {
    put_summary(g, d);
    put_notices(g, d);
    if (g->p->edits) {
        if (!write_to(g, d, "report", why)) return false;
        put_array(g, "report", &g->a->written);
    }
    return put_document(g, d, why);
}

static qw_doc *read_document(answering *g, const qw_input *input, qw_error *why) {
    answerer *a = g->a;
    qw_read_options how = g->p->read;
    if (a->record.encoding.n) how.encoding = text_z(&a->record.encoding);
    if (a->record.kind == RECORD_TEXT) how.format = "txt", how.encoding = "UTF-8";
    return qw_read(a->space, input, &how, why);
}

/* A name says what a file is; text is text. */
static const char *input_name(const record *r) {
    const text *name = r->kind == RECORD_PATH ? &r->payload : &r->name;
    return name->n ? text_z(name) : NULL;
}

static void clean(answering *g, const void *bytes, size_t n) {
    qw_error why = {0};
    qw_input input = {.name = input_name(&g->a->record), .bytes = bytes, .n = n};
    size_t start = g->to->n;
    qw_doc *d = read_document(g, &input, &why);
    begin(g, g->a->record.id);
    if (d && qw_run(g->p->chain, d, &why) && put_done(g, d, &why)) {
        text_put(g->to, "}\n");
        return;
    }
    g->to->n = start; /* what was added of an answer */
    put_failure(g, &why);
}

/* A file; never stdin, which is where the records come from. */
static void clean_file(answering *g, answerer *a) {
    say_id what;
    int error;
    const char *path = text_z(&a->record.payload);
    if (load(&a->file, strcmp(path, "-") == 0 ? "./-" : path, &what, &error))
        clean(g, a->file.p ? a->file.p : "", a->file.n);
    else
        put_wrong(g, a->record.id, what,
                  (const char *[2]){say_errno(QW_ENGLISH, error), say_errno(QW_CHINESE, error)});
    load_trim(&a->file);
}

void answer(const answer_plan *p, answerer *a, qw_str line, uint64_t number, text *to) {
    answering g = {p, a, number, to};
    say_id what = SAY_OUT_OF_MEMORY;
    if (!a->space) a->space = qw_workspace_new();
    bool read = record_read(&a->record, line, &what);
    if (!read || !a->space)
        put_wrong(&g, a->record.id, read ? SAY_OUT_OF_MEMORY : what, NULL);
    else if (a->record.kind == RECORD_PATH)
        clean_file(&g, a);
    else
        clean(&g, text_z(&a->record.payload), a->record.payload.n);
    text_clear(&a->written);
}

void answer_wrong(const answer_plan *p, qw_str line, uint64_t number, say_id what,
                  const char *const *words, text *to) {
    record r = {0};
    say_id ignored;
    answering g = {p, NULL, number, to};
    record_read(&r, line, &ignored);
    put_wrong(&g, r.id, what, (const char *[2]){words[0], words[0]});
    record_free(&r);
}

void answerer_free(answerer *a) {
    qw_workspace_free(a->space);
    load_free(&a->file);
    record_free(&a->record);
    text_free(&a->written);
}
