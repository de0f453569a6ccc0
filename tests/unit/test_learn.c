/* learn: a distributor's marks are learned from the documents that it passed on, what these
 * documents say themselves is not; and the rules take the marks out again. All texts are made up.
 */
#include "check.h"

#include "filter.h"
#include "model/learn.h"

extern const filter filter_ads;

enum { DOCUMENTS = 12, LINES = 12 };

static const char *const prose[] = {
    "渡口的船一天开八趟，早上六点是第一趟，坐得最多的是去对岸上学的孩子，他们靠着窗打盹。",
    "江面起雾的时候，船家在船头敲一面小锣，一下一下，对岸听得见，就知道船已经过了江心。",
    "冬天水浅，船要绕过中间的沙洲，路上多花一刻钟；开春以后水涨起来，沙洲就看不见了。",
    "老人说他年轻的时候撑过船，一篙下去，能听见石头的响声，水有多深，手上是知道的。",
    "集市在上游的镇子里，逢五逢十，卖菜的坐头一趟船去，中午就空着筐子回来了。",
};
enum { PROSE = sizeof prose / sizeof *prose };

/* One of the documents that somebody passed on. */
static doc *make_document(arena *mem, int number) {
    static const char *const ways[] = {"砚边小筑", "砚.边.小.筑", "砚边　小筑"};
    doc *d = doc_new(mem, STR("d"), STR(""));
    doc_add_block(d, BLOCK_PARAGRAPH, str_of(ways[number % 3]), 0, 0);
    doc_add_block(d, BLOCK_PARAGRAPH, STR("关于渡口的汇报"), 0, 0);
    doc_add_block(d, BLOCK_PARAGRAPH, STR("按照会议安排，现将有关情况报告如下。"), 0, 0);
    for (int i = 0; i < LINES; i++) {
        str text = str_of(prose[(number + i) % PROSE]);
        if (i == 4) text = arena_join(mem, text, STR("【砚边小筑 yanbian.cc】"));
        doc_add_block(d, BLOCK_PARAGRAPH, text, 0, 0);
    }
    doc_add_block(d, BLOCK_PARAGRAPH, STR("渡口社区居民委员会"), 0, 0);
    str contact = arena_printf(mem, "砚边小筑整理，资料咨询QQ%d", 206000100 + number);
    doc_add_block(d, BLOCK_PARAGRAPH, contact, 0, 0);
    doc_add_block(d, BLOCK_PARAGRAPH, STR("每日一篇、常写常新"), 0, 0);
    return d;
}

static ruleset *ads_rules(arena *mem, str user) {
    qw_rule_file file = {"learned.rules", user.p, user.n};
    qw_error why = {0};
    ruleset *set = ruleset_load(mem, STR("ads"), &file, user.n > 0, &why);
    if (!set) CHECK_FAIL("%s", why.text[QW_ENGLISH]);
    return set;
}

/* What is learned from all documents. */
static size_t learn(arena *mem, buf *out) {
    ruleset *rules = ads_rules(mem, STR(""));
    learner *l = learner_new(mem, rules);
    CHECK(l);
    for (int i = 0; i < DOCUMENTS; i++) learner_count(l, make_document(mem, i));
    for (int i = 0; i < DOCUMENTS; i++) CHECK(learner_look(l, make_document(mem, i)));
    return learner_write(l, out);
}

static bool holds(const buf *b, const char *what) {
    return str_find(buf_str(b), str_of(what), 0) != STR_NONE;
}

static void marks_are_learned_and_honest_repeats_are_not(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    CHECK_INT(learn(mem, &out), 4);
    CHECK(holds(&out, "gone 砚边小筑\n"));
    CHECK(holds(&out, "gone 砚边小筑整理，资料咨询QQ206000100"));
    CHECK(holds(&out, "gone 每日一篇、常写常新"));
    CHECK(holds(&out, "12 of 12 documents, at the tail"));
    CHECK(holds(&out, "yanbian.cc"));
    CHECK(!holds(&out, "现将有关情况"));
    CHECK(!holds(&out, "居民委员会"));
    CHECK(!holds(&out, "关于渡口"));
    CHECK(!holds(&out, "沙洲"));
    buf_free(&out);
    arena_free(mem);
}

