/* qingwen: clean and convert Chinese documents.
 *
 *     qw_error why = {0};
 *     qw_chain *chain = qw_chain_new(&(qw_chain_options){.profile = "samples"}, &why);
 *     qw_workspace *space = qw_workspace_new();
 *     qw_doc *doc = qw_read(space, &(qw_input){.name = "a.txt", .bytes = p, .n = n}, NULL, &why);
 *     if (doc && qw_run(chain, doc, &why)) qw_write(doc, "txt", NULL, &sink, &why);
 *
 * A reader turns bytes into a document: blocks of text that know which bytes they came from. The
 * filters of a chain enter edits in its journal; nothing else changes a document. A writer turns
 * what is left into text, DOCX, Markdown or JSON Lines, or the journal into a report from which
 * qw_undo() gives back what was there.
 *
 * Threads: a chain is immutable and may serve any number of threads. A workspace, and the document
 * read into it, belong to one thread at a time. The library has no other state, prints nothing and
 * never ends the process.
 *
 * Errors: a call clears *why (if not NULL); one that fails returns false or NULL, fills it in, and
 * has written nothing that counts as output. Text is UTF-8 throughout; lengths and offsets are
 * bytes. A name that is not UTF-8 is shown with \xNN for each byte that is not. */
#ifndef QINGWEN_H
#define QINGWEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QW_VERSION_MAJOR 0
#define QW_VERSION_MINOR 1
#define QW_VERSION_PATCH 0

#if defined(__GNUC__) && !defined(QW_STATIC)
#define QW_API __attribute__((visibility("default")))
#else
#define QW_API
#endif

/* The version of the library at run time, "0.1.0". */
QW_API const char *qw_version(void);

/* The size in this library of a structure of this header, by its name ("qw_edit_info"), for
 * bindings that lay it out themselves; 0: there is none of that name. */
QW_API size_t qw_struct_size(const char *name);

/* A slice of bytes, usually UTF-8, not necessarily NUL-terminated, owned by somebody else. */
typedef struct qw_str {
    const char *p;
    size_t n;
} qw_str;

typedef enum qw_language { QW_ENGLISH, QW_CHINESE, QW_LANGUAGES } qw_language;

/* ---- Errors ---------------------------------------------------------------------------------- */

typedef enum qw_code {
    QW_OK,
    QW_USAGE,       /* an option, chain or rule file is wrong */
    QW_MEMORY,      /* memory was out */
    QW_IO,          /* the sink refused */
    QW_FORMAT,      /* the input is not what it should be, or broken */
    QW_ENCODING,    /* the input cannot be decoded */
    QW_LIMIT,       /* the input exceeds a limit */
    QW_UNSUPPORTED, /* the job cannot be done for this input */
} qw_code;

typedef struct qw_error {
    qw_code code;
    const char *id;  /* stable name of the message, such as "not-utf8"; NULL when code is QW_OK */
    char place[128]; /* where in the input: "line 7", "word/document.xml"; may be "" */
    char text[QW_LANGUAGES][384]; /* what is wrong; what to do */
} qw_error;

/* ---- What there is --------------------------------------------------------------------------- */

typedef enum qw_option_type { QW_OPTION_FLAG, QW_OPTION_INT, QW_OPTION_CHOICE } qw_option_type;

/* An option of a filter, as written in a chain: "ads:limit=80". */
typedef struct qw_option {
    const char *name;
    const char *help[QW_LANGUAGES];
    qw_option_type type;
    long initial, min, max; /* flag: 0 or 1; choice: index into choices */
    const char *choices;    /* choice: the names, separated by '|' */
} qw_option;

typedef struct qw_filter_info {
    const char *name;
    const char *summary[QW_LANGUAGES];
    const qw_option *options;
    size_t noptions;
    bool has_rules; /* rules are shipped for it, and users can add their own */
} qw_filter_info;

typedef struct qw_format_info {
    const char *name;
    const char *summary[QW_LANGUAGES];
    const char *extensions; /* separated by spaces, the usual one first: "txt text log" */
    bool reads, writes;
    bool binary; /* the output is not text: not for a terminal */
} qw_format_info;

