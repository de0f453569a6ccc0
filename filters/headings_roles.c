/* Roles other than headings: what stands at the head (title, subtitle, salutation), what stands at
 * the tail (signature, date, notes), and what names itself (captions, attachments). They follow
 * the parts of an official document (GB/T 9704-2012, 7.3 and 7.4). */
#include "headings.h"

/* Paragraphs at the head and the tail that are looked at. */
#define HEAD_LINES 12
#define TAIL_LINES 24

static const block *at(const outline *o, uint32_t i) {
    return &o->d->blocks[i];
}

static bool is_plain(const outline *o, uint32_t i) {
    return i != NO_BLOCK && at(o, i)->role == QW_ROLE_BODY;
}

static void give(outline *o, uint32_t i, qw_role role, reason why) {
    edit_role(o->d, i, (block_role){.role = role}, why);
}

static bool has_word(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_find(s, word, 0) != STR_NONE) return true;
    return false;
}

static bool ends_with_word(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_ends(s, word)) return true;
    return false;
}

/* s without blanks of any kind at its ends. */
static str trim(str s) {
    size_t from = 0, to = s.n;
    while (from < s.n) {
        size_t next = from;
        if (!is_space(utf8_next(s, &next))) break;
        from = next;
    }
    while (to > from) {
        size_t before = to;
        if (!is_space(utf8_prev(s, &before))) break;
        to = before;
    }
    return str_cut(s, from, to);
}

/* ---- Dates ----------------------------------------------------------------------------------- */

/* Digits, Arabic or Chinese, and blanks; their count, moving *from past them. */
static size_t skip_number(str s, size_t *from) {
    size_t count = 0;
    while (*from < s.n) {
        size_t next = *from;
        uint32_t c = utf8_next(s, &next);
        bool digit = is_ascii_digit(c) || (c >= 0xFF10 && c <= 0xFF19) || c == 'O' || c == 'X' ||
                     c == 'x' || c == '*' || c == 0xD7 || c == 0x25CB ||
                     (c >= 0x3007 && numeral_is_han(c));
        if (!digit && !is_space(c)) break;
        count += digit;
        *from = next;
    }
    return count;
}

/* A line that is a date and no more: 2023年5月6日, 二〇二三年五月, 2023-05-06. */
static bool is_date(str line) {
    str s = trim(line);
    size_t from = 0;
    if (s.n < 8 || s.n > 60) return false;
    if (has_at(s, 0, "（") || s.p[0] == '(') {
        uint32_t open = utf8_next(s, &from);
        if (last_mark(s) == 0x65E5) s = str_cut(s, 0, s.n - (open < 0x80 ? 1 : 3));
    }
    size_t digits = skip_number(s, &from);
    if (digits < 2 || digits > 4) return false;
    bool words = has_at(s, from, "年");
    from += words ? 3 : 1;
    if (from >= s.n || (!words && !memchr("-./", s.p[from - 1], 3))) return false;
    if (!skip_number(s, &from) || from > s.n) return false;
    if (!words && (from >= s.n || !memchr("-./", s.p[from], 3))) return false;
    if (words && !has_at(s, from, "月")) return false;
    from += words ? 3 : 1;
    if (from == s.n) return words;
    if (!skip_number(s, &from)) return false;
    return from == s.n || (words && from + 3 == s.n && any_at(s, from, "日|號|号"));
}

/* ---- The head -------------------------------------------------------------------------------- */

/* 某政发〔2021〕3号 */
static bool is_document_number(str s) {
    return s.n <= 90 && (str_ends(s, STR("号")) || str_ends(s, STR("號"))) &&
           has_word(s, "〔|[|［|（|【") && has_word(s, "20|19|２０");
}

/* 份号: six digits. */
static bool is_copy_number(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!is_ascii_digit((unsigned char)s.p[i])) return false;
    return s.n == 6;
}

/* What stands above a title: the document's number, who signed it, how secret it is. */
static bool is_letterhead(str s) {
    if (s.n > 90) return false;
    return is_document_number(s) || is_copy_number(s) ||
           (s.n <= 36 && any_at(s, 0, "绝密|機密|机密|秘密|平急|特提") > 0) ||
           any_at(s, 0, "索引号|索 引 号|发文字号|发文机关|成文日期|签发人|密级|份号|特急|加急");
}

static bool is_attachment(str s);

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

