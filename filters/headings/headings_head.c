/* The head of a document: title, subtitle, salutation (GB/T 9704-2012, 7.3.1 and 7.3.2). */
#include "headings_roles.h"

/* Paragraphs at the head that are looked at. */
#define HEAD_LINES 12

static const char document_words[] = "报告|報告|通知|意见|意見|总结|總結|方案|办法|辦法|规定|规定|"
                                     "条例|條例|决定|決定|讲话|講話|发言|發言|"
                                     "材料|请示|批复|函|公告|通告|通报|纪要|計劃|计划|规划|要点|"
                                     "措施|细则|制度|章程|协议|合同|法|书|書|心得|"
                                     "体会|提纲|致辞|倡议|说明|指南|手册|研究|论|记|講稿|讲稿|简报|"
                                     "清单|汇报|述职|预案|标准|规范|须知|公约";

/* 某某市人民政府文件 or 会议纪要, the red head: a number stands under it. What names no kind of
 * document as 文件 does needs the title under the number, for the number may stand under the title.
 */
static bool is_red_head(const outline *o, uint32_t i, str s) {
    uint32_t next = next_text(o->d, i + 1);
    if (count_chars(s, 30) == 30 || next == NO_BLOCK) return false;
    str number = trim(at(o, next)->text);
    if (str_ends(s, STR("文件"))) return is_letterhead(number);
    uint32_t after = is_document_number(number) ? next_text(o->d, next + 1) : NO_BLOCK;
    if (after == NO_BLOCK) return false;
    str title = trim(at(o, after)->text);
    return count_chars(title, 60) < 60 && ends_with_word(title, document_words);
}

bool may_be_title(const outline *o, uint32_t i) {
    if (!is_plain(o, i) || candidate_of(o, i)) return false;
    str s = trim(at(o, i)->text);
    uint32_t mark = last_mark(s);
    size_t chars = count_chars(s, 120), limit = (unsigned char)s.p[0] < 0x80 ? 110 : 60;
    if (chars < 2 || chars > limit || is_date(s) || is_letterhead(s) || is_attachment(s) ||
        is_red_head(o, i, s))
        return false;
    if (mark == 0x3002 || mark == '.' || ends_sentence(s))
        return (mark == 0xFF1F || mark == '?' || mark == 0xFF01) && chars <= 30;
    return mark != 0xFF0C && mark != ',' && mark != 0x3001 && !has_word(s, "。");
}

static bool is_byline(const outline *o, uint32_t i);

/* Whether what surrounds the line says that it is the title. */
static bool stands_as_title(const outline *o, uint32_t i) {
    const doc *d = o->d;
    str s = trim(at(o, i)->text);
    if (at(o, i)->more && at(o, i)->more->align == ALIGN_CENTRE) return true;
    if (ends_with_word(s, document_words)) return true;
    uint32_t next = next_text(d, i + 1);
    if (next == NO_BLOCK) return false;
    if (next > i + 1) return true; /* a blank line follows */
    const block *b = at(o, next);
    if (candidate_of(o, next) && candidate_of(o, next)->verdict == VERDICT_HEADING) return true;
    if (is_byline(o, next) && count_chars(s, 6) == 6) return true;
    return ends_sentence(b->text) && b->text.n > 2 * s.n;
}

static const reason title_why = {STR_INIT("title"),
                                 STR_INIT("a short line without an end at the head"), 85};
static const reason subtitle_why = {STR_INIT("subtitle"), STR_INIT("a line under the title"), 75};
static const reason between_why = {STR_INIT("subtitle"),
                                   STR_INIT("a line between the title and the salutation"), 70};
static const reason head_date_why = {STR_INIT("date"),
                                     STR_INIT("a line under the title that is a date"), 85};
static const reason salutation_why = {STR_INIT("salutation"),
                                      STR_INIT("names who is addressed and ends with a colon"), 85};

bool is_next_line(const outline *o, uint32_t i, uint32_t next) {
    return next == i + 1 || (o->spaced && next == i + 2);
}

/* Whether a line of a title is its last: it names a kind of document, and the next line, if it does
 * so too, is not the rest of it: 关于全面推行执法公示制度 ⏎ 审核制度的意见. */