typedef struct qw_profile_info {
    const char *name;
    const char *summary[QW_LANGUAGES];
    const char *chain;
} qw_profile_info;

/* The tables are constant; an index past the end gives NULL. */
QW_API const qw_filter_info *qw_filter_at(size_t i);
QW_API const qw_format_info *qw_format_at(size_t i);
QW_API const qw_profile_info *qw_profile_at(size_t i);

/* ---- Chains ---------------------------------------------------------------------------------- */

typedef struct qw_chain qw_chain;

typedef struct qw_rule_file {
    const char *name; /* for messages */
    const char *text;
    size_t n;
} qw_rule_file;

typedef struct qw_chain_options {
    const char *profile; /* a profile's name; NULL: "samples" */
    const char *filters; /* a chain, "ads:limit=80,blank"; NULL: the profile's */
    const char *more;    /* filters that follow the chain; may be NULL */
    const char *shared; /* "max_removal=50,…": for each filter that has such an option, unless the
                           chain gives it one; NULL: none */
    const qw_rule_file *rules; /* users' rule files, copied */
    size_t nrules;
} qw_chain_options;

/* Compiles a chain; options may be NULL. Fails with QW_USAGE on unknown names or values and on
 * rules that are wrong or fail their own examples. Free with qw_chain_free(). */
QW_API qw_chain *qw_chain_new(const qw_chain_options *options, qw_error *why);
QW_API void qw_chain_free(qw_chain *chain);

/* A digest of what the chain does: version, filters, their options, rules. Equal ones give equal
 * results; the same on every machine. */
QW_API uint64_t qw_chain_digest(const qw_chain *chain);

typedef struct qw_rule_info {
    qw_str id, filter, kind, pattern, origin;
    int score;
} qw_rule_info;

/* The rules a chain works with, by index; false past the end. Valid as long as the chain. */
QW_API bool qw_chain_rule(const qw_chain *chain, size_t i, qw_rule_info *out);

/* ---- Documents ------------------------------------------------------------------------------- */

typedef struct qw_workspace qw_workspace;
typedef struct qw_doc qw_doc;

/* Memory that one document at a time lives in. NULL when memory is out. */
QW_API qw_workspace *qw_workspace_new(void);
QW_API void qw_workspace_free(qw_workspace *space);

typedef struct qw_input {
    const char *name; /* a path or another name; its extension is a hint. May be NULL. */
    const void *bytes;
    size_t n;
} qw_input;

typedef enum qw_undecodable {
    QW_MARK_UNDECODABLE, /* U+FFFD in the text and a notice */
    QW_FAIL_UNDECODABLE, /* QW_ENCODING */
    QW_HEX_UNDECODABLE,  /* \xNN for each byte in the text and a notice */
} qw_undecodable;

/* Which state of a document with tracked changes is read. */
typedef enum qw_revisions {
    QW_REVISIONS_FINAL,    /* as if all were accepted */
    QW_REVISIONS_ORIGINAL, /* as if all were rejected */
    QW_REVISIONS_ALL,      /* what was put in and what was deleted, one beside the other */
} qw_revisions;

/* What a package (DOCX) may take: more is QW_LIMIT. 0: the default, which no document that an
 * office program wrote comes near. */
typedef struct qw_limits {
    size_t entries; /* of the package: 10,000 */
    size_t part;    /* bytes of one part, unpacked: 512 MiB */
    size_t total;   /* bytes of all parts that are read: 1 GiB */
    size_t ratio;   /* unpacked to packed, of parts above 10 MiB: 200 */
    size_t depth;   /* elements in elements: 256; never more than 1,024 */
} qw_limits;

typedef struct qw_read_options {
    const char *format;   /* a format's name; NULL: judged from the bytes and the name */
    const char *encoding; /* an encoding's name; NULL: detected */
    qw_undecodable undecodable;
    qw_revisions revisions; /* DOCX */
    bool linear_formulas;   /* DOCX: formulas in linear form, as in (a+b)/2 and x^2; else their
                               characters in order */
    size_t max_input;       /* bytes; 0: 4 GiB less 1 */
    size_t max_memory;      /* bytes for one document; 0: 64 times the input and 64 MiB */
    qw_limits limits;       /* DOCX */
    bool fixed; /* the document will not be changed, only written: takes less memory; qw_run() with
                   filters is refused */
} qw_read_options;

