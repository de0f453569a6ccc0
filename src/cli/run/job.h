/* job: one input, from reading to what is written or shown. The work is done in a worker process,
 * all before and after it in the supervisor. What a job has to say waits in its buffers until
 * batch_finish.c sends it off in the order of the inputs. */
#ifndef QW_CLI_JOB_H
#define QW_CLI_JOB_H

#include "input/load.h"
#include "input/walk.h"
#include "options.h"
#include "output/output.h"
#include "run/fault.h"

enum { FORMATS_MOST = 8 };

typedef struct job job;
typedef struct worker worker;

/* What is to be done with every input. Nothing in it changes during a run. */
typedef struct plan {
    const options *o;
    const qw_chain *chain; /* NULL: filters do not run */
    qw_read_options read;
    const qw_format_info *formats[FORMATS_MOST];
    size_t nformats;    /* 0: what the input is, or text */
    bool writes;        /* clean and convert */
    const char *file;   /* the one output; NULL: none */
    const char *folder; /* the folder for outputs; NULL: none */
    const char *home;   /* the folder that the state of many inputs is kept of; NULL: none */
    const char *bundle; /* the archive for outputs; NULL: none. With none of the three, stdout. */
    const char *media;  /* the folder for pictures; NULL: they are left out */
    bool copies;        /* what is no document is copied */
    output_rules rules;
    qw_archive_options archives;
    qw_str head; /* what was read of stdin before */
    bool dry, report;
    bool counts;      /* facts are needed for the sum */
    bool terminal;    /* stdout is one */
    unsigned seconds; /* that the work on one input may take; 0: any */
    size_t memory;    /* bytes that it may need; 0: any */

    /* What check, detect and outline do with a document: add to j->out. */
    bool (*show)(const struct plan *p, worker *w, job *j, qw_doc *d, qw_error *why);
} plan;

/* What a worker keeps from one job to the next. */
struct worker {
    qw_workspace *space;
    qw_workspace *second; /* for a second look at the same input; made when needed */
    loaded input;
    members archives; /* that inputs lie in */
};

typedef enum job_status {
    JOB_DONE,
    JOB_FAILED,
    JOB_SKIPPED, /* no document */
    JOB_GIVEN_UP,
    JOB_BEFORE, /* an earlier run did it, and nothing has changed since */
} job_status;

/* What is known of a job when the work is done, without pointers: parcel.c copies it. */
typedef struct job_result {
    job_status status;
    say_id refused; /* the last output may not be written: why; SAY_COUNT: it may */
    struct stat source;
    bool changed;
    bool as_asked; /* skipped, and that is what was asked for */
    uint64_t removed, removed_bytes, findings, undecodable;
    uint64_t digest;  /* of the input */
    double seconds;   /* of work */
    int stdout_error; /* errno, when the job wrote to stdout itself */
} job_result;

struct job {
    walk_item item;
    uint64_t number;
    job_result is;
    text out, log, report; /* for stdout, stderr and the report */
    char *name;            /* what the state calls its output; NULL: no state */
    known before;          /* … what is known of it, */
    text facts;            /* … and what was found out */
    fault fault;           /* why it failed or was skipped */
    bool taken;            /* … because another input has its output */
    const qw_format_info *formats[FORMATS_MOST]; /* to write */
    size_t nformats;
    output outputs[FORMATS_MOST]; /* one for each format; none when stdout is written to */
    size_t noutputs;
};

/* Looks whether there is work to do on the item of a job. If not, the job is as good as done. */
bool job_admit(const plan *p, job *j);

/* Does the work. */
void job_work(const plan *p, worker *w, job *j);

/* The work came to no end, because its worker did: `status` is what waitpid() said of it. */
void job_lose(const plan *p, job *j, int status);

/* Drops what the work made. */
void job_drop(job *j);

/* Makes a job ready for the next item: what it holds is dropped, uncommitted outputs included. */
void job_clear(job *j);
void job_free(job *j);
void worker_free(worker *w);

/* The work on the job's input failed: says so, for now and for the state. */
void job_fail(const plan *p, job *j, say_id id, int error);

/* A message about the job's input. */
void job_complain(const plan *p, job *j, say_id id, const char *const *words);

/* Adds text that qw_write() gives to j->out. */
bool job_write_view(job *j, qw_doc *d, const char *view, qw_error *why);

/* The views. */
bool check_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why);
bool detect_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why);
bool outline_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why);

/* Unified difference between the document as read and as it stands; `d` is the latter. */
bool diff_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why);

#endif
