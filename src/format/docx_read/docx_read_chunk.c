/* docx_read_chunk: files that Word merges in where w:altChunk stands (ECMA-376 part 1, 17.17.2.1):
 * documents of its own kind, HTML, alone or with its pictures in one file (MHTML), and plain text,
 * in any encoding; of others a notice is given. */
#include "format/docx_read/docx_read.h"
#include "ooxml/package_kind.h"

static bool read_page(story *s, str name, str bytes) {
    str text, around = s->d->encoding;
    bool html, read = page_text(s->d, bytes, &text, &html);
    uint16_t outer = s->part;
    s->d->encoding = around;
    if (!read) return false;
    s->part = doc_add_part(s->d, name, text);
    if (!doc_ok(s->d)) return false;
    s->d->parts[s->part].foreign = true;
    if (html)
        story_read_page(s, text);
    else
        story_read_lines(s, text);
    s->part = outer;
    return true;
}

bool story_read_chunk(story *s, str id) {
    const relation *r = id.p ? relations_by_id(s->relations, id) : NULL;
    size_t i = r && !r->external ? package_find(s->package, r->target) : STR_NONE;
    qw_error ignored = {0};
    str bytes;
    if (i == STR_NONE || !package_read(s->package, i, &bytes, &ignored)) return false;
    str name = package_at(s->package, i)->name;
    enum package_kind kind = package_kind(bytes, STR(""));
    if (kind == PACKAGE_ZIP || kind == PACKAGE_FLAT) return story_read_merged(s, name, bytes);
    return kind == PACKAGE_NONE && !s->merged.n && read_page(s, name, bytes);
}
