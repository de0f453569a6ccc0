/* What has a place of its own in an official document, judged by GB/T 9704-2012, 7.2 to 7.4: the
 * head, those addressed, attachments, signature, date, and the 版记. */
#include "format/gongwen/gongwen_checking.h"

#include "format/docx_new/docx_layout.h"

/* ---- Head, signature and 版记 ---------------------------------------------------------------- */

static bool starts_with(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_starts(s, word)) return true;
    return false;
}

/* Whether someone signs below: then the number stands at the left (7.2.6). */
static bool has_signer(const doc *d) {
    for (uint32_t i = 0; i < d->nblocks && d->blocks[i].role != QW_ROLE_TITLE; i++)
        if (str_find(d->blocks[i].text, STR("签发人"), 0) != STR_NONE) return true;
    return false;
}

/* Whether a red rule, or a drawing that may be one, stands between the head and the title. */
static void check_red_rule(checking *c, uint32_t index, const gongwen_paragraph *p) {
    const block *next = NULL;
    for (uint32_t i = index + 1; !next && i < c->d->nblocks; i++)
        if (block_is_text(&c->d->blocks[i]) && str_trim(c->d->blocks[i].text).n)
            next = &c->d->blocks[i];
    if (p->ruled) c->red_rule = true;
    if (!next || next->role != QW_ROLE_TITLE || !c->issuer_mark || c->red_rule) return;
    note_breach(c, RULE_RED_RULE, 0, index, "no red rule parts the head from the title");
}

void check_head(checking *c, uint32_t index, const gongwen_paragraph *p) {
    docx_style style = docx_head_style(c->d, index);
    str s = str_trim(c->d->blocks[index].text);
    if (!p || style == STYLE_NORMAL) return;
    if (style == STYLE_MARKING) {
        bool secret = s.n != 6;
        if (secret && is_other_font(&p->body, FONTS_HEI))
            note_breach(c, RULE_MARKING, 0, index, "secrecy or urgency is set in %.*s, not in 黑体",
                        (int)p->body.font.n, p->body.font.p);
        check_size(c, RULE_MARKING, 1, index, &p->body, 32, "what stands above the issuer's mark");
    } else if (style == STYLE_RED_HEAD) {
        c->issuer_mark = true;
        if (p->body.colour != COLOUR_RED && p->body.colour != COLOUR_THEME)
            note_breach(c, RULE_MARK_COLOUR, 0, index, "the issuer's mark is not red");
        if (p->body.align != ALIGNED_CENTRE)
            note_breach(c, RULE_MARK_PLACE, 0, index, "the issuer's mark is not centred");
        if (is_other_font(&p->body, FONTS_SMALL_SONG))
            note_breach(c, RULE_MARK_FONT, 0, index,
                        "the issuer's mark is set in %.*s, not in 小标宋", (int)p->body.font.n,
                        p->body.font.p);
    } else if (!starts_with(s, "签发人") && p->body.align != ALIGNED_CENTRE && !has_signer(c->d)) {
        note_breach(c, RULE_NUMBER_PLACE, 0, index, "the document's number is not centred");
    }
    check_red_rule(c, index, p);
}

/* Signature and date stand on the right: aligned there, or moved by an indent or by blanks. */
void check_signature(checking *c, uint32_t index, const gongwen_paragraph *p) {
    enum { FAR = 800 }; /* hundredths of a character; a line has 2,800 */
    bool moved = begins_blank(c->d->blocks[index].text) || first_indent(&p->body) >= FAR;
    if (p->body.align == ALIGNED_END || moved || p->in_table) return;
    note_breach(c, RULE_SIGNATURE, 0, index, "signature and date do not stand on the right");
}

void check_imprint(checking *c, uint32_t index, const gongwen_paragraph *p) {
    str s = str_trim(c->d->blocks[index].text);
    if (!docx_is_imprint(s)) return;
    if (starts_with(s, "抄送") && !str_ends(s, STR("。")))
        note_breach(c, RULE_IMPRINT_END, 0, index, "those who get copies do not end with 。");
    if (!p) return;
    if (is_other_font(&p->body, FONTS_FANGSONG))
        note_breach(c, RULE_IMPRINT_FONT, 0, index, "the 版记 is set in %.*s, not in 仿宋",
                    (int)p->body.font.n, p->body.font.p);
    check_size(c, RULE_IMPRINT_SIZE, 0, index, &p->body, 28, "the 版记");
}

/* ---- Text ------------------------------------------------------------------------------------ */

void check_salutation(checking *c, uint32_t index, const gongwen_paragraph *p) {
    str s = str_trim(c->d->blocks[index].text);
    if (str_ends(s, STR(":")))
        note_breach(c, RULE_SALUTATION_COLON, 0, index,
                    "the colon after those addressed is half-width");
    if (begins_blank(c->d->blocks[index].text) || (p && first_indent(&p->body) > 20))
        note_breach(c, RULE_SALUTATION_PLACE, 0, index,
                    "those addressed do not stand at the left edge");
}

/* 某政发〔2024〕12号 */
void check_document_number(checking *c, uint32_t index) {
    str s = str_trim(c->d->blocks[index].text);
    size_t year = str_find(s, STR("20"), 0);
    if (s.n > 90 || !str_ends(s, STR("号")) || year == STR_NONE || !year) return;
    str before = str_cut(s, 0, year), after = str_cut(s, year + 4, s.n);
    if (gongwen_has_word(before, "[|［|（|(|【"))
        note_breach(c, RULE_NUMBER_YEAR, 0, index,
                    "the year of the document's number does not stand in 〔〕");
    if (!gongwen_has_word(before, "〔|[|［|（|(|【")) return;
    str number = str_cut(after, after.n && (unsigned char)after.p[0] < 0x80 ? 1 : 3, after.n);
    if (str_starts(number, STR("第")))
        note_breach(c, RULE_NUMBER_FORM, 0, index, "the document's number has 第 before it");
    else if (str_starts(number, STR("0")))
        note_breach(c, RULE_NUMBER_FORM, 0, index, "the document's number is filled up with 0");
}

void check_date(checking *c, uint32_t index) {
    str s = str_trim(c->d->blocks[index].text);
    if (gongwen_has_word(s, "〇|○|一|二|三|四|五|六|七|八|九|十"))
        note_breach(c, RULE_DATE, 0, index, "the date is not written in Arabic numerals");
    else if (gongwen_has_word(s, "年0|月0|年 0|月 0"))
        note_breach(c, RULE_DATE, 0, index, "the month or day of the date is filled up with 0");
    else if (!gongwen_has_word(s, "年") || !gongwen_has_word(s, "日"))
        note_breach(c, RULE_DATE, 0, index, "the date does not give year, month and day");
}

void check_attachment(checking *c, uint32_t index) {
    str s = str_trim(c->d->blocks[index].text);
    if (str_ends(s, STR("。")) || str_ends(s, STR("；")) || str_ends(s, STR("，")))
        note_breach(c, RULE_ATTACHMENT_END, 0, index, "the name of an attachment ends with a mark");
}
