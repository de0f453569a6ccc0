/* convert: text of any length to UTF-8 in bounded memory. What comes out is what qw_read() and
 * qw_write() in "txt" make of the same bytes; only no document is kept. */
#include "registry.h"
#include "text/recode.h"

#include <stdlib.h>

enum { PIECE = 64 * 1024 };

typedef struct conversion {
    const qw_notice_sink *notices;
    out to;
    bool keep; /* line ends stay as they are */
    bool cr;   /* the last character was CR; what it is the end of shows when the next one comes */
    bool open; /* the last line has not ended */
    uint32_t line_ends[LINE_ENDS];
    size_t lines;
    size_t bad_places;     /* in the present stretch */
    uint64_t bad_bytes;    /* there */
    message_id bad_notice; /* what is said of them */
    char piece[PIECE];
} conversion;

/* ---- Lines ----------------------------------------------------------------------------------- */

static void end_line(conversion *c, enum line_end kind) {
    static const char *const ends[LINE_ENDS] = {"", "\n", "\r\n", "\r"};
    out_text(&c->to, c->keep ? ends[kind] : "\n");
    c->line_ends[kind]++;
    c->lines++;
    c->open = false;
}

/* The CR before the text is a line end by itself, or with the LF that the text starts with. */
static str settle_cr(conversion *c, str text) {
    bool crlf = text.n && text.p[0] == '\n';
    if (!c->cr) return text;
    c->cr = false;
    end_line(c, crlf ? LINE_END_CRLF : LINE_END_CR);
    return str_cut(text, crlf, text.n);
}

static bool take_text(void *self, str text) {
    conversion *c = self;
    if (!text.n) return !c->to.failed;
    text = settle_cr(c, text);
    while (text.n) {
        size_t n = 0;
        const char *lf = memchr(text.p, '\n', text.n);
        n = lf ? (size_t)(lf - text.p) : text.n;
        const char *cr = n ? memchr(text.p, '\r', n) : NULL;
        if (cr) n = (size_t)(cr - text.p);
        out_str(&c->to, str_cut(text, 0, n));
        c->open |= n > 0;
        if (cr) {
            c->cr = true;
            text = str_cut(text, n + 1, text.n);
            if (text.n) text = settle_cr(c, text);
        } else {
            if (lf) end_line(c, LINE_END_LF);
            text = str_cut(text, n + (lf != NULL), text.n);
        }
    }
    return !c->to.failed;
}

/* ---- Notices --------------------------------------------------------------------------------- */

static void notify(conversion *c, message_id id, uint64_t off, uint64_t len, const str *args) {
    qw_note_info told = {.id = message_name(id), .level = message_level(id)};
    if (!c->notices) return;
    told.place.offset = off;
    told.place.length = len;
    for (int l = 0; l < QW_LANGUAGES; l++)
        message_text(id, (qw_language)l, args, told.text[l], sizeof told.text[l]);
    c->notices->take(c->notices->self, &told);
}

static void take_bad(void *self, const encoding *e, uint64_t off, uint64_t len) {
    conversion *c = self;
    c->bad_places++;
    c->bad_bytes += len;
    if (c->bad_places <= UNDECODABLE_NOTED)
        notify(c, c->bad_notice, off, len, ARGS(NUM(len), str_of(encoding_name(e))));
}

static void take_stretch(void *self, const stretch *s, size_t private) {
    conversion *c = self;
    str name = str_of(encoding_name(s->enc));
    if (c->bad_places > UNDECODABLE_NOTED)
        notify(c, MSG_UNDECODABLE_SUM, s->off, s->len,
               ARGS(NUM(c->bad_bytes), NUM(c->bad_places), name));
    if (private) notify(c, MSG_PRIVATE_USE, s->off, s->len, ARGS(NUM(private), name));
    c->bad_places = 0;
    c->bad_bytes = 0;
}

/* ---- The conversion -------------------------------------------------------------------------- */

/* Feeds all that the source gives. False with a reason. */
static bool feed(conversion *c, recoder *r, const qw_source *from, uint64_t most, qw_error *why) {
    recode_client client = {c, take_text, take_bad, take_stretch};
    for (uint64_t all = 0;;) {
        size_t n = from->read(from->self, c->piece, PIECE);
        if (n > PIECE) return fail(why, MSG_SOURCE, STR(""), NO_ARGS);
        all += n;
        if (most && all > most) return fail(why, MSG_TOO_LARGE, STR(""), ARGS(NUM(all), NUM(most)));
        if (recoder_feed(r, (const uint8_t *)c->piece, n, n == 0, &client)) {
            if (n) continue;
            return true;
        }
        if (recoder_summary(r).binary) return fail(why, MSG_NO_READER, STR(""), NO_ARGS);
        return c->to.failed ? fail(why, MSG_SINK, STR(""), NO_ARGS) : fail_memory(why);
    }
}

static void finish_lines(conversion *c) {
    settle_cr(c, STR(""));
    if (c->open) end_line(c, LINE_END_NONE);
}

static void summarize(const conversion *c, const recoder *r, qw_summary *sum) {
    recode_summary s = recoder_summary(r);
    *sum = (qw_summary){
        .format = "txt",
        .encoding = s.encoding ? encoding_name(s.encoding) : "",
        .line_ends = line_ends_name(c->line_ends),
        .bom = s.bom,
        .blocks = c->lines,
        .undecodable = s.undecodable,
    };
}

static bool convert(conversion *c, recoder *r, const qw_source *from, const qw_read_options *o,
                    qw_summary *sum, qw_error *why) {
    if (!feed(c, r, from, o->max_input, why)) return false;
    finish_lines(c);
    uint64_t bad = recoder_summary(r).undecodable;
    if (bad && o->undecodable == QW_FAIL_UNDECODABLE)
        return fail(why, MSG_NOT_DECODABLE, STR(""),
                    ARGS(NUM(bad), str_of(encoding_name(recoder_summary(r).encoding))));
    if (!out_end(&c->to)) return fail(why, MSG_SINK, STR(""), NO_ARGS);
    if (sum) summarize(c, r, sum);
    return true;
}

bool qw_convert(const qw_source *from, const qw_sink *sink, const qw_read_options *read,
                const qw_write_options *write, const qw_notice_sink *notices, qw_summary *sum,
                qw_error *why) {
    static const qw_read_options none = {0};
    const qw_read_options *o = read ? read : &none;
    bool spelt = o->undecodable == QW_HEX_UNDECODABLE;
    const encoding *forced = o->encoding ? encoding_find(str_of(o->encoding)) : NULL;
    fail_begin(why);
    if (o->encoding && !forced)
        return fail(why, MSG_NO_ENCODING, STR(""), ARGS(str_of(o->encoding)));
    conversion *c = calloc(1, sizeof *c);
    recoder *r = recoder_new(forced, spelt);
    bool ok = c && r;
    if (ok) {
        c->notices = notices;
        c->keep = write && write->keep_line_ends;
        c->bad_notice = spelt ? MSG_UNDECODABLE_HEX : MSG_UNDECODABLE;
        out_begin(&c->to, sink);
        ok = convert(c, r, from, o, sum, why);
    } else {
        fail_memory(why);
    }
    recoder_free(r);
    free(c);
    return ok;
}

const char *qw_sniff(const void *bytes, size_t n, const char *name) {
    int bid;
    const reader *r = registry_reader(STR(""), str_make(n ? bytes : "", n), str_of(name), &bid);
    return r ? registry_reader_name(r) : "";
}
