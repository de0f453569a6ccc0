/* xml: brings a part into UTF-8. The only file that knows libxml2, of which it uses the converters
 * of other encodings. */
#include "ooxml/xml.h"

#include <libxml/encoding.h>
#include <libxml/tree.h>

/* The encoding that the XML declaration names; empty when there is none. Reads ASCII only. */
static str declared_encoding(str bytes) {
    str head = str_cut(bytes, 0, 256);
    if (!str_starts(head, STR("<?xml"))) return STR("");
    head = str_cut(head, 0, str_find(head, STR("?>"), 0));
    size_t at = str_find(head, STR("encoding"), 0);
    if (at == STR_NONE) return STR("");
    str rest = str_trim(str_cut(head, at + 8, head.n));
    if (!str_starts(rest, STR("="))) return STR("");
    rest = str_trim(str_cut(rest, 1, rest.n));
    if (!rest.n || (rest.p[0] != '"' && rest.p[0] != '\'')) return STR("");
    return str_cut(rest, 1, str_find_byte(rest, rest.p[0], 1));
}

/* The encoding of the bytes; empty for UTF-8. *mark is the length of the byte order mark. */
static str find_encoding(str bytes, size_t *mark) {
    *mark = 0;
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) return *mark = 3, STR("");
    if (str_starts(bytes, STR("\xFF\xFE"))) return *mark = 2, STR("UTF-16LE");
    if (str_starts(bytes, STR("\xFE\xFF"))) return *mark = 2, STR("UTF-16BE");
    if (bytes.n >= 4 && bytes.p[0] == '<' && !bytes.p[1]) return STR("UTF-16LE");
    if (bytes.n >= 4 && !bytes.p[0] && bytes.p[1] == '<') return STR("UTF-16BE");
    str name = declared_encoding(bytes);
    bool utf8 = str_eq_nocase(name, STR("UTF-8")) || str_eq_nocase(name, STR("UTF8")) ||
                str_eq_nocase(name, STR("US-ASCII")) || str_eq_nocase(name, STR("ASCII"));
    return utf8 ? STR("") : name;
}

/* Converts piece by piece, so that only the result is large. */
static bool convert(xmlCharEncodingHandlerPtr handler, str in, xmlBufferPtr to) {
    enum { PIECE = 16 * 1024 };
    xmlBufferPtr from = xmlBufferCreateSize(PIECE * 2);
    bool ok = from != NULL;
    for (size_t at = 0; ok && at < in.n;) {
        size_t n = in.n - at < PIECE ? in.n - at : PIECE;
        ok = xmlBufferAdd(from, (const xmlChar *)in.p + at, (int)n) == 0;
        at += n;
        /* A character cut in two at the end of a piece waits for the next one. */
        int had = xmlBufferLength(from);
        while (ok && xmlBufferLength(from) > 0) {
            ok = xmlCharEncInFunc(handler, to, from) >= 0;
            if (xmlBufferLength(from) == had) break;
            had = xmlBufferLength(from);
        }
        if (xmlBufferLength(from) > 8 && at == in.n) ok = false;
        if (xmlBufferLength(from) > PIECE) ok = false;
    }
    ok = ok && xmlBufferLength(from) == 0;
    xmlBufferFree(from);
    return ok;
}

static bool transcode(arena *mem, str part, str name, str bytes, str *out, qw_error *why) {
    char encoding[64];
    snprintf(encoding, sizeof encoding, "%.*s", (int)(name.n < 63 ? name.n : 63), name.p);
    xmlCharEncodingHandlerPtr handler = xmlFindCharEncodingHandler(encoding);
    xmlBufferPtr to = handler ? xmlBufferCreateSize(bytes.n + 16) : NULL;
    bool ok = to && convert(handler, bytes, to);
    if (ok)
        *out = arena_str(mem,
                         str_make((const char *)xmlBufferContent(to), (size_t)xmlBufferLength(to)));
    if (to) xmlBufferFree(to);
    if (handler) xmlCharEncCloseFunc(handler);
    if (!ok) return fail(why, MSG_XML_ENCODING, part, ARGS(name));
    return out->p || fail_memory(why);
}

bool xml_utf8(arena *mem, str part, str bytes, str *out, bool *transcoded, qw_error *why) {
    size_t mark;
    str name = find_encoding(bytes, &mark);
    *out = str_cut(bytes, mark, bytes.n);
    *transcoded = name.n > 0;
    return !*transcoded || transcode(mem, part, name, *out, out, why);
}

str xml_declared_utf8(arena *mem, str text) {
    str head = STR("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
    size_t end = str_starts(text, STR("<?xml")) ? str_find(text, STR("?>"), 0) : STR_NONE;
    return arena_join(mem, head, str_cut(text, end == STR_NONE ? 0 : end + 2, text.n));
}
