/* html_read: pages of HTML that go by the name of a Word document, as programs write them for Word
 * to open, alone or as MHTML. A page by a name of its own is text to the other reader: its markup
 * stays. */
#include "format/docx_read/docx_read.h"
#include "format/docx_read/mhtml.h"

static bool is_named_as_document(str name) {
    static const char *const extensions[] = {".docx", ".doc", ".docm", ".dotx", ".dot", ".wps"};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        str extension = str_of(extensions[i]);
        if (name.n > extension.n &&
            str_eq_nocase(str_cut(name, name.n - extension.n, name.n), extension))
            return true;
    }
    return false;
}

static bool begins_page(str bytes) {
    str head = str_cut(bytes, str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0, 4096);
    if (mhtml_is_message(bytes)) return str_find(bytes, STR("text/html"), 0) != STR_NONE;
    head = str_trim(head);
    if (str_starts(head, STR("<?xml")) || str_starts(head, STR("<!--"))) {
        size_t end = str_find_byte(head, '>', 0);
        head = str_trim(str_cut(head, end == STR_NONE ? head.n : end + 1, head.n));
    }
    return str_eq_nocase(str_cut(head, 0, 5), STR("<html")) ||
           str_eq_nocase(str_cut(head, 0, 14), STR("<!doctype html"));
}

static int probe(str bytes, str name) {
    return is_named_as_document(name) && begins_page(bytes) ? 85 : 0;
}

static void read(doc *d, const qw_read_options *o) {
    str text;
    bool html;
    story *s = arena_zalloc(d->mem, 1, sizeof *s);
    xml_reader *none = arena_zalloc(d->mem, 1, sizeof *none);
    d->encoding = STR("UTF-8");
    d->spelt = o->undecodable == QW_HEX_UNDECODABLE;
    if (!s || !none) {
        fail_memory(&d->why);
    } else if (!page_text(d, d->source, &text, &html)) {
        if (doc_ok(d)) doc_fail(d, MSG_NO_READER, STR(""), NO_ARGS);
    } else {
        none->bytes = text;
        *s = (story){.d = d, .xml = none, .region = REGION_BODY};
        s->part = doc_add_part(d, STR(""), text);
        if (doc_ok(d)) story_read_page(s, text);
    }
    if (d->undecodable && o->undecodable == QW_FAIL_UNDECODABLE)
        doc_fail(d, MSG_NOT_DECODABLE, STR(""), ARGS(NUM(d->undecodable), d->encoding));
}

const reader reader_html = {probe, read};
