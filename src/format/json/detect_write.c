/* detect_write: what a document is in, as one JSON object: format, encoding, BOM, line ends, the
 * stretches of one encoding each, and text that was decoded wrongly before it came here.
 * "confidence" is the margin in bits by which the encoding won over the runner-up. */
#include "format/format.h"
#include "format/json/fields.h"
#include "text/detect.h"
#include "text/mojibake.h"
#include "text/place.h"

enum {
    MOJIBAKE_SHOWN = 16,
    LOOKED_AT = 64 * 1024, /* bytes of odd lines */
};

static uint64_t confidence(const doc *d) {
    float margin = d->detected ? d->detected->margin : 0;
    return !(margin > 0) ? 0 : margin < 1e9f ? (uint64_t)margin : 1000000000;
}

static void write_name(out *to, const encoding *e) {
    out_json(to, str_of(encoding_name(e)));
}

/* What else it could be. */
static void write_doubt(const doc *d, out *to) {
    const detection *x = d->detected;
    field_str(to, "runner_up", str_of(x && x->second ? encoding_name(x->second) : ""));
    field_bool(to, "unsure", x && x->unsure);
    if (!x || !x->unsure || !x->enc) return;
    out_text(to, ",\"candidates\":[");
    write_name(to, x->enc);
    for (size_t i = 0; i < sizeof x->also / sizeof *x->also && x->also[i]; i++) {
        out_byte(to, ',');
        write_name(to, x->also[i]);
    }
    out_byte(to, ']');
}

static void write_stretch(const stretch *s, out *to) {
    out_printf(to, "{\"offset\":%llu", (unsigned long long)s->off);
    field_number(to, "length", s->len);
    field_str(to, "encoding", str_of(encoding_name(s->enc)));
    field_bool(to, "bom", s->bom > 0);
    if (s->damaged) field_bool(to, "damaged", true);
    out_byte(to, '}');
}

/* ---- Mojibake -------------------------------------------------------------------------------- */

typedef struct search {
    doc *d;
    out *to;
    const mojibake_tools *tools; /* made when a line is odd */
    place_finder places;
    size_t shown, looked_at;
} search;

static void write_mojibake(search *s, uint32_t index, const mojibake *m) {
    static const char *const kinds[] = {"repairable", "partly", "destroyed"};
    qw_place place = place_find(&s->places, index, m->from, m->to);
    if (s->shown++) out_byte(s->to, ',');
    out_printf(s->to, "{\"kind\":\"%s\"", kinds[m->kind]);
    field_number(s->to, "offset", place.offset);
    field_number(s->to, "length", place.length);
    field_number(s->to, "line", place.line);
    field_str(s->to, "how", m->how);
    out_byte(s->to, '}');
}

static bool search_block(search *s, uint32_t index) {
    str text = s->d->blocks[index].text;
    mojibake *found;
    size_t count;
    if (!mojibake_possible(text)) return true;
    s->looked_at += text.n;
    if (!s->tools) s->tools = mojibake_tools_new(s->d->mem);
    if (!s->tools || !mojibake_find(s->tools, s->d->mem, text, &found, &count)) return false;
    for (size_t i = 0; i < count && s->shown < MOJIBAKE_SHOWN; i++)
        if (found[i].kind != MOJIBAKE_DESTROYED || !place_undecodable(s->d, index, found[i].from))
            write_mojibake(s, index, &found[i]);
    return true;
}

static bool write_all_mojibake(doc *d, out *to) {
    search s = {.d = d, .to = to, .places = {.d = d}};
    bool ok = true;
    out_text(to, ",\"mojibake\":[");
    for (size_t i = 0; ok && i < d->nblocks; i++) {
        if (s.shown == MOJIBAKE_SHOWN || s.looked_at > LOOKED_AT) break;
        if (block_is_text(&d->blocks[i])) ok = search_block(&s, (uint32_t)i);
    }
    out_byte(to, ']');
    return ok;
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)o;
    object_begin(to, "path", d->name);
    field_str(to, "format", d->format);
    field_str(to, "encoding", d->encoding);
    field_bool(to, "bom", d->bom);
    field_str(to, "line_ends", str_of(line_ends_name(d->line_ends)));
    field_str(to, "language", d->language);
    field_number(to, "confidence", confidence(d));
    write_doubt(d, to);
    field_number(to, "bytes", d->source.n);
    field_number(to, "undecodable", d->undecodable);
    out_text(to, ",\"stretches\":[");
    for (size_t i = 0; i < d->nstretches; i++) {
        if (i) out_byte(to, ',');
        write_stretch(&d->stretches[i], to);
    }
    out_byte(to, ']');
    bool ok = write_all_mojibake(d, to);
    object_end(to);
    return ok || fail_memory(why);
}

const writer writer_detect = {write};
