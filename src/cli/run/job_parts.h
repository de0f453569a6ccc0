/* job_parts: what the files of a job share: job.c works on an input, job_stream.c on long text,
 * job_write.c makes its outputs, job_say.c tells of it. */
#ifndef QW_CLI_JOB_PARTS_H
#define QW_CLI_JOB_PARTS_H

#include "run/job.h"

/* Warnings that are shown of one document without -v. */
enum { WARNINGS_SHOWN = 3 };

/* ---- job_say.c ----------------------------------------------------------------------------- */

/* The job has failed, as the library says; after a signal it is given up. */
void job_fail_with(const plan *p, job *j, const qw_error *why);

/* Likewise for an output that could not be written, or may not. */
void job_fail_output(const plan *p, job *j, const output *o, say_id what);

void job_skip(const plan *p, job *j, say_id what);

/* Adds a notice to what is said; all notices of a document, as many as are asked for. */
void job_say_note(const plan *p, job *j, const qw_note_info *note);
void job_say_notes(const plan *p, job *j, const qw_doc *d);

/* A line for each output, on stdout when nothing else is written there. */
void job_say_outputs(const plan *p, job *j);

/* ---- job_write.c --------------------------------------------------------------------------- */

bool job_has_state(const plan *p);
bool job_has_outputs(const plan *p);

/* Chooses the formats and prepares their outputs. False when one may not be written. */
bool job_prepare(const plan *p, job *j, const qw_doc *d);

/* Prepares one output in a format; NULL: the input's own name and bytes. False likewise. */
bool job_prepare_output(const plan *p, job *j, const qw_format_info *format, output *o);

/* Prepares those of the formats that are chosen. */
bool job_prepare_outputs(const plan *p, job *j);

/* How a document is written to `path`, which may be NULL. */
qw_write_options job_write_settings(const options *o, const char *path);

/* A qw_sink that writes to stdout: {job_stdout_sink, job}. */
bool job_stdout_sink(void *self, const void *bytes, size_t n);

/* Writes the outputs and the report. */
void job_write_document(const plan *p, const worker *w, job *j, qw_doc *d);

/* ---- job_stream.c -------------------------------------------------------------------------- */

/* Converts long text. False when the input is to be worked on in the usual way. */
bool job_stream(const plan *p, worker *w, job *j);

/* ---- job.c --------------------------------------------------------------------------------- */

/* Whether what lies in a folder is a document by its name. */
bool job_is_document(const plan *p, const walk_item *item);

#endif
