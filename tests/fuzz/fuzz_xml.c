/* The scanner against libxml2: both accept the same documents, and see the same tags and text.
 * What the scanner refuses by design (DOCTYPE, limits) or takes more lightly (see the head of
 * xml_scan.c) is left out of the comparison. */
#include "base/buf.h"
#include "ooxml/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

/* A digest of events in the order they come: tags by local name, text by its characters. */
static void saw(buf *log, char kind, const char *p, size_t n) {
    if (kind != 't') buf_add_byte(log, kind);
    buf_add(log, str_make(p, n));
    if (kind != 't') buf_add_byte(log, '\n');
}

static bool scan(str bytes, buf *log, bool *limited) {
    arena *mem = arena_new(0);
    xml_reader *r = calloc(1, sizeof *r);
    qw_error why = {0};
    must(mem && r);
    bool ok = xml_begin(r, mem, STR("part"), bytes, &why);
    for (xml_event e; ok && (e = xml_next(r)) != XML_END_OF_PART;) {
        str here = str_cut(r->bytes, r->off, r->off + r->len);
        if (e == XML_START) {
            must(here.p[0] == '<' && here.p[here.n - 1] == '>');
            str name = xml_local(r->open[r->depth - 1].qname);
            saw(log, 's', name.p, name.n);
        } else if (e == XML_END) {
            must(here.n == 0 || (here.p[0] == '<' && here.p[1] == '/'));
            saw(log, 'e', "", 0);
        } else {
            char *text = malloc(here.n + 1);
            must(text != NULL);
            size_t n = xml_decode(here, r->cdata, text);
            must(n <= here.n);
            saw(log, 't', text, n);
            free(text);
        }
    }
    ok = ok && !r->failed;
    must(ok == (why.code == QW_OK));
    must(!ok || r->depth == 0);
    *limited = why.code == QW_LIMIT || why.code == QW_UNSUPPORTED;
    free(r);
    arena_free(mem);
    return ok;
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int nns, const xmlChar **ns, int nattr, int ndefault, const xmlChar **attr) {
    (void)prefix, (void)uri, (void)nns, (void)ns, (void)nattr, (void)ndefault, (void)attr;
    saw(((xmlParserCtxtPtr)ctx)->_private, 's', (const char *)local, strlen((const char *)local));
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    (void)local, (void)prefix, (void)uri;
    saw(((xmlParserCtxtPtr)ctx)->_private, 'e', "", 0);
}

static void on_text(void *ctx, const xmlChar *text, int n) {
    saw(((xmlParserCtxtPtr)ctx)->_private, 't', (const char *)text, (size_t)n);
}

static void on_error(void *ctx, xmlErrorPtr error) {
    bool *lax = ctx;
    if (error->code == XML_NS_ERR_ATTRIBUTE_REDEFINED || error->code == XML_WAR_NS_URI) *lax = true;
}

/* True when libxml2 takes the document. *lax: it found what the scanner does not look for. */
static bool parse(str bytes, buf *log, bool *lax) {
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text};
    xmlParserCtxtPtr ctx = xmlCreateMemoryParserCtxt(bytes.p, (int)bytes.n);
    if (!ctx) return false;
    *ctx->sax = sax;
    ctx->_private = log;
    *lax = false;
    xmlSetStructuredErrorFunc(lax, on_error);
    xmlCtxtUseOptions(ctx, XML_PARSE_NONET | XML_PARSE_HUGE);
    xmlParseDocument(ctx);
    bool ok = ctx->wellFormed && ctx->nsWellFormed;
    xmlFreeParserCtxt(ctx);
    xmlSetStructuredErrorFunc(NULL, NULL);
    return ok;
}

/* The scanner knows no declarations but the usual one, and any character above ASCII in names. */
static bool comparable(str bytes) {
    static const str usual =
        STR_INIT("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
    if (bytes.n == 0 || bytes.n > 1 << 20) return false;
    if (str_starts(bytes, STR("<?")) && !str_starts(bytes, usual)) return false;
    for (size_t i = 0; i < bytes.n; i++)
        if ((uint8_t)bytes.p[i] >= 0x80 || bytes.p[i] == '\0') return false;
    return str_find(bytes, STR("<!DOCTYPE"), 0) == STR_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    str bytes = str_make((const char *)data, size);
    buf ours = BUF_INIT(SIZE_MAX), theirs = BUF_INIT(SIZE_MAX);
    bool limited, lax = false;
    bool ok = scan(bytes, &ours, &limited);
    if (comparable(bytes) && !limited) {
        bool theirs_ok = parse(bytes, &theirs, &lax);
        must(ok == theirs_ok || (ok && lax));
        must(!ok || lax || str_eq(buf_str(&ours), buf_str(&theirs)));
    }
    buf_free(&ours);
    buf_free(&theirs);
    return 0;
}
