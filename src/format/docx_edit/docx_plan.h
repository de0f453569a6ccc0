/* docx_plan: what the journal means for the parts of the package that a document was read from.
 *
 * The same document gives the same plan, so that the writer, the report and undo agree without
 * asking one another. docx_wishes.c says where in which part something is wished for, ooxml/prune
 * what goes for it, docx_sweep.c what nothing refers to any more. */
#ifndef QW_FORMAT_DOCX_PLAN_H
#define QW_FORMAT_DOCX_PLAN_H

#include "format/format.h"
#include "ooxml/package.h"
#include "ooxml/prune.h"

/* What becomes of a part. */
typedef struct part_plan {
    size_t index; /* in the package */
    str name;
    str bytes;   /* as they stand in the package */
    size_t head; /* bytes before the text: a byte order mark */
    str text;    /* as UTF-8, from bytes or transcoded */
    bool transcoded;
    bool foreign; /* no XML: see cut_foreign() */
    splice cuts;  /* of the text */
    str whole;    /* instead: the part as it is written; {NULL, 0} when there is none */
    bool gone;
} part_plan;

typedef struct docx_plan {
    doc *d;
    arena *mem;
    package *package;
    part_plan *parts; /* those that change, in the order in which they were come upon */
    size_t n, cap;
    bool is_signed;
    qw_error *why;
} docx_plan;

/* Works the plan out; with no change in it, n is 0. False after fail(); docx_plan_end() is called
 * either way. */
bool docx_plan_make(docx_plan *plan, doc *d, qw_error *why);

/* Drops the signatures of a package that is signed (ECMA-376 part 2, 13), since they do not hold
 * for a changed one. */
bool docx_plan_unsign(docx_plan *plan);

void docx_plan_end(docx_plan *plan);

/* The plan for a part, made when there is none yet; NULL after a failure. The pointer is good until
 * the next call. */
part_plan *docx_plan_part(docx_plan *plan, size_t index);

/* The plan for a part by its name, its text opened. NULL after a failure, and when there is no such
 * part, which is none. */
part_plan *docx_plan_open(docx_plan *plan, str name);

/* Takes out what further parts keep of comments that go. False after fail(). */
bool docx_comments(docx_plan *plan, dead_notes dead);

/* Makes the edits in documents that are merged in, packages of their own: their parts are changed,
 * and the package is written whole. Relationships and notes in them stay. False after fail(). */
bool docx_merged(docx_plan *plan, wishes *w);

/* Gives headings heading styles, if a filter was asked for it. False after fail(). */
bool docx_headings(docx_plan *plan);

/* What the journal wishes for in each part that the reader read, by index into d->parts. NULL when
 * memory is out. */
wishes *docx_wishes(doc *d);

/* Text as XML; the text itself when it needs no escapes, or when memory is out. */
str docx_as_xml(arena *mem, str text);

/* Adds what edits of docx_extras.h's boxes wish for to the wishes by index into d->parts, and takes
 * out relationships that nothing refers to by name. False after fail(). */
bool docx_meta(docx_plan *plan, wishes *w);

/* Ids of notes and comments of which nothing is left, sorted. False when memory is out. */
bool docx_dead_notes(doc *d, dead_notes *dead);

/* Takes relationships out that only the cut pieces of a part used, and parts that only those
 * relationships led to. False after fail(). */
bool docx_sweep(docx_plan *plan, size_t index);

/* Takes a part out, with its relationships and content type. False after fail(). */
bool docx_drop_part(docx_plan *plan, str name);

/* Takes the relationship with an id, and what only it led to, out of a part's relationships. */
bool docx_drop_relation(docx_plan *plan, str owner, str id);

/* The bytes that the writer gives a part, in pieces one after another. False when memory is out. */
bool docx_part_pieces(const docx_plan *plan, const part_plan *part, const str **pieces, size_t *n);

#endif
