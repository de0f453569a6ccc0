/* headings: what the files share that give the roles other than headings. */
#ifndef QW_FILTERS_HEADINGS_ROLES_H
#define QW_FILTERS_HEADINGS_ROLES_H

#include "headings.h"

static inline const block *at(const outline *o, uint32_t i) {
    return &o->d->blocks[i];
}

/* Whether block i is there and has no role yet. */
static inline bool is_plain(const outline *o, uint32_t i) {
    return i != NO_BLOCK && at(o, i)->role == QW_ROLE_BODY;
}

static inline void give(outline *o, uint32_t i, qw_role role, reason why) {
    edit_role(o->d, i, (block_role){.role = role}, why);
}

/* ---- headings_lines.c: what a line says by itself -------------------------------------------- */

/* Whether one of the words, separated by '|', stands in s; or at its end. */
bool has_word(str s, const char *words);
bool ends_with_word(str s, const char *words);

/* s without blanks of any kind at its ends. */
str trim(str s);

/* A line that is a date and no more: 2023年5月6日, 二〇二三年五月, 2023-05-06. */
bool is_date(str line);

/* 某政发〔2021〕3号 */
bool is_document_number(str s);

/* What stands above a title: the document's number, who signed it, how secret it is. */
bool is_letterhead(str s);

/* 附件1, 附件：1. 名单, 附： */
bool is_attachment(str s);

/* 图1-2 系统结构, 表3：名单, Figure 4. Layout */
bool is_caption(str s);

/* 注：, 抄送：, 某某办公室2023年5月6日印发, （此件公开发布） */
bool is_note(str s);

/* ---- headings_head.c ------------------------------------------------------------------------- */

/* A short line without an end, and none of the things that are called otherwise. */
bool may_be_title(const outline *o, uint32_t i);

/* Whether block `next` follows block i without more between them than paragraphs have here. */
bool is_next_line(const outline *o, uint32_t i, uint32_t next);

/* The last line of a title that is broken over several, beginning at block i: lines that follow one
 * another, none of them the name of a document but the last. i itself when it is one line. */
uint32_t title_end(const outline *o, uint32_t i);

/* Makes the lines from block `first` to `last` a title. */
void give_title(outline *o, uint32_t first, uint32_t last);

/* Title, subtitles and salutation, in the first lines up to the first paragraph of prose. */
void find_head(outline *o);

#endif