/* Reads a document. The bytes stay the caller's and must outlive it. The document lives in the
 * workspace until the next qw_read() or qw_workspace_free(). options may be NULL. */
QW_API qw_doc *qw_read(qw_workspace *space, const qw_input *input, const qw_read_options *options,
                       qw_error *why);

/* Runs the filters. After a failure the document must not be written. */
QW_API bool qw_run(const qw_chain *chain, qw_doc *doc, qw_error *why);

/* Receives output in order. Returns false to refuse, which ends the call with QW_IO. */
typedef struct qw_sink {
    bool (*write)(void *self, const void *bytes, size_t n);
    void *self;
} qw_sink;

/* Where pictures go that a text format can only link to. */
typedef struct qw_media {
    /* Takes a whole picture, once however often it is shown, when the first link to it is written.
     * The name is made of the bytes and their kind, "9f86d081884c7d65.png": pictures of different
     * documents do not clash, and another run gives the same one. Returns false to refuse, which
     * ends the call with QW_IO. */
    bool (*write)(void *self, const char *name, const void *bytes, size_t n);
    void *self;
    const char *folder; /* how links name the place: "images", "../images"; "" or NULL: the names
                           alone */
} qw_media;

typedef struct qw_write_options {
    const char *output;  /* the path written to, for reports; may be NULL */
    bool keep_line_ends; /* txt: CRLF and CR stay, and so does a missing last line end */
    const char *layout; /* docx: a new document in this layout, "plain", "report" or "gongwen" (GB/T
                           9704), with options: "gongwen:pitch=28,sealed,body=仿宋". NULL: plain,
                           or the document itself where it was read from DOCX */
    bool break_signature;  /* docx in place: drop the signatures of a document that changes; else
                              QW_UNSUPPORTED */
    size_t chunk;          /* jsonl: an object for each section, of at most this many bytes of text;
                              0: one for the document */
    const qw_media *media; /* md, from DOCX: where pictures go; NULL: they are left out */
} qw_write_options;

/* A font that a layout of a new DOCX names for Chinese text, and the one that is named in the file
 * as its other name, which programs take when the first is missing. */
typedef struct qw_font {
    qw_str name, substitute; /* constant, or part of the layout asked for */
} qw_font;

/* Font i of a layout, as in qw_write_options; false when there is no such font or layout. No font
 * comes twice. */
QW_API bool qw_layout_font(const char *layout, size_t i, qw_font *font);

/* Judges the document by the standard of a layout, "gongwen" (GB/T 9704-2012), and enters what
 * deviates as findings of a filter of that name. Run a chain with `headings` first: what is judged
 * goes by the role of each paragraph. Of a document that is no DOCX only the text is judged. */
QW_API bool qw_check_layout(qw_doc *doc, const char *layout, qw_error *why);

/* Writes the document in a format: "txt", "docx", "md", "jsonl", "dump"; or one of the views as
 * JSON Lines: "report" (what was changed, for people and qw_undo()), "findings" (what `check`
 * shows), "outline" (headings), "detect" (format and encoding). */
QW_API bool qw_write(qw_doc *doc, const char *format, const qw_write_options *options,
                     const qw_sink *sink, qw_error *why);

/* ---- Long texts ------------------------------------------------------------------------------ */

/* Gives up to n bytes; returns how many, 0 at the end, SIZE_MAX when they could not be read, which
 * ends the call with QW_IO. */
typedef struct qw_source {
    size_t (*read)(void *self, void *bytes, size_t n);
    void *self;
} qw_source;

typedef struct qw_note_info qw_note_info;
typedef struct qw_summary qw_summary;

/* Receives notices as they come up. */
typedef struct qw_notice_sink {
    void (*take)(void *self, const qw_note_info *note);
    void *self;
} qw_notice_sink;

