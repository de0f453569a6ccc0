/* tape: text that is decoded while its encoding is judged, in runs of whole lines.
 *
 * Who cuts bytes into stretches looks at every line once; where that look knows the line's text
 * already, it is kept here, and what is not kept is decoded later. A run lies in one stretch, holds
 * nothing ill-formed, and ends after a line feed, or where a long line was cut. */
#ifndef QW_TEXT_TAPE_H
#define QW_TEXT_TAPE_H

#include "text/detect.h"

/* A line with its line feed, or a piece of a long one. Bytes. */
typedef struct tape_line {
    unsigned source : 15;
    unsigned text : 15;
    unsigned plain : 1; /* plain.h */
    unsigned cr : 1;    /* there may be carriage returns in it */
} tape_line;

typedef struct tape_run {
    uint64_t off, len;   /* source bytes */
    size_t text, text_n; /* its text, in tape.text */
    size_t line, nlines; /* its first line in tape.lines, and how many there are */
    size_t npua;         /* code points of private use areas */
} tape_run;

typedef struct tape {
    arena *mem;
    char *text;
    size_t n, cap;
    tape_line *lines;
    size_t nlines, lines_cap;
    tape_run *runs; /* in order */
    size_t nruns, runs_cap;
    bool failed; /* memory is out */
} tape;

/* Whether lines in e can be taken. */
bool tape_takes(const encoding *e);

/* Begins a run at a source offset; a run without a line is none. */
void tape_begin(tape *t, uint64_t off);

/* Takes a line of n bytes, at most TAPE_LINE, that reads well in e; `most` is what may follow it.
 * False when it does not read well, and after a failure. */
bool tape_add(tape *t, const encoding *e, const uint8_t *p, size_t n, size_t most);

enum { TAPE_LINE = 10000 };

/* The run that *part, the rest of a stretch that ends at `end`, begins with, or NULL when it begins
 * with bytes that are to be decoded. part->len is set to what that covers; *next, 0 at first, is
 * where runs are looked for. */
const tape_run *tape_next(const tape *t, size_t *next, uint64_t end, stretch *part);

/* detect_stretches() that tapes what it can. t holds its arena and nothing else. */
bool tape_stretches(tape *t, const uint8_t *p, size_t n, const encoding *forced, stretch **out,
                    size_t *count, detection *whole);

#endif