static bool ends_title(const outline *o, uint32_t i, str s) {
    if (!ends_with_word(s, document_words) || ends_with_word(s, "关于|關於")) return false;
    uint32_t next = next_text(o->d, i + 1);
    if (!is_next_line(o, i, next) || !has_word(s, "关于|關於|印发") || !may_be_title(o, next))
        return true;
    str t = trim(at(o, next)->text);
    bool named =
        ends_with_word(s, "的通知|的意见|的意見|的决定|的決定|的报告|的報告|的函|的批复|的请示|"
                          "的公告|的通报|的方案|的办法|的规定|的若干意见|的若干措施");
    return named || !ends_with_word(t, document_words) || any_at(t, 0, "关于|關於");
}

uint32_t title_end(const outline *o, uint32_t i) {
    uint32_t at_line = i;
    for (unsigned lines = 0; lines < 4; lines++) {
        str s = trim(at(o, at_line)->text);
        if (ends_title(o, at_line, s)) return at_line;
        const block_more *a = at(o, at_line)->more;
        uint32_t next = next_text(o->d, at_line + 1);
        if (!is_next_line(o, at_line, next) || !may_be_title(o, next)) return i;
        str t = trim(at(o, next)->text);
        const block_more *b = at(o, next)->more;
        bool centred = a && b && a->align == ALIGN_CENTRE && b->align == ALIGN_CENTRE;
        bool broken =
            ends_with_word(s, "关于|關於|印发|的|和|与|、|及") || any_at(t, 0, "关于|關於|的");
        if (t.n < 12 && !broken) return i;
        if (centred && t.n > 12 && lines == 3) return next;
        at_line = next;
    }
    return i;
}

void give_title(outline *o, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i <= last; i = next_text(o->d, i + 1))
        if (is_plain(o, i)) give(o, i, QW_ROLE_TITLE, title_why);
}

/* —— a subtitle, （the date or the author）, the author's name. */
static bool is_subtitle(const outline *o, uint32_t i) {
    if (!is_plain(o, i) || candidate_of(o, i)) return false;
    str s = trim(at(o, i)->text);
    if (count_chars(s, 50) == 50) return false;
    if (any_at(s, 0, "——|──|--|—") && !ends_with_word(s, "。|：|:")) return true;
    bool bracketed = any_at(s, 0, "（|(") && ends_with_word(s, "）|)");
    return bracketed || is_date(s) || (any_at(s, 0, "作者：|作者:|文/|文／|著者：|译者：") > 0);
}

/* Words that end the name of an addressee before the colon. */
static const char addressees[] =
    "会|會|委|府|局|部|厅|廳|处|處|院|校|司|室|组|組|构|構|位|们|們|志|导|導|生|士|友|员|員|长|長|"
    "团|團|队|隊|站|所|中心|公司|单位|單位|部门|部門|企业|企業|机关|機關|办|辦|区|區|县|縣|市|省|"
    "州|"
    "旗|镇|鎮|乡|鄉|街道|社区|社區|村|行|社|人|代表|评委|朋友|同事|家长|老师|老師|师|科|学|大学|台|"
    "集团";

/* 各区县人民政府，市直各部门： */
static bool is_salutation(const outline *o, uint32_t i) {
    if (!is_plain(o, i) || candidate_of(o, i)) return false;
    str s = trim(at(o, i)->text);
    size_t colon = str_ends(s, STR("：")) ? 3 : str_ends(s, STR(":")) ? 1 : 0;
    if (!colon || s.n <= colon || count_chars(s, 140) == 140) return false;
    str name = trim(str_cut(s, 0, s.n - colon));
    if (has_word(name, "。|；|如下|以下|下列|汇报|报告|報告|现将|现就|現將|通知|根据|按照|为了|"
                       "：|关于|是"))
        return false;
    if (any_at(name, 0, "尊敬的|敬爱的|亲爱的|親愛的|各位|同志们|同志們|致") ||
        str_starts(name, STR("各")))
        return true;
    if (str_starts(name, STR("Dear "))) return true;
    size_t chars = count_chars(name, 140);
    bool several = has_word(name, "，|、") || ends_with_word(name, "）");
    return (chars <= 30 || several) &&
           (ends_with_word(name, addressees) || ends_with_word(name, "）|)"));
}

