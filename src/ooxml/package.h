/* package: an OPC package (ECMA-376 part 2) in memory: its parts, their content types and the
 * relationships between them.
 *
 * Opening reads the ZIP directory only; a part is inflated when somebody asks for it, and a bomb in
 * a part that nobody needs does no harm. Part names are kept as the package spells them, without
 * the leading slash, and compared without regard to ASCII case. A Flat OPC file (one XML file that
 * holds all parts) is a package too.
 *
 * What is no package, or a hostile one, is refused with an error of its own: see docs/DOCX.md. */
#ifndef QW_OOXML_PACKAGE_H
#define QW_OOXML_PACKAGE_H

#include "base/arena.h"
#include "base/message.h"
#include "base/out.h"

typedef qw_limits package_limits;

typedef struct package package;

typedef struct package_part {
    str name;
    size_t size;   /* inflated */
    size_t packed; /* in the ZIP */
} package_part;

/* One relationship of a part (or of the package). */
typedef struct relation {
    str id;
    str type;   /* the last step of its type: "officeDocument", "header", "hyperlink" */
    str target; /* internal: the name of the part; external: as it is written */
    bool external;
    size_t off, len; /* of its element, in the part that holds the relationships */
} relation;

typedef struct relations {
    relation *list;
    size_t n;
    str part; /* the part that holds them; empty when there is none */
} relations;

/* Opens a package that lies in bytes, which outlive it. name is a hint. What is read from it lives
 * in mem. NULL after fail(). limits may be NULL. Close with package_close(). */
package *package_open(arena *mem, str bytes, str name, const package_limits *limits, qw_error *why);

/* Gives back what does not live in the arena. NULL is fine. */
void package_close(package *p);

size_t package_count(const package *p);
const package_part *package_at(const package *p, size_t i);

/* The index of a part, or STR_NONE. */
size_t package_find(const package *p, str name);

/* The bytes of a part, inflated and checked against its CRC; read once and kept in mem. False after
 * fail(). */
bool package_read(package *p, size_t i, str *bytes, qw_error *why);

/* The content type of a part; empty when none is given. False after fail(). */
bool package_content_type(package *p, size_t i, str *type, qw_error *why);

/* The relationships of a part; of the package for an empty name. A part without any has none; that
 * is no error. */
bool package_relations(package *p, str part, relations *found, qw_error *why);

/* The main document part: by the package's relationships, then by content type, then by its usual
 * name. False after fail(). */
bool package_main(package *p, size_t *index, qw_error *why);

/* The first relationship of a type, or NULL. */
const relation *relations_find(const relations *r, const char *type);

/* The relationship with an id, or NULL. */
const relation *relations_by_id(const relations *r, str id);

/* ---- Changed packages ------------------------------------------------------------------------ */

/* What becomes of a part. One that the package has not is added at its end. */
typedef struct changed_part {
    str name;
    str bytes;
    const str *pieces; /* instead of bytes: these, one after another; none is empty */
    size_t npieces;
    bool gone;
} changed_part;

/* Writes the package with these parts changed. All others keep their compressed bytes, order and
 * dates; those that change keep their place, date and way of packing. The parts' bytes must outlive
 * the call. False after fail(); what the sink refuses is for the caller to see. */
bool package_write_changed(const package *p, const changed_part *parts, size_t n, out *to,
                           qw_error *why);

/* ---- New packages ---------------------------------------------------------------------------- */

/* A part of a package that is made. */
typedef struct new_part {
    const char *name;
    str bytes;
} new_part;

/* Writes a package of these parts in this order, deflated, all dated 1980-01-01: the same parts
 * give the same bytes. The parts' bytes must outlive the call. False after fail(); what the sink
 * refuses is for the caller to see. */
bool package_write_new(const new_part *parts, size_t n, out *to, qw_error *why);

#endif
