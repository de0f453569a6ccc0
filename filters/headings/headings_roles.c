/* Roles other than headings: what names itself (captions, attachments, notes), and what stands at
 * the tail (signature, date). They follow the parts of an official document (GB/T 9704-2012, 7.3
 * and 7.4); the head is in headings_head.c. */
#include "headings_roles.h"

/* Paragraphs at the tail that are looked at. */
#define TAIL_LINES 24

/* ---- What names itself ----------------------------------------------------------------------- */

static const reason caption_why = {STR_INIT("caption"),
                                   STR_INIT("begins as the caption of a figure or table does"), 80};
static const reason attachment_why = {STR_INIT("attachment"), STR_INIT("names an attachment"), 85};
static const reason attached_why = {STR_INIT("attachment"),
                                    STR_INIT("goes on with the list of attachments"), 75};
static const reason note_why = {STR_INIT("note"), STR_INIT("begins as a note does"), 80};

/* 2. 名单 after 附件：1. 名单 */
static void give_attachments(outline *o, uint32_t i) {
    label l;
    give(o, i, QW_ROLE_ATTACHMENT, attachment_why);
    for (unsigned lines = 0; lines < 40; lines++) {
        uint32_t next = next_text(o->d, i + 1);
        if (!is_next_line(o, i, next)) return;
        str s = at(o, next)->text;
        bool item = label_read(s, &l) && l.scheme == LABEL_DIGIT && l.value == lines + 2 &&
                    count_chars(s, 80) < 80 && last_mark(s) != 0x3002;
        if (!item) return;
        give(o, next, QW_ROLE_ATTACHMENT, attached_why);
        i = next;
    }
}

/* Whether a line is no more than 附件 and its number: the attachment itself begins here. */
static bool begins_attachment(str s) {
    return count_chars(s, 8) < 8 && last_mark(s) != 0xFF1A && last_mark(s) != ':';
}

static const reason date_why = {STR_INIT("date"), STR_INIT("a line at the end that is a date"), 90};
static const reason signature_why = {STR_INIT("signature"),
                                     STR_INIT("a short line before the date at the end"), 75};

/* A name of a body or a person: short, no end, no label. */
static bool may_be_signature(const outline *o, uint32_t i) {
    if (!is_plain(o, i) || candidate_of(o, i)) return false;
    str s = trim(at(o, i)->text);
    return count_chars(s, 40) < 40 && !ends_sentence(s) && last_mark(s) != 0xFF0C && !is_date(s) &&
           !has_word(s, "。|；");
}

static void sign(outline *o, uint32_t date) {
    give(o, date, QW_ROLE_DATE, date_why);
    uint32_t i = previous_text(o->d, date);
    for (unsigned lines = 0; lines < 3 && i != NO_BLOCK && may_be_signature(o, i); lines++) {
        give(o, i, QW_ROLE_SIGNATURE, signature_why);
        i = previous_text(o->d, i);
    }
}

/* The title of what begins at block i: an attachment, or what a notice sends round. */
static void give_inner_title(outline *o, uint32_t i) {
    if (i == NO_BLOCK || !may_be_title(o, i)) return;
    give_title(o, i, title_end(o, i));
}

static void find_tail(outline *o, uint32_t end);

/* What a notice sends round begins after its signature, date and notes with a title of its own: the
 * block of that title, NO_BLOCK when no such thing follows the date at block i. */
static uint32_t document_after(const outline *o, uint32_t i) {
    static const char sent[] =
        "方案|办法|辦法|规定|規定|细则|意见|意見|规划|规划纲要|纲要|计划|計畫|"
        "要点|條例|条例|措施|制度|清单|预案|标准|规范|章程|规则|规程|名单|"
        "指南|安排|分工|目录";
    uint32_t before = previous_text(o->d, i), next = next_text(o->d, i + 1);
    if (before == NO_BLOCK || !may_be_signature(o, before)) return NO_BLOCK;
    for (unsigned notes = 0; next != NO_BLOCK && notes < 4; notes++) {
        str s = trim(at(o, next)->text);
        bool bracketed = any_at(s, 0, "（|(") && ends_with_word(s, "）|)");
        if (!is_note(s) && !is_attachment(s) && !bracketed) break;
        next = next_text(o->d, next + 1);
    }
    if (next == NO_BLOCK || !may_be_title(o, next)) return NO_BLOCK;
    str last = trim(at(o, title_end(o, next))->text);
    bool draft = ends_with_word(last, "）|)") && has_word(last, "（|(");
    if (draft)
        last = str_cut(last, 0, str_find(last, has_word(last, "（") ? STR("（") : STR("("), 0));
    return ends_with_word(last, sent) ? next : NO_BLOCK;
}

static void find_named(outline *o) {
    for (size_t k = 0; k < o->nnamed && doc_ok(o->d); k++) {
        uint32_t i = o->named[k];
        if (!is_plain(o, i)) continue;
        str s = trim(at(o, i)->text);
        if (is_attachment(s)) {
            give_attachments(o, i);
            if (begins_attachment(s)) {
                find_tail(o, i);
                give_inner_title(o, next_text(o->d, i + 1));
            }
        } else if (is_caption(s))
            give(o, i, QW_ROLE_CAPTION, caption_why);
        else if (is_note(s))
            give(o, i, QW_ROLE_NOTE, note_why);
        else if (is_date(s) && !candidate_of(o, i)) {
            uint32_t document = document_after(o, i);
            if (document == NO_BLOCK) continue;
            sign(o, i);
            give_inner_title(o, document);
        }
    }
}

/* ---- The tail -------------------------------------------------------------------------------- */

/* Dates among the last paragraphs before block `end`, where a document or its attachment ends. */
static void find_tail(outline *o, uint32_t end) {
    uint32_t i = previous_text(o->d, end);
    for (unsigned lines = 0; i != NO_BLOCK && lines < TAIL_LINES; lines++) {
        uint32_t before = previous_text(o->d, i);
        bool dated =
            is_plain(o, i) && !candidate_of(o, i) && before != NO_BLOCK && is_date(at(o, i)->text);
        if (dated && (ends_sentence(at(o, before)->text) || may_be_signature(o, before) ||
                      at(o, before)->role != QW_ROLE_BODY)) {
            sign(o, i);
            return;
        }
        i = before;
    }
}

/* Whether most paragraphs at the head are parted by a blank line. */
static bool is_spaced(const outline *o) {
    unsigned seams = 0, spaced = 0;
    for (uint32_t i = o->first_text; seams < 40;) {
        uint32_t next = next_text(o->d, i + 1);
        if (next == NO_BLOCK) break;
        seams++;
        spaced += next == i + 2;
        i = next;
    }
    return seams >= 3 && spaced * 4 >= seams * 3;
}

void find_roles(outline *o) {
    if (o->first_text == NO_BLOCK) return;
    o->spaced = is_spaced(o);
    find_head(o);
    find_named(o);
    find_tail(o, o->last_text + 1); /* a table may stand behind it */
}
