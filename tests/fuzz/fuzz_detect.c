/* Detection of anything: every byte is in exactly one stretch, each stretch can be decoded, the
 * answer is the same the second time and with a tape, the tape holds what the decoder gives, what
 * is plain has no mojibake, and the repair of mojibake gives well-formed text. */
#include "base/utf8.h"
#include "text/decode.h"
#include "text/mojibake.h"
#include "text/tape.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

static void repair(arena *mem, str text) {
    static arena *kept; /* and with it the tools: made once, for speed */
    static const mojibake_tools *tools;
    if (!kept) must((kept = arena_new(0)) && (tools = mojibake_tools_new(kept)));
    mojibake *found;
    size_t count, at = 0;
    if (!tools || text.n > 2000) return;
    must(mojibake_find(tools, mem, text, &found, &count));
    for (size_t i = 0; i < count; i++) {
        must(found[i].from >= at && found[i].to > found[i].from && found[i].to <= text.n);
        must(utf8_valid_prefix(found[i].text) == found[i].text.n);
        at = found[i].to;
    }
}

/* A run is what the decoder gives for its bytes. */
static void check_run(const tape *t, const tape_run *r, const encoding *e, const uint8_t *data) {
    decoded d;
    str text = str_make(t->text + r->text, 0);
    uint64_t source = 0;
    for (size_t i = 0; i < r->nlines; i++) {
        const tape_line *l = &t->lines[r->line + i];
        must(!l->plain || !mojibake_possible(str_make(text.p + text.n, l->text)));
        text.n += l->text;
        source += l->source;
    }
    must(source == r->len && decode(t->mem, e, data + r->off, (size_t)r->len, r->off, &d));
    must(!d.nbad && d.npua == r->npua && str_eq(d.text, text));
}

static void check_tape(arena *mem, const uint8_t *data, size_t size, const stretch *s,
                       size_t count) {
    tape t = {.mem = mem};
    stretch *taped;
    size_t n, in = 0;
    must(tape_stretches(&t, data, size, NULL, &taped, &n, NULL) && n == count);
    for (size_t i = 0; i < n; i++) must(taped[i].enc == s[i].enc && taped[i].len == s[i].len);
    for (size_t i = 0; i < t.nruns; i++) {
        const tape_run *r = &t.runs[i];
        if (!r->nlines) continue;
        while (s[in].off + s[in].len <= r->off) in++;
        must(r->off + r->len <= s[in].off + s[in].len);
        check_run(&t, r, s[in].enc, data);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    arena *mem = arena_new(0);
    stretch *s, *again;
    size_t count, count_again;
    detection whole, d;
    uint64_t at = 0;
    if (!mem) return 0;
    must(detect_stretches(mem, data, size, NULL, &s, &count, &whole));
    must(detect_stretches(mem, data, size, NULL, &again, &count_again, NULL));
    must(count == count_again && (whole.binary || whole.enc));
    for (size_t i = 0; i < count; i++) {
        decoded text;
        must(s[i].off == at && s[i].len && s[i].enc && s[i].bom <= s[i].len);
        must(s[i].enc == again[i].enc && s[i].len == again[i].len);
        must(decode_stretch(mem, &s[i], data, &text));
        must(utf8_valid_prefix(text.text) == text.text.n);
        at += s[i].len;
        if (i == 0) repair(mem, text.text);
    }
    must(at == size);
    check_tape(mem, data, size, s, count);
    detect(data, size, &d);
    arena_free(mem);
    return 0;
}