/* A document whose mark is dressed: signs between all its letters, or stars around it. */
static doc *make_dressed(arena *mem, int number) {
    static const char *const ways[] = {"砚.边.小.筑.整.理，资.料.咨.询.Q.Q.206000100",
                                       "砚-边-小-筑-整-理-资-料-咨-询-Q-Q-206000100",
                                       "★砚边小筑整理，资料咨询QQ206000100★"};
    doc *d = doc_new(mem, STR("d"), STR(""));
    doc_add_block(d, BLOCK_PARAGRAPH, str_of(ways[number % 3]), 0, 0);
    doc_add_block(d, BLOCK_PARAGRAPH, STR("● 按照会议安排汇报情况"), 0, 0);
    for (int i = 0; i < LINES; i++)
        doc_add_block(d, BLOCK_PARAGRAPH, str_of(prose[(number + i) % PROSE]), 0, 0);
    return d;
}

static void dressed_marks_are_learned_by_their_plainest_spelling(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    learner *l = learner_new(mem, ads_rules(mem, STR("")));
    CHECK(l);
    for (int i = 0; i < DOCUMENTS; i++) learner_count(l, make_dressed(mem, i));
    for (int i = 0; i < DOCUMENTS; i++) CHECK(learner_look(l, make_dressed(mem, i)));
    CHECK_INT(learner_write(l, &out), 1);
    CHECK(holds(&out, "find 砚边小筑整理\n"));
    CHECK(holds(&out, "gone ★砚边小筑整理，资料咨询QQ206000100★"));
    CHECK(holds(&out, "12 of 12 documents"));
    buf_free(&out);
    arena_free(mem);
}

static void learned_rules_clean_what_they_were_learned_from(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    learn(mem, &out);
    stage s = {&filter_ads, (long[]){80, 50, 60}, ads_rules(mem, buf_str(&out)), NULL};
    CHECK(s.rules && filter_ads.setup(&s, mem, NULL));
    for (int i = 0; i < DOCUMENTS; i++) {
        doc *d = make_document(mem, i);
        size_t last = d->nblocks - 1;
        filter_ads.document(&s, d);
        CHECK(doc_ok(d));
        CHECK(!block_stands(&d->blocks[0])); /* the name: the rest tells whose it is */
        CHECK(!block_stands(&d->blocks[last]) && !block_stands(&d->blocks[last - 1]));
        for (size_t k = 1; k + 1 < last; k++) {
            CHECK(block_stands(&d->blocks[k]));
            CHECK(str_find(d->blocks[k].text, STR("砚边"), 0) == STR_NONE);
        }
    }
    buf_free(&out);
    arena_free(mem);
}

static void nothing_is_learned_from_little(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    learner *l = learner_new(mem, ads_rules(mem, STR("")));
    learner_count(l, make_document(mem, 1));
    learner_count(l, make_document(mem, 2));
    CHECK(learner_look(l, make_document(mem, 1)) && learner_look(l, make_document(mem, 2)));
    CHECK_INT(learner_write(l, &out), 0);
    CHECK(holds(&out, "2 documents"));
    buf_free(&out);
    arena_free(mem);
}

/* What several lines at the tail say in common is learned with the one that has evidence; another
 * spelling may show the address; headings that many laws share are no evidence at all. */
