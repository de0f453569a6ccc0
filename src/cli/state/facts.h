/* facts: what the state of a run keeps of a document: how it was read, what each rule did, and the
 * first of its edits with the text beside them. Made in a worker, as packed bytes, and taken apart
 * in the supervisor. Bounded, however large the document is. */
#ifndef QW_CLI_FACTS_H
#define QW_CLI_FACTS_H

#include "pool/pack.h"

enum {
    FACTS_RULES = 256,  /* rules that are told apart in one document */
    FACTS_EDITS = 50,   /* edits that are kept of one document */
    FACTS_TEXT = 240,   /* bytes of what stood there, and of what stands now */
    FACTS_CONTEXT = 90, /* bytes beside it, on each side */
};

typedef struct facts {
    qw_str format, encoding, line_ends;
    bool bom, changed;
    uint64_t removed, removed_bytes, undecodable;
    uint64_t edits;         /* in all, without those that only give a role */
    uint32_t nrules, nkept; /* that follow */
} facts;

/* What one rule did in the document. */
typedef struct rule_fact {
    qw_str filter, rule;
    uint64_t done, kept, bytes; /* edits made; findings that were left; bytes of text removed */
} rule_fact;

typedef struct edit_fact {
    uint64_t number; /* as in the report */
    uint64_t line, column;
    qw_str part;
    qw_edit_kind kind;
    qw_edit_state state;
    int score;
    qw_str filter, rule, why;
    qw_str before, after, ahead, behind;
    bool clipped; /* before or after is longer */
} edit_fact;

void facts_pack(text *t, const qw_doc *d);

/* The same of text that was only converted. */
void facts_pack_converted(text *t, const qw_summary *sum);

/* They come out in this order: the document's, `nrules` of rules, `nkept` of edits. Strings stand
 * in the packed bytes. */
void facts_unpack(unpacker *u, facts *f);
void facts_unpack_rule(unpacker *u, rule_fact *r);
void facts_unpack_edit(unpacker *u, edit_fact *e);

#endif