/* A short line without an end, and none of the things that are called otherwise. */
static bool may_be_title(const outline *o, uint32_t i) {
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

/* Whether block `next` follows block i without more between them than paragraphs have here. */
static bool is_next_line(const outline *o, uint32_t i, uint32_t next) {
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

/* The last line of a title that is broken over several, beginning at block i: lines that follow one
 * another, none of them the name of a document but the last. i itself when it is one line. */
static uint32_t title_end(const outline *o, uint32_t i) {
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

static void give_title(outline *o, uint32_t first, uint32_t last) {
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

/* Title, subtitles and salutation, in the first lines up to the first paragraph of prose. */
static void find_head(outline *o) {
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

/* ---- What names itself ----------------------------------------------------------------------- */

/* 附件1, 附件：1. 名单, 附： */
static bool is_attachment(str s) {
    size_t from = any_at(s, 0, "附件|附　件|附 件");
    uint32_t value;
    if (!from) return str_starts(s, STR("附：")) || str_starts(s, STR("附:"));
    size_t n = numeral_read_han(str_cut(s, from, s.n), &value);
    if (!n) n = numeral_read_digits(str_cut(s, from, s.n), &value);
    size_t end = from + n;
    if (end == s.n) return true;
    uint32_t c = utf8_next(s, &end);
    if (c == 0xFF1A || c == ':') return true;
    return n && s.n < 240 && !ends_sentence(s) &&
           (is_space(c) || c == '.' || c == 0xFF0E || c == 0x3001 || c == '-');
}

/* Whether what follows 图3 goes on as a sentence does: 图3所示, 表1列出. */
static bool goes_on_as_sentence(str s, size_t from) {
    return any_at(s, from,
                  "所|中|为|是|的|列|给|显|可|反|说|和|与|至|、|，|～|~|及|也|就|則|则|表|也|上|下|"
                  "展|将|以") > 0;
}

/* 图1-2 系统结构, 表3：名单, Figure 4. Layout */
static bool is_caption(str s) {
    size_t from = any_at(s, 0, "图|圖|表|续表|附图|附表|Figure |Fig. |Table |FIGURE |TABLE ");
    uint32_t value;
    if (!from || s.n > 300) return false;
    if (from < s.n && s.p[from] == ' ') from++;
    size_t n = numeral_read_digits(str_cut(s, from, s.n), &value);
    if (!n) n = numeral_read_han(str_cut(s, from, s.n), &value);
    if (!n) return false;
    from += n;
    while (from + 1 < s.n && memchr("-.", s.p[from], 2) &&
           is_ascii_digit((unsigned char)s.p[from + 1]))
        for (from++; from < s.n && is_ascii_digit((unsigned char)s.p[from]);) from++;
    if (from == s.n) return true;
    if (last_mark(s) == 0x3002 || count_chars(s, 60) == 60 || goes_on_as_sentence(s, from))
        return false;
    size_t next = from;
    uint32_t c = utf8_next(s, &next);
    if (is_space(c) || c == 0xFF1A || c == ':' || c == '.' || c == 0xFF0E) return true;
    return is_han(c) && !ends_sentence(s) && count_chars(s, 30) < 30 && !has_word(s, "，");
}

static bool is_note(str s) {
    if (any_at(s, 0,
               "注：|注:|备注：|备注:|備註：|附注：|附註：|抄送：|抄送:|抄報：|抄报：|主题词：|"
               "主送：|出席：|列席：|请假：|請假："))
        return true;
    if (s.n < 160 && ends_with_word(s, "日印发|日印發")) return true; /* of the 版记 */
    bool bracketed = any_at(s, 0, "（|(") && ends_with_word(s, "）|)") && s.n < 200;
    return bracketed &&
           has_word(s,
                    "此件|联系人|聯繫人|联系电话|公开发布|公開發佈|共印|不公开|删减|刪減|有删节");
}

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

bool may_be_named(str s) {
    static const char firsts[] = "图圖表续附注备備抄主出列请請（　";
    if (s.n < 3 || s.n > 1200) return false;
    if (s.p[0] == 'F' || s.p[0] == 'T' || s.p[0] == '(' || s.p[0] == ' ') return true;
    for (const char *p = firsts; *p; p += 3)
        if (!memcmp(p, s.p, 3)) return true;
    if (s.n <= 60 && str_ends(s, STR("日"))) return true;
    return s.n < 160 && (str_ends(s, STR("印发")) || str_ends(s, STR("印發")));
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