static void whole_tails_are_learned_and_headings_are_not(void) {
    static const char *const spellings[] = {"夜.读.客.栈.www.ydkz.com", "夜读客栈 www.ydkz.com"};
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    learner *l = learner_new(mem, ads_rules(mem, STR("")));
    doc *docs[DOCUMENTS];
    for (int i = 0; i < DOCUMENTS; i++) {
        doc *d = docs[i] = doc_new(mem, STR("d"), STR(""));
        doc_add_block(d, BLOCK_PARAGRAPH, STR("## 第二章　节能管理"), 0, 0);
        for (int k = 0; k < LINES; k++) {
            doc_add_block(d, BLOCK_PARAGRAPH, str_of(prose[(i + k) % PROSE]), 0, 0);
            if (k == 3) doc_add_block(d, BLOCK_PARAGRAPH, str_of(spellings[i % 2]), 0, 0);
        }
        doc_add_block(d, BLOCK_PARAGRAPH, STR("砚边小筑"), 0, 0);
        doc_add_block(d, BLOCK_PARAGRAPH, STR("砚边小筑出品、每周上新"), 0, 0);
        doc_add_block(d, BLOCK_PARAGRAPH, STR("资料咨询QQ206000100"), 0, 0);
        learner_count(l, d);
    }
    for (int i = 0; i < DOCUMENTS; i++) CHECK(learner_look(l, docs[i]));
    CHECK_INT(learner_write(l, &out), 4);
    CHECK(holds(&out, "gone 砚边小筑\n"));
    CHECK(holds(&out, "gone 砚边小筑出品"));
    CHECK(holds(&out, "ydkz"));
    CHECK(!holds(&out, "节能"));
    buf_free(&out);
    arena_free(mem);
}

/* What many documents say right beside a mark is theirs when it is worded like prose; and the name
 * that begins a mark is learned where it stands alone. */
static void neighbours_of_marks_are_not_learned(void) {
    static const char *const ends[] = {"按照会议安排，下面我发言。", "现将有关情况报告如下",
                                       "本表一式两份，一份留存，一份报送",
                                       "会后请将材料留在座位上"};
    static const char head[] = "渡轮时刻表网站www．dukou98．com开通那天，接待了十几万访问者，"
                               "请登录网站查询的人超过了往年";
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    learner *l = learner_new(mem, ads_rules(mem, STR("")));
    doc *docs[DOCUMENTS];
    for (int i = 0; i < DOCUMENTS; i++) {
        doc *d = docs[i] = doc_new(mem, STR("d"), STR(""));
        doc_add_block(d, BLOCK_PARAGRAPH, str_of(head), 0, 0);
        for (int k = 0; k < LINES; k++)
            doc_add_block(d, BLOCK_PARAGRAPH, str_of(prose[(i + k) % PROSE]), 0, 0);
        doc_add_block(d, BLOCK_PARAGRAPH, str_of(ends[i % 4]), 0, 0);
        if (i % 4 < 3)
            doc_add_block(d, BLOCK_PARAGRAPH, STR("砚边小筑整理，资料咨询QQ206000100"), 0, 0);
        else
            doc_add_block(d, BLOCK_PARAGRAPH, STR("砚.边.小.筑　整理"), 0, 0);
        learner_count(l, d);
    }
    for (int i = 0; i < DOCUMENTS; i++) CHECK(learner_look(l, docs[i]));
    CHECK_INT(learner_write(l, &out), 2);
    CHECK(holds(&out, "  letters 砚边小筑整理资料咨询qq\n"));
    CHECK(holds(&out, "  letters 砚边小筑整理\n"));
    CHECK(holds(&out, "the name that begins another"));
    buf_free(&out);
    arena_free(mem);
}

int main(void) {
    RUN(neighbours_of_marks_are_not_learned);
    RUN(marks_are_learned_and_honest_repeats_are_not);
    RUN(dressed_marks_are_learned_by_their_plainest_spelling);
    RUN(learned_rules_clean_what_they_were_learned_from);
    RUN(nothing_is_learned_from_little);
    RUN(whole_tails_are_learned_and_headings_are_not);
    return check_result();
}