/* Converts plain text of any length to UTF-8 in some 8 MiB of memory: writes what qw_read() and
 * qw_write() in "txt" would. max_input 0 means any. The options, notices and sum may be NULL. After
 * a failure what the sink got is no output; QW_FAIL_UNDECODABLE is known at the end only. */
QW_API bool qw_convert(const qw_source *source, const qw_sink *sink, const qw_read_options *read,
                       const qw_write_options *write, const qw_notice_sink *notices,
                       qw_summary *sum, qw_error *why);

/* The format that bytes are in, as far as their start tells: "txt", "docx"; "" when in none. name
 * may be NULL. */
QW_API const char *qw_sniff(const void *bytes, size_t n, const char *name);

/* ---- Looking into a document ----------------------------------------------------------------- */

struct qw_summary {
    const char *format;
    const char *encoding;  /* of the largest part of the text; "" when the format has none */
    const char *line_ends; /* "lf", "crlf", "cr", "mixed", "none" */
    bool bom;
    bool changed; /* some edit was made to text or blocks */
    size_t blocks;
    size_t removed_edits; /* edits that removed text or a block */
    uint64_t removed;     /* bytes of text removed */
    uint64_t undecodable; /* bytes of the input that could not be decoded */
};

QW_API void qw_summarize(const qw_doc *doc, qw_summary *out);

/* A stretch of the input that is in one encoding. */
typedef struct qw_stretch {
    uint64_t offset, length; /* bytes of the input, a BOM included */
    const char *encoding;
} qw_stretch;

/* The stretches that the document was read from, in order; false past the end. A document of one
 * encoding has one; DOCX has none. */
QW_API bool qw_stretch_get(const qw_doc *doc, size_t i, qw_stretch *out);

/* A place in the undecoded input. */
typedef struct qw_place {
    qw_str part;     /* "" for plain text, else the part's name */
    uint64_t offset; /* bytes */
    uint64_t length;
    size_t line;   /* 1 based; block number for DOCX */
    size_t column; /* 1 based, in characters */
} qw_place;

typedef enum qw_role {
    QW_ROLE_BODY,
    QW_ROLE_TITLE,
    QW_ROLE_SUBTITLE,
    QW_ROLE_SALUTATION,
    QW_ROLE_HEADING,
    QW_ROLE_RUNIN, /* the first sentence is the heading: see lead */
    QW_ROLE_LIST,
    QW_ROLE_CAPTION,
    QW_ROLE_ATTACHMENT,
    QW_ROLE_SIGNATURE,
    QW_ROLE_DATE,
    QW_ROLE_NOTE,
    QW_ROLES
} qw_role;

/* "body", "title", … */
QW_API const char *qw_role_name(qw_role role);

typedef struct qw_block_info {
    qw_str text;   /* as it stands now */
    qw_str label;  /* list label or heading number, part of text unless the format numbers itself */
    qw_str reason; /* why it has its role; may be empty */
    qw_role role;
    unsigned level; /* headings: 1 based; 0 otherwise */
    size_t lead;    /* run-in headings: bytes of text that are the heading */
    bool removed;
} qw_block_info;

QW_API size_t qw_block_count(const qw_doc *doc);
QW_API bool qw_block_get(const qw_doc *doc, size_t i, qw_block_info *out, qw_place *place);

typedef enum qw_edit_kind {
    QW_EDIT_REPLACE, /* a piece of a block's text; removed when `after` is empty */
    QW_EDIT_DROP,    /* a whole block */
    QW_EDIT_ROLE,    /* role and level; the text stays */
    QW_EDIT_FINDING, /* nothing was changed: something to look at */
} qw_edit_kind;

typedef enum qw_edit_state { QW_EDIT_DONE, QW_EDIT_PROPOSED, QW_EDIT_REFUSED } qw_edit_state;

typedef struct qw_edit_info {
    qw_edit_kind kind;
    qw_edit_state state;
    qw_str filter, rule;
    qw_str before, after; /* what stood there, what stands now */
    qw_str why;           /* in words */
    int score;            /* how sure, 0 to 100 */
    size_t block;
    size_t group; /* edits that belong together have the same number */
} qw_edit_info;

