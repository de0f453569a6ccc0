/* learn_rules: which of the phrases that a batch has in common are marks, and the rules for them.
 */
#include "model/learn_batch.h"

#include "base/utf8.h"
#include "model/label.h"

#include <stdlib.h>

enum {
    PROSE = -300, /* hundredths: no evidence makes an ad of what is worded like that */
    PLAIN = -150, /* … nor does its place, of a line without any */
};

/* What documents say again and again: headings, numbered items, salutations, signatures. The stars
 * and dots of a list stand around marks, too. */
static bool is_honest(const candidate *c) {
    static const char *const ends[] = {"：",   ":",  "报告", "总结", "汇报", "方案", "通知",
                                       "目录", "局", "委",   "府",   "办",   "公司", "会",
                                       "部",   "院", "中心", "公室", "支部", "日",   "；"};
    static const char *const begins[] = {"附件", "抄送", "此致", "敬礼", "谢谢", "特此",
                                         "联系", "主送", "签发", "以上", "参考", "附："};
    str text = c->spelling;
    label read;
    if (label_read(text, &read) && (read.scheme != LABEL_BULLET || c->points < STRONG)) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(text, str_of(ends[i]))) return true;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (str_starts(text, str_of(begins[i]))) return true;
    return false;
}

static bool is_at_ends(const candidate *c) {
    return 10 * (c->heads + c->tails) >= 9 * c->documents;
}

/* Whether it is a line of a form, "微信号：…", which everybody fills in with a number of his own.
 */
static bool is_filled_in(const candidate *c) {
    bool mere = str_eq(c->kinds, STR("contact")) || str_eq(c->kinds, STR("contact + wording"));
    return mere && 2 * c->others > c->documents;
}

static bool is_learned(learner *l, const candidate *c) {
    if (!c->key || c->documents < COMMON || is_honest(c) || is_filled_in(c)) return false;
    if (c->points >= SOME && c->odds < PROSE) return false;
    if (c->points >= STRONG) return true;
    if (c->points >= SOME) return 2 * c->documents >= l->looked || is_at_ends(c);
    if (c->edges || !is_at_ends(c) || learn_is_sentence(c->spelling) || learn_is_spoken_for(l, c))
        return false;
    return c->named || (c->odds >= PLAIN && 2 * c->beside >= c->documents);
}

/* Finds the lines that hold a maker's name alone, or with what he did: "甲乙", "甲乙整理", by a
 * mark "甲乙整理，资料咨询QQ…". */
static void name_makers(const learner *l, const candidate *mark) {
    static const char *const makers[] = {"整理", "收集", "搜集", "制作", "提供",   "出品",
                                         "上传", "分享", "精心", "独家", "公众号", "微信"};
    enum { NAME = 9, LETTER = 3 /* bytes */ };
    str s = mark->skeleton;
    for (size_t at = 2 * LETTER; at < s.n && at <= NAME * LETTER; at += LETTER) {
        for (size_t k = 0; k < sizeof makers / sizeof *makers; k++) {
            str maker = str_of(makers[k]);
            if (!str_starts(str_cut(s, at, s.n), maker)) continue;
            learn_slot(l, learn_key(str_cut(s, 0, at)))->named = true;
            learn_slot(l, learn_key(str_cut(s, 0, at + maker.n)))->named = true;
            return;
        }
    }
}

static int by_documents(const void *x, const void *y) {
    const candidate *a = x, *b = y;
    if (a->documents != b->documents) return a->documents > b->documents ? -1 : 1;
    return str_cmp(a->skeleton, b->skeleton);
}

static const char *place_of(const candidate *c) {
    if (10 * c->tails >= 9 * c->documents) return ", at the tail";
    if (10 * c->heads >= 9 * c->documents) return ", at the head";
    return is_at_ends(c) ? ", at the head and tail" : "";
}

static void write_rule(learner *l, const candidate *c, size_t number, buf *out) {
    bool line = 10 * c->edges <= c->documents;
    buf_printf(out, "\nrule learned-%zu\n  find %.*s\n", number, (int)c->run.n, c->run.p);
    buf_printf(out, "  letters %.*s\n  scope %s\n  gone %.*s\n", (int)c->skeleton.n, c->skeleton.p,
               line ? "line" : "edge", (int)c->spelling.n, c->spelling.p);
    buf_printf(out, "  seen %u of %u documents%s; %s%.*s\n", c->documents, l->looked, place_of(c),
               c->points  ? "evidence: "
               : c->named ? "the name that begins another of these marks"
                          : "beside an ad, without a word of its own",
               (int)c->kinds.n, c->points && c->kinds.n ? c->kinds.p : "");
}

size_t learner_write(learner *l, buf *out) {
    size_t n = 0;
    for (size_t i = 0; i < SLOTS; i++)
        if (is_learned(l, &l->candidates[i])) name_makers(l, &l->candidates[i]);
    for (size_t i = 0; i < SLOTS; i++) {
        const candidate *c = &l->candidates[i];
        bool written = utf8_count(c->run) >= 2; /* two letters that stand together */
        if (written && is_learned(l, c)) l->candidates[n++] = *c;
    }
    qsort(l->candidates, n, sizeof *l->candidates, by_documents);
    buf_printf(out,
               "# Learned from %u documents. Read each rule before you use it: what it finds\n"
               "# goes. `seen` says in how many documents it stood, where, and why it is\n"
               "# taken for an ad.\n",
               l->looked);
    for (size_t i = 0; i < n; i++) write_rule(l, &l->candidates[i], i + 1, out);
    return n;
}