/* The name of the author or speaker, alone under the title: two to four characters. */
static bool is_byline(const outline *o, uint32_t i) {
    str s = trim(at(o, i)->text);
    size_t chars = 0;
    if (!is_plain(o, i) || candidate_of(o, i) || s.n > 18) return false;
    for (size_t from = 0; from < s.n;) {
        uint32_t c = utf8_next(s, &from);
        if (!is_han(c) && !is_space(c)) return false;
        chars += is_han(c);
    }
    uint32_t next = next_text(o->d, i + 1);
    return chars >= 2 && chars <= 4 && next != NO_BLOCK &&
           (is_salutation(o, next) || is_subtitle(o, next) || candidate_of(o, next) ||
            ends_sentence(at(o, next)->text));
}

/* 某某局局长 张三: an office and a name, parted by blanks. */
static bool is_office_and_name(const outline *o, uint32_t i) {
    static const char offices[] =
        "主任|书记|書記|局长|部长|厅长|处长|科长|所长|院长|校长|会长|镇长|"
        "乡长|县长|区长|市长|州长|省长|站长|队长|组长|社长|行长|馆长|"
        "局長|部長|處長|校長|院長|會長|"
        "经理|總經理|委员|委員|代表|干事|专员|主席|总监|工程师|教师|教授|"
        "记者|单位|部门|负责人|法官|检察官|律师|秘书|主管|顾问";
    str s = trim(at(o, i)->text);
    size_t blank = s.n;
    if (!is_plain(o, i) || candidate_of(o, i) || count_chars(s, 40) == 40 || ends_sentence(s))
        return false;
    while (blank) {
        size_t before = blank;
        if (is_space(utf8_prev(s, &before))) break;
        blank = before;
    }
    size_t name = count_chars(str_cut(s, blank, s.n), 5);
    return blank && name >= 2 && name <= 4 && ends_with_word(trim(str_cut(s, 0, blank)), offices);
}

/* Whether a short line stands between the title and those who are addressed. */
static bool is_before_salutation(const outline *o, uint32_t i) {
    uint32_t next = next_text(o->d, i + 1);
    str s = at(o, i)->text;
    return is_plain(o, i) && !candidate_of(o, i) && count_chars(s, 40) < 40 && !ends_sentence(s) &&
           next != NO_BLOCK && is_salutation(o, next);
}

void find_head(outline *o) {
    const doc *d = o->d;
    uint32_t i = o->first_text, title = NO_BLOCK;
    for (unsigned lines = 0; i != NO_BLOCK && lines < HEAD_LINES; lines++) {
        str s = at(o, i)->text;
        uint32_t next = next_text(d, i + 1);
        if (at(o, i)->role == QW_ROLE_TITLE || at(o, i)->role == QW_ROLE_SUBTITLE) {
            title = i;
        } else if (is_salutation(o, i)) {
            give(o, i, QW_ROLE_SALUTATION, salutation_why);
            return;
        } else if (title == NO_BLOCK && may_be_title(o, i)) {
            title = title_end(o, i);
            if (title == i && !stands_as_title(o, i)) return;
            give_title(o, i, title);
            i = title;
            next = next_text(d, i + 1);
        } else if (title != NO_BLOCK && is_plain(o, i) && !candidate_of(o, i) && is_date(s)) {
            give(o, i, QW_ROLE_DATE, head_date_why);
        } else if (title != NO_BLOCK &&
                   (is_subtitle(o, i) || is_byline(o, i) || is_office_and_name(o, i))) {
            give(o, i, QW_ROLE_SUBTITLE, subtitle_why);
        } else if (title != NO_BLOCK && !is_letterhead(trim(s)) && is_before_salutation(o, i)) {
            give(o, i, QW_ROLE_SUBTITLE, between_why);
        } else if (!is_letterhead(trim(s)) && !is_attachment(trim(s)) &&
                   !is_red_head(o, i, trim(s))) {
            return;
        }
        i = next;
    }
}
