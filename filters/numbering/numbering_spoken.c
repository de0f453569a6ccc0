/* References by the label alone: 参见三、, 见（二）, 详见四（一）, 前述（二）、（三）项, 见①.
 *
 * A number is one only where a word before it or a unit after it says so. After words that also
 * begin a list in running text (如（一）…；（二）…) it is not clear, unless the words after it show
 * that it is spoken of. */
#include "numbering_references.h"

/* A number as a label has it. */
typedef struct mention {
    unsigned kind;
    uint32_t value;
    size_t at, n; /* the number */
    size_t end;
    bool whole; /* brackets and number are one character: ⑴ */
} mention;

static bool starts_with_one(str s, const char *words) {
    str rest = str_of(words), word;
    while (str_next(&rest, '|', &word))
        if (str_starts(s, word)) return true;
    return false;
}

/* Whether a number without brackets may end here: before words that count (三个) it is none. */
static bool may_end(str rest) {
    if (!rest.n) return true;
    if (rest.p[0] == '.') return rest.n == 1 || !is_ascii_digit((unsigned char)rest.p[1]);
    return starts_with_one(rest,
                           " |　|、|。|，|；|：|．|（|）|”|】|」|(|)|,|;|:|\"|和|与|及|至|到|或|"
                           "中|之|所|部分|条|节|章|点|项|款|目");
}

static bool read_bracketed(str s, size_t at, mention *f) {
    size_t open = s.p[at] == '(' ? 1 : 3;
    str rest = str_cut(s, f->at = at + open, at + open + NUMERAL_ROOM);
    f->kind = LABEL_DIGIT_BRACKET;
    f->n = numeral_read_digits(rest, &f->value);
    if (!f->n) {
        f->kind = LABEL_HAN_BRACKET;
        f->n = numeral_read_han(rest, &f->value);
    }
    str close = str_cut(s, f->at + f->n, s.n);
    if (!f->n || !starts_with_one(close, "）|)")) return false;
    f->end = f->at + f->n + (close.p[0] == ')' ? 1 : 3);
    return f->value != 0;
}

static bool read_form(str s, size_t at, bool bare, mention *f) {
    *f = (mention){.at = at};
    if (at >= s.n) return false;
    str rest = str_cut(s, at, at + NUMERAL_ROOM);
    if (starts_with_one(rest, "（|(")) return read_bracketed(s, at, f);
    uint32_t c;
    size_t size = utf8_read(rest.p, rest.n, &c);
    enum numeral_enclosure around = numeral_enclosed(c, &f->value);
    f->n = size;
    f->end = at + size;
    if (around != ENCLOSED_NONE) {
        f->whole = around != ENCLOSED_CIRCLE;
        f->kind = around == ENCLOSED_CIRCLE        ? LABEL_CIRCLED
                  : around == ENCLOSED_BRACKET     ? LABEL_DIGIT_BRACKET
                  : around == ENCLOSED_HAN_BRACKET ? LABEL_HAN_BRACKET
                                                   : LABEL_DIGIT;
        return true;
    }
    if (!bare) return false;
    f->kind = LABEL_DIGIT;
    f->n = numeral_read_digits(rest, &f->value);
    if (!f->n) {
        f->kind = LABEL_HAN;
        f->n = numeral_read_han(rest, &f->value);
    }
    f->end = at + f->n;
    return f->n && f->value && may_end(str_cut(s, f->end, s.n));
}

/* Bytes of what may stand between two numbers at byte `at`. */
static size_t separator_size(str s, size_t at) {
    static const char *const words[] = {"、第", "以及", "或者", "、", "和", "与", "及",
                                        "至",   "到",   "或",   ".",  "．", "的", "之"};
    str rest = str_cut(s, at, s.n);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(rest, str_of(words[i]))) return str_of(words[i]).n;
    return 0;
}