QW_API size_t qw_edit_count(const qw_doc *doc);
QW_API bool qw_edit_get(const qw_doc *doc, size_t i, qw_edit_info *out, qw_place *place);

/* The text beside an edit, as it was read: of its block, or for a whole block that went of the ones
 * before and after. At most `most` bytes each, whole characters; empty where there is none. */
QW_API bool qw_edit_context(const qw_doc *doc, size_t i, size_t most, qw_str *ahead,
                            qw_str *behind);

typedef enum qw_level { QW_INFO, QW_WARNING } qw_level;

struct qw_note_info {
    const char *id; /* stable, "undecodable-bytes" */
    qw_level level;
    qw_place place;
    char text[QW_LANGUAGES][384];
};

/* Notices: what a person should know though nothing failed. */
QW_API size_t qw_note_count(const qw_doc *doc);
QW_API bool qw_note_get(const qw_doc *doc, size_t i, qw_note_info *out);

/* ---- Archives --------------------------------------------------------------------------------
 *
 *     qw_archive *a = qw_archive_open(&(qw_input){.name = "a.zip"}, NULL, &why);
 *     if (a && qw_archive_list(a, &why))
 *         for (size_t i = 0; qw_archive_member(a, i, &m, &refused); i++)
 *             if (m.kind == QW_MEMBER_FILE && !refused.code) qw_archive_read(a, i, &sink, &why);
 *
 * ZIP always; 7z, RAR, tar, and what is packed with gzip, xz, zstd or bzip2 where the library was
 * built with libarchive. An archive belongs to one thread at a time. */

typedef struct qw_archive qw_archive;

/* 0 and NULL stand for the default. */
typedef struct qw_archive_options {
    const char *password;
    uint64_t max_members; /* 1,000,000 */
    uint64_t max_total;   /* bytes of all members, unpacked: 64 GiB */
    uint64_t max_ratio;   /* unpacked to packed, above 64 MiB: 500 */
    bool repair_names;    /* undo every kind of mojibake in names, not only names that a tool took
                             for cp437 and kept as UTF-8 */
} qw_archive_options;

/* As many bytes from the start of a file tell what archive it is. */
enum { QW_ARCHIVE_HEAD = 512 };

/* "zip", "7z", "rar", "tar", "gzip", "xz", "zstd", "bzip2"; NULL for what is none of them. Much
 * that is a ZIP file is a document: qw_archive_is_document() tells. */
QW_API const char *qw_archive_kind(const void *head, size_t n);

/* Opens the archive that the bytes are, which must outlive it; or, when they are NULL, the one at
 * the path `name`. options may be NULL. Free with qw_archive_close(). */
QW_API qw_archive *qw_archive_open(const qw_input *input, const qw_archive_options *options,
                                   qw_error *why);
QW_API void qw_archive_close(qw_archive *archive);

/* Whether a ZIP file is a document or program that only uses ZIP: Office Open XML, OpenDocument,
 * EPUB, JAR. */
QW_API bool qw_archive_is_document(qw_archive *archive);

/* Reads the names of all members and judges them together. Fails when the archive is broken, holds
 * too many members, or would unpack to too much. */
QW_API bool qw_archive_list(qw_archive *archive, qw_error *why);

/* After qw_archive_list(): one packed file (gzip, xz, …) that is no archive inside. Its member is
 * named like the archive, without the extension. */
QW_API bool qw_archive_is_single(const qw_archive *archive);

/* After qw_archive_list(): the encoding of the names that are not said to be UTF-8. */
QW_API const char *qw_archive_encoding(const qw_archive *archive);

typedef enum qw_member_kind {
    QW_MEMBER_FILE,
    QW_MEMBER_FOLDER,
    QW_MEMBER_LINK, /* symbolic or hard */
    QW_MEMBER_OTHER,
} qw_member_kind;

