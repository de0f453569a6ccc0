/* labels: one spelling for each kind of label of headings and list items.
 *
 *   一 、 一． 一.  →  一、        (一) （一) ㈠  →  （一）        ⼀、  →  一、
 *   1． 1、 ⒈      →  1.         (1) ⑴        →  （1）         1)    →  1）
 *
 * Only labels that `headings` found are touched, and only before Chinese text: English writes (1)
 * and 1) as it does. `ends` also takes the 。 or ： off headings that stand alone. */
#include "filter.h"

enum { OPTION_ENDS };

/* Whether the text after the label begins as Chinese does. */
static bool is_chinese_text(str s, size_t at) {
    if (at >= s.n) return false;
    uint32_t c = utf8_next(s, &at);
    return is_han(c) || c == 0x201C || c == 0x300A || c == 0x300C;
}

/* Whether what looks like a label ends a sentence that the line before began: 二。 in lines that
 * were broken by force. */
static bool ends_sentence(const doc *d, uint32_t index, const label *l) {
    if (l->separator != 0x3002) return false;
    for (unsigned steps = 0; index && steps < 4; steps++) {
        str before = d->blocks[--index].text;
        size_t at = before.n;
        while (at) {
            uint32_t c = utf8_prev(before, &at);
            if (!is_space(c)) return !is_sentence_end(c) && c != 0xFF1A && c != ':';
        }
    }
    return false;
}

/* The number of the label as the label's kind writes it; its bytes. */
static size_t write_number(str s, const label *l, char *to) {
    str number = str_cut(s, l->number, l->number + l->number_size);
    uint32_t value;
    bool han = l->scheme == LABEL_HAN || l->scheme == LABEL_HAN_BRACKET;
    if (!han) return numeral_write_digits(l->value, to);
    size_t at = 0;
    uint32_t c = utf8_next(number, &at);
    if (c >= 0x4E00 && numeral_read_han(number, &value) == number.n) {
        memcpy(to, number.p, number.n); /* 廿三 and 壹 stay */
        return number.n;
    }
    return numeral_write_han(l->value, to);
}

/* The label as it ought to be spelled, {NULL, 0} for kinds that are left alone. */
static str spell(arena *mem, str s, const label *l) {
    char number[NUMERAL_ROOM];
    size_t n;
    switch (l->scheme) {
    case LABEL_HAN:
        n = write_number(s, l, number);
        return arena_printf(mem, "%.*s、", (int)n, number);
    case LABEL_HAN_BRACKET:
    case LABEL_DIGIT_BRACKET:
        n = write_number(s, l, number);
        return arena_printf(mem, "（%.*s）", (int)n, number);
    case LABEL_DIGIT:
        n = write_number(s, l, number);
        return arena_printf(mem, "%.*s.", (int)n, number);
    case LABEL_DIGIT_HALF:
        n = write_number(s, l, number);
        return arena_printf(mem, "%.*s）", (int)n, number);
    default: return (str){NULL, 0};
    }
}

static const reason label_why = {STR_INIT("spelling"),
                                 STR_INIT("the label in the one spelling of its kind"), 80};
static const reason end_why = {STR_INIT("end"), STR_INIT("a heading that stands alone has no stop"),
                               80};

/* Bytes of the 。 or ： at the end of a heading; 0 when it has none. */
static size_t end_mark(str s) {
    return str_ends(s, STR("。")) || str_ends(s, STR("：")) ? 3 : 0;
}

static void labels_block(const stage *s, doc *d, uint32_t index) {
    const block *b = &d->blocks[index];
    bool role = b->role == QW_ROLE_HEADING || b->role == QW_ROLE_RUNIN || b->role == QW_ROLE_LIST;
    if (!role || (b->flags & BLOCK_AUTO)) return;
    change changes[2];
    size_t count = 0;
    label l;
    str text = b->text;
    if (label_read(text, &l) && is_chinese_text(text, label_text(&l)) &&
        !ends_sentence(d, index, &l)) {
        /* The blank after 1. goes with the label: Chinese sets none there. */
        str now = spell(d->mem, text, &l);
        if (now.p) changes[count++] = (change){l.at, l.size + l.gap, now, label_why};
    }
    size_t end = end_mark(text);
    if (stage_option(s, OPTION_ENDS) && b->role == QW_ROLE_HEADING && end)
        changes[count++] = (change){text.n - end, end, STR(""), end_why};
    if (count) edit_apply(d, index, changes, count);
}

static const qw_option options[] = {
    {"ends",
     {"also remove 。 and ： at the end of headings that stand alone",
      "同时去除独立成行标题末尾的句号、冒号"},
     QW_OPTION_FLAG,
     0,
     0,
     1,
     NULL},
};

const filter filter_labels = {
    .info =
        {
            .name = "labels",
            .summary = {"write labels of headings and items in one spelling",
                        "统一标题和列表序号的写法"},
            FILTER_OPTIONS(options),
        },
    .block = labels_block,
};
