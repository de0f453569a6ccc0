/* xml: a part of a package read as a stream of tags and text, each with the bytes it stands in.
 *
 * The scanner is strict: what is not well-formed XML 1.0 with namespaces ends the reading with an
 * error that names the byte. A DOCTYPE is refused, and so there are no entities but the five that
 * XML has. Nothing is built and nothing is copied: names, values and text are slices of the part.
 * Names are resolved by namespace, never by prefix; strict and transitional namespaces are one.
 *
 * Offsets count in the UTF-8 form of the part. That is the part itself unless it is in another
 * encoding, which is said by xml_utf8(). */
#ifndef QW_OOXML_XML_H
#define QW_OOXML_XML_H

#include "base/arena.h"
#include "base/message.h"

enum xml_namespace {
    XML_NS_NONE,
    XML_NS_OTHER,
#define XML_NAMESPACE(id, transitional, strict) XML_NS_##id,
#define XML_NAME(ns, local)
#include "ooxml/xml_names.def"
#undef XML_NAMESPACE
#undef XML_NAME
    XML_NAMESPACES
};

/* The elements that some reader knows: XML_W_p and so on; all others are XML_OTHER. */
typedef enum xml_name {
    XML_OTHER,
#define XML_NAMESPACE(id, transitional, strict)
#define XML_NAME(ns, local) XML_##ns##_##local,
#include "ooxml/xml_names.def"
#undef XML_NAMESPACE
#undef XML_NAME
    XML_NAMES
} xml_name;

typedef enum xml_event {
    XML_END_OF_PART, /* all is read, or reading failed: see xml_reader.failed */
    XML_START,       /* also of an empty element, which XML_END follows at once */
    XML_END,
    XML_TEXT, /* text as it stands, entities and all; or the inside of a CDATA section */
} xml_event;

enum { XML_DEPTH = 256, XML_DEPTH_MAX = 1024, XML_ATTRIBUTES_MAX = 256, XML_BINDINGS_MAX = 512 };

typedef struct xml_attribute {
    str name;   /* with its prefix */
    str value;  /* between the quotes, entities and all */
    bool plain; /* the value holds nothing to be decoded */
} xml_attribute;

/* A prefix and the namespace it stands for. */
typedef struct xml_binding {
    str prefix;
    uint16_t ns;
} xml_binding;

typedef struct xml_open_tag {
    str qname;
    uint32_t bindings; /* how many bindings there were before it */
    uint16_t name;
} xml_open_tag;

/* A name that was resolved before, under the bindings that stand now. */
typedef struct xml_cached {
    str qname;
    uint32_t epoch;
    uint16_t name;
    uint16_t ns;
} xml_cached;

enum { XML_CACHE = 128 };

typedef struct xml_reader {
    str part;  /* name, for messages */
    str bytes; /* UTF-8 */
    qw_error *why;
    bool failed;
    uint32_t deepest; /* how many elements may be open, at most XML_DEPTH_MAX + 3 (for
                         Flat OPC); 0: XML_DEPTH; kept from part to part */

    /* Of the last event. */
    size_t off, len; /* the tag, or the text */
    uint16_t name;   /* enum xml_name, of the tag */
    uint16_t ns;     /* enum xml_namespace, of the tag */
    bool empty;      /* XML_START: <a/> */
    bool plain;      /* XML_TEXT: nothing in it to be decoded */
    bool cdata;      /* XML_TEXT: the inside of a CDATA section, where & is no reference */
    uint32_t depth;  /* open elements, the one just started included, the one just ended not */
    uint32_t nattributes;

    /* The scanner's own. */
    size_t at;
    bool root_seen;
    uint32_t nbindings, epoch;
    str known_prefix; /* one that is bound, under the bindings that stand now */
    arena *mem;
    xml_attribute *attributes;
    size_t attributes_cap;
    xml_binding *bindings;
    size_t bindings_cap;
    xml_open_tag open[XML_DEPTH_MAX + 4];
    xml_cached cache[XML_CACHE];
} xml_reader;

/* The part in UTF-8, without a byte order mark: bytes itself when it is UTF-8, else a transcoded
 * copy in mem, and *transcoded is set. UTF-16 is known by its mark or its first '<', other
 * encodings by the XML declaration. False after fail(). */
bool xml_utf8(arena *mem, str part, str bytes, str *out, bool *transcoded, qw_error *why);

/* Text that was transcoded, with a declaration that says UTF-8; in mem. {NULL, 0} when memory is
 * out. */
str xml_declared_utf8(arena *mem, str text);

/* How deep a limit of the user's lets elements be; 0 is XML_DEPTH. */
static inline uint32_t xml_deepest(size_t limit) {
    return limit == 0 ? XML_DEPTH : limit < XML_DEPTH_MAX ? (uint32_t)limit : XML_DEPTH_MAX;
}

/* Begins to read bytes, which are UTF-8 and outlive the reader. All of it is checked for characters
 * that XML forbids here, at once. mem serves long attribute lists. False after fail(). */
bool xml_begin(xml_reader *r, arena *mem, str part, str bytes, qw_error *why);

/* The next event. Comments and processing instructions are passed over. */
xml_event xml_next(xml_reader *r);

/* After XML_START: passes over all that the element holds and its end. False at a failure. */
bool xml_skip(xml_reader *r);

/* After XML_START: when the element is, byte for byte, the one that stands at [off, off + n) and
 * was read to its end under the bindings of this epoch, passes over it at once. False when it is
 * not; then nothing happened. */
bool xml_skip_same(xml_reader *r, size_t off, size_t n, uint32_t epoch);

/* The value of an attribute of the last started element, decoded; {NULL, 0} when it has none.
 * With namespace W, an attribute without prefix is taken too, as Word does. */
str xml_attr(xml_reader *r, enum xml_namespace ns, const char *local);

/* Likewise as it stands in the part: a slice of it, entities and all. {NULL, 0} when it has none.
 */
str xml_attr_raw(const xml_reader *r, enum xml_namespace ns, const char *local);

/* xml_attr() as a number; `otherwise` when it is missing or is none. */
long xml_attr_int(xml_reader *r, enum xml_namespace ns, const char *local, long otherwise);

/* The truth of a w:val: an element without it, or with anything but 0, false, off, is on
 * (ECMA-376 part 1, 17.17.4). */
bool xml_attr_on(xml_reader *r);

/* Writes the characters that text or a value means to `out`, which has room for text.n bytes;
 * returns how many bytes that were. Line ends become LF (XML 1.0, 2.11). In a
 * CDATA section there are no references. */
size_t xml_decode(str text, bool cdata, char *out);

/* The namespace that a prefix stands for at this place. */
enum xml_namespace xml_prefix(const xml_reader *r, str prefix);

/* The local part of a name with its prefix. */
str xml_local(str qname);

/* Records what is wrong at byte off of the part; always false. */
bool xml_fail(xml_reader *r, message_id id, size_t off, const str *args);

#endif
