/* detect_write: what a document is in, as one JSON object: format, encoding, BOM, line ends, and
 * the stretches of one encoding each. "confidence" is the margin in bits by which the encoding of
 * the longest stretch won over the runner-up. */
#include "format/fields.h"
#include "format/format.h"
#include "text/detect.h"

static uint64_t confidence(const doc *d) {
    const stretch *longest = NULL;
    for (size_t i = 0; i < d->nstretches; i++)
        if (!longest || d->stretches[i].len > longest->len) longest = &d->stretches[i];
    if (!longest || !(longest->margin > 0)) return 0;
    return longest->margin < 1e9f ? (uint64_t)longest->margin : 1000000000;
}

static void write_stretch(const stretch *s, out *to) {
    out_printf(to, "{\"offset\":%llu", (unsigned long long)s->off);
    field_number(to, "length", s->len);
    field_str(to, "encoding", str_of(encoding_name(s->enc)));
    field_bool(to, "bom", s->bom > 0);
    out_byte(to, '}');
}

static bool write(doc *d, const qw_write_options *o, out *to, qw_error *why) {
    (void)o, (void)why;
    object_begin(to, "path", d->name);
    field_str(to, "format", d->format);
    field_str(to, "encoding", d->encoding);
    field_bool(to, "bom", d->bom);
    field_str(to, "line_ends", str_of(line_ends_name(d->line_ends)));
    field_str(to, "language", d->language);
    field_number(to, "confidence", confidence(d));
    field_number(to, "bytes", d->source.n);
    field_number(to, "undecodable", d->undecodable);
    out_text(to, ",\"stretches\":[");
    for (size_t i = 0; i < d->nstretches; i++) {
        if (i) out_byte(to, ',');
        write_stretch(&d->stretches[i], to);
    }
    out_byte(to, ']');
    object_end(to);
    return true;
}

const writer writer_detect = {write};
