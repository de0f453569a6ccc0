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

static void add_line(doc *d, const char *text) {
    doc_add_block(d, BLOCK_PARAGRAPH, str_of(text), 0, 0);
}

static void add_prose(doc *d, int number) {
    for (int i = 0; i < LINES; i++) add_line(d, prose[(number + i) % PROSE]);
}

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

/* What is learned from documents 0 to n-1 that `make` makes; the number of rules. */
static size_t learn_from(arena *mem, doc *(*make)(arena *mem, int number), int n, buf *out) {
    learner *l = learner_new(mem, ads_rules(mem, STR("")));
    CHECK(l);
    for (int i = 0; i < n; i++) learner_count(l, make(mem, i));
    for (int i = 0; i < n; i++) CHECK(learner_look(l, make(mem, i)));
    return learner_write(l, out);
}

static bool holds(const buf *b, const char *what) {
    return str_find(buf_str(b), str_of(what), 0) != STR_NONE;
}

static void marks_are_learned_and_honest_repeats_are_not(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    CHECK_INT(learn_from(mem, make_document, DOCUMENTS, &out), 4);
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
    add_line(d, ways[number % 3]);
    add_line(d, "● 按照会议安排汇报情况");
    add_prose(d, number);
    return d;
}

static void dressed_marks_are_learned_by_their_plainest_spelling(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    CHECK_INT(learn_from(mem, make_dressed, DOCUMENTS, &out), 1);
    CHECK(holds(&out, "find 砚边小筑整理\n"));
    CHECK(holds(&out, "gone ★砚边小筑整理，资料咨询QQ206000100★"));
    CHECK(holds(&out, "12 of 12 documents"));
    buf_free(&out);
    arena_free(mem);
}

static doc *make_with_account(arena *mem, int number, int account) {
    doc *d = doc_new(mem, STR("d"), STR(""));
    add_line(d, "入户走访登记表");
    add_prose(d, number);
    add_line(d, arena_printf(mem, "微信号：wx%d", account).p);
    return d;
}

static doc *make_form(arena *mem, int number) {
    return make_with_account(mem, number, 206000100 + 771 * number);
}

static doc *make_sellers(arena *mem, int number) {
    return make_with_account(mem, number, 206000100);
}

/* The same form, filled in by many: each with an account of his own. A seller has the same one. */
static void fields_of_forms_are_not_learned(void) {
    arena *mem = arena_new(0);
    buf of_forms = BUF_INIT(1 << 20), of_seller = BUF_INIT(1 << 20);
    CHECK_INT(learn_from(mem, make_form, DOCUMENTS, &of_forms), 0);
    CHECK_INT(learn_from(mem, make_sellers, DOCUMENTS, &of_seller), 1);
    CHECK(holds(&of_seller, "gone 微信号：wx206000100"));
    buf_free(&of_forms);
    buf_free(&of_seller);
    arena_free(mem);
}

static void learned_rules_clean_what_they_were_learned_from(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    learn_from(mem, make_document, DOCUMENTS, &out);
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
    CHECK_INT(learn_from(mem, make_document, 2, &out), 0);
    CHECK(holds(&out, "2 documents"));
    buf_free(&out);
    arena_free(mem);
}

static doc *make_with_tail(arena *mem, int number) {
    static const char *const spellings[] = {"夜.读.客.栈.www.ydkz.com", "夜读客栈 www.ydkz.com"};
    doc *d = doc_new(mem, STR("d"), STR(""));
    add_line(d, "## 第二章　节能管理");
    add_prose(d, number);
    add_line(d, spellings[number % 2]);
    add_prose(d, number + 1);
    add_line(d, "砚边小筑");
    add_line(d, "砚边小筑出品、每周上新");
    add_line(d, "资料咨询QQ206000100");
    return d;
}

/* What several lines at the tail say in common is learned with the one that has evidence; another
 * spelling may show the address; headings that many laws share are no evidence at all. */
static void whole_tails_are_learned_and_headings_are_not(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    CHECK_INT(learn_from(mem, make_with_tail, DOCUMENTS, &out), 4);
    CHECK(holds(&out, "gone 砚边小筑\n"));
    CHECK(holds(&out, "gone 砚边小筑出品"));
    CHECK(holds(&out, "ydkz"));
    CHECK(!holds(&out, "节能"));
    buf_free(&out);
    arena_free(mem);
}

static doc *make_with_neighbours(arena *mem, int number) {
    static const char *const ends[] = {"按照会议安排，下面我发言。", "现将有关情况报告如下",
                                       "本表一式两份，一份留存，一份报送",
                                       "会后请将材料留在座位上"};
    doc *d = doc_new(mem, STR("d"), STR(""));
    add_line(d, "渡轮时刻表网站www．dukou98．com开通那天，接待了十几万访问者，"
                "请登录网站查询的人超过了往年");
    add_prose(d, number);
    add_line(d, ends[number % 4]);
    add_line(d, number % 4 < 3 ? "砚边小筑整理，资料咨询QQ206000100" : "砚.边.小.筑　整理");
    return d;
}

/* What many documents say right beside a mark is theirs when it is worded like prose; and the name
 * that begins a mark is learned where it stands alone. */
static void neighbours_of_marks_are_not_learned(void) {
    arena *mem = arena_new(0);
    buf out = BUF_INIT(1 << 20);
    CHECK_INT(learn_from(mem, make_with_neighbours, DOCUMENTS, &out), 2);
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
    RUN(fields_of_forms_are_not_learned);
    RUN(learned_rules_clean_what_they_were_learned_from);
    RUN(nothing_is_learned_from_little);
    RUN(whole_tails_are_learned_and_headings_are_not);
    return check_result();
}
