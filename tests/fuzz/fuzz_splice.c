/* Taking things out of any part, at any places: what was well-formed stays so, and the inverse
 * gives the part back. The first byte says how many wishes there are; they follow, six bytes each;
 * the rest is the part. */
#include "ooxml/prune.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool is_well_formed(arena *mem, str bytes) {
    xml_reader *xml = arena_zalloc(mem, 1, sizeof *xml);
    qw_error why = {0};
    if (!xml || !xml_begin(xml, mem, STR(""), bytes, &why)) return false;
    while (xml_next(xml) != XML_END_OF_PART) {}
    return !xml->failed;
}

/* Text may be cut wherever it stands, but not through a reference. */
static bool is_plain_text(str bytes, size_t off, size_t len) {
    size_t open = off;
    while (open > 0 && bytes.p[open - 1] != '<' && bytes.p[open - 1] != '>') open--;
    if (!open || bytes.p[open - 1] != '>') return false;
    for (size_t i = open; i < bytes.n && (i < off + len || i == open); i++)
        if (bytes.p[i] == '<') return false;
    for (size_t i = open; i < bytes.n && bytes.p[i] != '<'; i++)
        if (bytes.p[i] == '&' || (unsigned char)bytes.p[i] >= 0x80) return false;
    return true;
}

static void wish_for(wishes *w, str bytes, const uint8_t *p) {
    size_t off = bytes.n ? (size_t)(p[1] << 8 | p[2]) % bytes.n : 0, len = p[3] % 16;
    enum wish_kind kind = (enum wish_kind)(p[0] % 6);
    if (len > bytes.n - off) len = bytes.n - off;
    if (kind != WISH_TEXT) /* these stand where an element starts */
        while (off > 0 && bytes.p[off] != '<') off--;
    if (kind == WISH_TEXT && !is_plain_text(bytes, off, len)) return;
    wishes_add(w, kind, off, len, kind == WISH_TEXT && p[4] & 1 ? STR("x") : STR(""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    size_t count = n ? data[0] % 16 : 0;
    arena *mem = arena_new((size_t)64 << 20);
    if (!mem || n < 1 + 6 * count) return arena_free(mem), 0;
    str bytes = str_make((const char *)data + 1 + 6 * count, n - 1 - 6 * count), after, again;
    wishes w;
    splice s, back;
    qw_error why = {0};
    str ids[] = {STR("1"), STR("c1")};
    wishes_begin(&w, mem);
    splice_begin(&s, mem);
    for (size_t i = 0; i < count; i++) wish_for(&w, bytes, data + 1 + 6 * i);
    if (prune(STR(""), bytes, &w, (dead_notes){ids, n % 3}, &s, &why)) {
        if (!splice_apply(&s, bytes, &after) || !splice_inverse(&s, bytes, &back)) abort();
        if (!splice_apply(&back, after, &again) || !str_eq(again, bytes)) abort();
        if (after.n && !is_well_formed(mem, after)) abort();
    }
    arena_free(mem);
    return 0;
}
