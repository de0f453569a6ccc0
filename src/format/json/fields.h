/* fields: the members of JSON objects, for writers that give an object a line. Every member but the
 * first of an object starts with its comma, so members can be left out freely. */
#ifndef QW_FORMAT_FIELDS_H
#define QW_FORMAT_FIELDS_H

#include "base/out.h"
#include "model/doc.h"

/* {"name":"value" */
void object_begin(out *to, const char *name, str value);

/* } and the line end. */
void object_end(out *to);

/* ,"name":"value" */
void field_str(out *to, const char *name, str value);

/* ,"name":value */
void field_number(out *to, const char *name, uint64_t value);
void field_bool(out *to, const char *name, bool value);

/* "part" (packages only), "line", "column", "offset" and "length" of a place in the source. */
void field_place(out *to, const qw_place *place);

/* ,"region":"footnote"; nothing for the body. */
void field_region(out *to, const block *b);

#endif