typedef struct qw_member {
    const char *name;     /* UTF-8, steps parted by '/'. Not refused: a relative path, downwards */
    const char *repaired; /* the mojibake that was undone in it, in words; "" */
    const char *was;      /* what it was before that; "" */
    qw_member_kind kind;
    bool sized, timed, locked;
    uint64_t size; /* bytes, unpacked */
    int64_t time;  /* of the last change, seconds since 1970 */
} qw_member;

/* The members in the order of the archive; false past the end. A member that must not be unpacked
 * (its name leads elsewhere, stands there twice; it is a link, a device, a bomb) has an error in
 * *refused, which is else cleared. */
QW_API bool qw_archive_member(const qw_archive *archive, size_t i, qw_member *out,
                              qw_error *refused);

/* Unpacks a member into the sink; a list is not needed. Quickest in the order of the archive. */
QW_API bool qw_archive_read(qw_archive *archive, size_t i, const qw_sink *sink, qw_error *why);

/* A ZIP file that is made of files; all names in it are UTF-8. */
typedef struct qw_archive_maker qw_archive_maker;

/* Begins one at a path, where nothing is written before the end. Free with
 * qw_archive_maker_free(), which drops what is not finished. */
QW_API qw_archive_maker *qw_archive_make(const char *path, qw_error *why);

/* Adds n bytes of the file at a path, from an offset on, under a name; time is that of the last
 * change, in seconds since 1970. The file must stay as it is until qw_archive_finish(). Fails when
 * there is such a name already. */
QW_API bool qw_archive_add(qw_archive_maker *maker, const char *name, const char *file,
                           uint64_t offset, uint64_t n, int64_t time, qw_error *why);

/* Writes the archive. After a failure there is none. */
QW_API bool qw_archive_finish(qw_archive_maker *maker, qw_error *why);
QW_API void qw_archive_maker_free(qw_archive_maker *maker);

/* Names of files as they should read: bytes that are not UTF-8 are decoded, mojibake is undone. All
 * are judged together, so they should come from one folder. */
typedef struct qw_names qw_names;

/* NULL when memory was out. Free with qw_names_free(). */
QW_API qw_names *qw_names_fix(const qw_str *names, size_t n, qw_error *why);

/* The name with index i as UTF-8, and what it was taken for ("GB18030", "GB18030 read as IBM437");
 * empty for one that stays. Both live as long as the names. False past the end. */
QW_API bool qw_names_get(const qw_names *names, size_t i, qw_str *name, qw_str *how);
QW_API void qw_names_free(qw_names *names);

/* ---- Learning -------------------------------------------------------------------------------- */

/* Learns marks that many documents have in common, as rules for people to review. All documents are
 * given twice, first to be counted, then to be looked at; memory is fixed and time linear. */
typedef struct qw_learner qw_learner;

QW_API qw_learner *qw_learner_new(qw_error *why);
QW_API void qw_learner_free(qw_learner *learner);

/* Counts what the document holds. */
QW_API bool qw_learner_count(qw_learner *learner, const qw_doc *doc, qw_error *why);

/* When all are counted: looks closer at what is common. */
QW_API bool qw_learner_look(qw_learner *learner, const qw_doc *doc, qw_error *why);

/* Writes a rule file for qw_chain_options.rules, each rule with where it was seen and why it is
 * taken for a mark; *rules, if not NULL, is their number. Once. */
QW_API bool qw_learner_write(qw_learner *learner, const qw_sink *sink, size_t *rules,
                             qw_error *why);

/* ---- Undo ------------------------------------------------------------------------------------ */

typedef struct qw_undo_request {
    qw_str report;      /* what qw_write(…, "report", …) gave */
    qw_str output;      /* what was written, unchanged since */
    const char *path;   /* which document of the report, by the path of its input or output; NULL
                           when it holds one */
    const size_t *only; /* numbers of the edits to put back; NULL: all, byte for byte */
    size_t nonly;
    qw_limits limits; /* DOCX: as it was read with */
} qw_undo_request;

/* Puts back what was removed and writes the result, as the decoded input was: UTF-8. */
QW_API bool qw_undo(const qw_undo_request *request, const qw_sink *sink, qw_error *why);

#ifdef __cplusplus
}
#endif

#endif
