/* candidates: the encodings that a sample may be in, and what each costs. Private to src/text.
 *
 * Every encoding of several bytes is tried on the first bytes, and only those that are not hopeless
 * there on the whole sample; pages, escapes and what only iconv reads are tried on demand. */
#ifndef QW_TEXT_CANDIDATES_H
#define QW_TEXT_CANDIDATES_H

#include "text/sample.h"
#include "text/score.h"

enum {
    FEW_BYTES = 64,       /* bytes after which hopeless candidates are dropped */
    HOPELESS = 160 * BIT, /* what a candidate may then be behind, and a quarter more */
    PLAIN = 10 * BIT,     /* what a character of plain Chinese costs at most, read rightly, */
    ODD = 27 * BIT / 2,   /* and at least, read wrongly */
    PLAIN_LEAST = 12,     /* characters that are enough to know plain Chinese from letters */
    CANDIDATES = 24,
};

typedef struct candidate {
    const encoding *enc;
    text_language language;
    int64_t cost; /* of the sample, the encoding's prior included */
    score score;
} candidate;

typedef struct field {
    candidate list[CANDIDATES];
    size_t n;
} field;

/* Adds a candidate; puts the cheapest first. */
void field_enter(field *f, candidate c);
void field_sort(field *f);

/* What Chinese, Japanese or Korean a score says the text is; LANG_NONE when it is none of them. */
text_language language_of(const score *s);

/* Few ill-formed pieces, and characters no dearer than those of plain text. */
bool fits_well(const score *s, const sample *all);

/* Plain Chinese, so that no encoding that it was not written in can read it as well. */
bool is_plain_chinese(const score *s);

/* Unicode but UTF-32, and what Chinese, Japanese and Korean are written in with ASCII. */
void enter_multi_byte(field *f, const sample *s);

/* Big5-HKSCS, when Big5 is the cheapest and the sample has codes that only the former knows. */
void enter_hkscs(field *f, const sample *s);

/* UTF-32, if the sample is well-formed but for a stray NUL. */
void enter_utf32(field *f, const sample *s);

/* The best pages of one byte a character, those of EBCDIC or the others. */
void enter_pages(field *f, const sample *s, bool ebcdic);

/* Does the sample have the blanks of EBCDIC? */
bool like_ebcdic(const sample *s);

/* An encoding that only a state decoder reads; `bits` is what it costs before anything is read. */
void enter_state(field *f, const sample *s, encoding_id id, int bits);

/* Those that escape sequences name: ISO-2022-JP, -KR, -CN, HZ. */
void enter_escapes(field *f, const sample *s);

/* The encoding that the text says it is in: charset=…, encoding="…", coding: …; NULL if none. */
const encoding *declared_encoding(const uint8_t *p, size_t n);

#endif
