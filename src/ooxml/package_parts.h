/* package_parts: what the files that make up a package share. Nobody else includes it. */
#ifndef QW_OOXML_PACKAGE_PARTS_H
#define QW_OOXML_PACKAGE_PARTS_H

#include "ooxml/package.h"
#include "ooxml/package_kind.h"

typedef struct package_entry {
    uint64_t zip_index;
    str bytes;        /* NULL until it is read */
    str content_type; /* Flat OPC says it beside the part */
    str element;      /* Flat OPC: the whole of its pkg:part */
} package_entry;

typedef struct content_types {
    struct content_type {
        str key; /* an extension, or the name of a part */
        str type;
        bool override;
    } * list;
    size_t n;
    bool read;
} content_types;

struct package {
    arena *mem;
    str source;
    package_limits limits;
    struct zipfile *zip; /* NULL for Flat OPC */
    package_part *parts;
    package_entry *entries;
    uint32_t *sorted; /* indices of parts, by name without case */
    size_t nparts;
    str flat;        /* Flat OPC: the file as UTF-8 */
    size_t inflated; /* bytes read so far */
    content_types types;
};

/* Room for n parts. False when memory is out. */
bool package_room(package *p, size_t n);

/* The name with '/' for '\', without a leading slash. {NULL, 0} when memory is out. */
str package_clean_name(arena *mem, str name);

/* False for names that lead out of the package ("..", "C:") or hold control characters. */
bool package_good_name(str name);

/* Sorts the parts by name; false after fail() when two have the same. */
bool package_sort(package *p, qw_error *why);

/* Fills the parts from a Flat OPC file. False after fail(). */
bool package_open_flat(package *p, qw_error *why);

/* package_write_changed() for Flat OPC. */
bool package_write_flat(const package *p, const changed_part *parts, size_t n, out *to,
                        qw_error *why);

#endif
