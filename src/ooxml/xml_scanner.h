/* xml_scanner: what the files of the scanner share. Nobody else includes it.
 *
 * xml_scan.c scans tags and text, xml_names.c knows what names mean, xml_characters.c which
 * characters and references may stand. */
#ifndef QW_OOXML_XML_SCANNER_H
#define QW_OOXML_XML_SCANNER_H

#include "ooxml/xml.h"

/* What a byte may be, as far as the scanner asks. */
enum xml_byte_class {
    XML_NAME_START = 1,
    XML_NAME_PART = 2,
    XML_BLANK = 4,
    XML_TEXT_STOP = 8,   /* ends the fast run through text */
    XML_VALUE_STOP = 16, /* likewise through an attribute's value */
    XML_QUOTE = 32,
};

extern const uint8_t xml_classes[256];

static inline uint8_t xml_class(char byte) {
    return xml_classes[(uint8_t)byte];
}

/* 0 behind the end of the part. */
static inline uint8_t xml_class_at(const xml_reader *r, size_t at) {
    return at < r->bytes.n ? xml_class(r->bytes.p[at]) : 0;
}

/* xml_fail() for what is not well-formed. */
static inline bool xml_syntax_error(xml_reader *r, size_t off) {
    return xml_fail(r, MSG_XML_SYNTAX, off, NO_ARGS);
}

/* Makes room for one more in an array of n. False when memory is out; the reading has failed then.
 */
bool xml_wider(xml_reader *r, void **array, size_t *cap, size_t n, size_t size);

/* Offset of the first byte that may not stand in XML (XML 1.0, 2.2), or s.n. */
size_t xml_find_forbidden(str s);

/* Passes over the reference at *at. False, after xml_fail(), when there is none that XML knows
 * (4.1, 4.6). */
bool xml_check_reference(xml_reader *r, size_t *at);

/* A name has at most one colon, and something on both sides of it; its prefix stands for
 * something (Namespaces in XML 1.0, 4 and 5). False after xml_fail(). */
bool xml_check_prefix(xml_reader *r, str qname);

/* Finds out what an element's name means under the bindings that stand, and enters it in the slot.
 * False after xml_fail(). */
bool xml_look_up(xml_reader *r, str qname, xml_cached *slot);

/* Enters the namespaces that the tag just scanned declares. False after xml_fail(). */
bool xml_declare(xml_reader *r);

#endif
