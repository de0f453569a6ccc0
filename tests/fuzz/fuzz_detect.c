/* Detection of anything: every byte is in exactly one stretch, each stretch can be decoded, the
 * answer is the same the second time, and the repair of mojibake gives well-formed text. */
#include "base/utf8.h"
#include "text/decode.h"
#include "text/mojibake.h"

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
    detect(data, size, &d);
    arena_free(mem);
    return 0;
}