size_t read_labels(scan *s, size_t at, uint32_t named, bool bare, bool unclear) {
    enum { LISTED = 16 };
    unsigned last = 0;
    bool within = named != NO_ITEM;
    uint32_t parent = named, target = named;
    size_t end = at;
    mention f;
    for (unsigned i = 0; i < LISTED && read_form(s->text, at, bare, &f); i++) {
        if (last && f.kind > last) {
            parent = target;
            within = true;
            unclear = unclear || target == NO_ITEM;
        }
        wanted w = {.kind = f.kind, .parent = parent, .within = within};
        w.label.value = f.value;
        if (last > f.kind) w.within = false;
        if (!w.within) w.parent = nearest_parent(s, &w);
        target = refer(s, &w, f.at, f.n, unclear || f.whole);
        last = f.kind;
        end = f.end;
        at = end + separator_size(s->text, end);
    }
    return end;
}

/* What ends before the number, without a quote that opens and what says where it stands. */
static str cue_before(str text, size_t at) {
    str s = str_cut(text, at > 60 ? at - 60 : 0, at);
    while (s.n && s.p[s.n - 1] == ' ') s.n--;
    static const char *const fillers[] = {
        "“",      "「",   "\"",   "本文件", "本方案", "本报告", "本部分", "本办法",
        "本规定", "本文", "上文", "下文",   "前文",   "后文",   "正文",   "文中",
        "本节",   "本章", "本条", "上面",   "前面",   "下面",   "后面",   "本"};
    size_t before;
    do {
        before = s.n;
        for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
            if (str_ends(s, str_of(fillers[i]))) s.n -= str_of(fillers[i]).n;
    } while (s.n < before);
    return s;
}

/* 见 that sends the reader on, and not the end of 意见 or 常见. */
static bool ends_with_see(str s) {
    if (ends_with_one(s, "参阅|參閱|参照|參照|参看|參看|see |See |cf. ")) return true;
    if (!ends_with_one(s, "见|見")) return false;
    s.n -= 3;
    return !ends_with_one(s, "意|听|聽|看|遇|常|罕|可|再|少|望|未|不|想|接|会|會|拜|梦|夢|偏|成|主|"
                             "政|高|远|遠|瞥|窥|窺|碰|撞|易|显|顯|足|预|預|所|只|但|又|召|引|求|"
                             "朝|谒|謁|相|互|短|浅|淺|识|識|洞|鲜|鮮|习|習|得|眼|亲|親|还|還");
}

static bool ends_with_hint(str s) {
    return ends_with_one(s, "如|按|照|按照|依照|根据|依据|違反|违反|符合|前述|上述|下述|同|除|属于|"
                            "对照|适用|前|上|第");
}

/* Whether what follows the number shows that it is spoken of. */
static bool is_followed_up(str rest) {
    return starts_with_one(rest, "、（|和（|及（|至（|或（|项|項|款|条|條|点|目|部分|中|所|规定|"
                                 "規定|的规定|的要求|要求|执行|"
                                 "办理|处理|情形|情况");
}

/* Whether a unit follows the bracket: （二）项. */
static bool is_unit(str rest) {
    return starts_with_one(rest, "项|項|款|目") &&
           !starts_with_one(rest, "项目|項目|目标|目的|款项");
}

size_t read_spoken(scan *s, size_t at) {
    str t = s->text;
    mention f;
    unsigned char c = (unsigned char)t.p[at];
    if (c < 0xE2 && c != '(' && !is_ascii_digit(c)) return at;
    if (is_ascii_digit(c) && at && is_ascii_digit((unsigned char)t.p[at - 1])) return at;
    if (!read_form(t, at, true, &f)) return at;
    str before = cue_before(t, at);
    bool bare = f.kind == LABEL_HAN || f.kind == LABEL_DIGIT;
    if (ends_with_see(before)) return read_labels(s, at, NO_ITEM, true, false);
    if (bare) return at;
    str rest = str_cut(t, f.end, t.n);
    if (is_unit(rest)) {
        enum owner owner = owner_of(s, at);
        return owner == OTHER_TEXT ? at : read_labels(s, at, NO_ITEM, false, owner == UNCLEAR);
    }
    if (!ends_with_hint(before)) return at;
    return read_labels(s, at, NO_ITEM, false, !is_followed_up(rest));
}
