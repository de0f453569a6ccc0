/* ads: what goes, with its bounds; what is reported; what stays. Texts and names are made up. */
#include "check.h"

#include "../../filters/ads/ads.h"

extern const filter filter_ads, filter_tail;

static arena *chain_mem;
static stage ads;
static long options[] = {80, 50, 33};

static const char *const prose[] = {
    "渡口社区２０２３年度工作总结",
    "一年来，渡口社区在街道的领导下，围绕群众关心的小事做了一些实事，现将情况报告如下。",
    "一、做了什么",
    "（一）修好了东巷的路灯。巷子里一共有十二盏灯，坏了七盏，居民走夜路不方便，书记带人换完。",
    "（二）利用微信公众号、QQ群等方式发布停水通知，方便居民及时了解。",
    "（三）办了四期读书会，每期二十人左右，书是大家从家里带来的，看完了互相换。",
    "二、还有什么不足",
    "走访不够勤，有的楼栋一年只去过一次；记录不够细，年底整理台账时花了很多时间。",
    "三、明年怎么做",
    "每个月至少走访一遍所有楼栋，把说过的话记下来，办完一件划掉一件。",
};
enum { PROSE = sizeof prose / sizeof *prose };

/* Runs the filter over prose with a line of its own after line `after`. */
static doc *run(arena *mem, const char *line, size_t after) {
    doc *d = doc_new(mem, STR("test"), STR(""));
    for (size_t i = 0; i < PROSE; i++) {
        doc_add_block(d, BLOCK_PARAGRAPH, str_of(prose[i]), 0, 0);
        if (i == after) doc_add_block(d, BLOCK_PARAGRAPH, str_of(line), 0, 0);
    }
    filter_ads.document(&ads, d);
    CHECK(doc_ok(d));
    return d;
}

static void lines_of_their_own_go(void) {
    static const char *const lines[] = {
        "更多精彩好书，敬请登录甲乙书屋 www.jiayishuwu.com",
        "本书由甲乙丙电子书网（www.jyb-txt.com）整理制作，版权归原作者所有",
        "甲.乙.小.说.网 ｗwＷ。jyxsw。nеt",
        "w w w . j y 8 8 z . c o m",
        "资料由网友上传，仅供学习交流，请于下载后24小时内删除，如有侵权请联系本站",
        "已阅读3页，还剩17页未读，继续免费阅读",
        "会员群：　　　免费QQ群：",
        "关注公众号“甲乙公文”，回复“资料”领取完整版",
        "上一章　目录　下一章",
        "此文档下载后可编辑",
        "求月票！求推荐票！",
        "手机用户请浏览m.jyxsw.com阅读，更优质的阅读体验。",
        "文档编号：51234567 上传人：m****9 上传时间：2021-03-04",
        "【会员资料，仅供内部交流，严禁外传，违者后果自负】",
        "网盘链接：https://pan.example.com/s/1abc 提取码：x7k2",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        arena *mem = arena_new(0);
        doc *d = run(mem, lines[i], 5);
        bool gone = d->blocks[6].flags & BLOCK_REMOVED;
        if (!gone) CHECK_FAIL("still there: %s", lines[i]);
        CHECK_INT(d->nedits, 1);
        arena_free(mem);
    }
}

static void sentences_of_documents_stay(void) {
    static const char *const lines[] = {
        "（四）禁止倒卖车票，违者依法处罚。",
        "鼓励公众通过12345热线、微信公众号、电子邮箱等途径举报违法行为。",
        "第十二条 国家机关应当公布信访机构的地址、网址、电子信箱和值班电话。",
        "采购文件仅供阅览；未经许可，不得转载、复制。",
        "不懂的地方，可以到市图书馆网站（www.example.org.cn）查询。",
        "[7] 某某.谈谈读书[EB/OL]. http://www.example.net/reading",
        "“键入www.example.com，再按回车。”老师说。",
        "我根本站不稳，门外传来一阵笑声，他赶紧扣扣子。",
        "辅助渔船转载渔获物的，应当记录；总吨以下载运货物的，不在此列。",
        "未知胜负如何，且看下回分解。",
        "为群众提供更多优质的服务，欢迎群众监督。",
        "会议资料由办公室负责收集、整理、分发。",
        "版权所有 侵权必究",
        "联系电话：0571-81234567",
        "内部资料　注意保存",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        arena *mem = arena_new(0);
        doc *d = run(mem, lines[i], 5);
        for (size_t k = 0; k < d->nedits; k++)
            if (d->edits[k].state == QW_EDIT_DONE)
                CHECK_FAIL("“%.*s” taken from: %s", (int)d->edits[k].before.n, d->edits[k].before.p,
                           lines[i]);
        CHECK_STR(d->blocks[6].text, str_of(lines[i]));
        arena_free(mem);
    }
}

static void marks_in_paragraphs_go_and_leave_no_seam(void) {
    static const struct {
        const char *before, *after;
    } cases[] = {
        {"东巷的灯亮了。[甲乙书屋 www.jyshuwu.com]大家都说好。", "东巷的灯亮了。大家都说好。"},
        {"东巷的灯亮了，大家都说好。甲乙小说网 www.jyxsw.com 更多免费小说请关注",
         "东巷的灯亮了，大家都说好。"},
        {"ｗwＷ。jyxsw。nеt东巷的灯亮了，大家都说好。", "东巷的灯亮了，大家都说好。"},
        {"东巷的灯亮了，大家看着路灯站了很久都不肯走，威信公众号，记得去关注哦。",
         "东巷的灯亮了，大家看着路灯站了很久都不肯走。"},
        {"东巷的灯亮了（www.jyxsw.com），大家都说好，一直到很晚才散。",
         "东巷的灯亮了，大家都说好，一直到很晚才散。"},
        {"巩固现有的做法和队伍www.jyzyw.cn，为明年打好基础。",
         "巩固现有的做法和队伍，为明年打好基础。"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *mem = arena_new(0);
        doc *d = run(mem, cases[i].before, 5);
        CHECK_STR(d->blocks[6].text, str_of(cases[i].after));
        CHECK_STR(block_original(&d->blocks[6]), str_of(cases[i].before));
        arena_free(mem);
    }
}

static void anti_copy_noise_goes_and_formulas_stay(void) {
    arena *mem = arena_new(0);
    doc *d = run(mem, "公文用纸的幅面有规定; w; M% t5 P& Y! o: ?5 n# k", 5);
    CHECK_STR(d->blocks[6].text, STR("公文用纸的幅面有规定"));
    d = run(mem, "面积是 S = a * b + c * d - (e + f) / g", 5);
    CHECK_STR(d->blocks[6].text, STR("面积是 S = a * b + c * d - (e + f) / g"));
    arena_free(mem);
}

static void a_distributors_name_is_learned_from_the_document(void) {
    arena *mem = arena_new(0);
    doc *d = doc_new(mem, STR("t"), STR(""));
    doc_add_block(d, BLOCK_PARAGRAPH, STR("甲乙丙丁"), 0, 0);
    for (size_t i = 0; i < PROSE; i++) doc_add_block(d, BLOCK_PARAGRAPH, str_of(prose[i]), 0, 0);
    static const char *const tail[] = {
        "甲乙丙丁整理，其他途径获取的资料均不完整，完整版资料咨询唯一指定QQ206123456", "甲乙丙丁",
        "每天一点、随时学习", "现在订阅立享全部权益和资料", "会员群：　　免费QQ群："};
    for (size_t i = 0; i < 5; i++) doc_add_block(d, BLOCK_PARAGRAPH, str_of(tail[i]), 0, 0);
    options[2] = 50;
    filter_ads.document(&ads, d);
    options[2] = 33;
    for (size_t i = 0; i < d->nedits; i++) d->edits[i].filter = STR("ads"); /* as in a chain */
    filter_tail.document(&(stage){&filter_tail, (long[]){50}, NULL, NULL}, d);
    CHECK(!block_stands(&d->blocks[0]));
    for (size_t i = 1; i <= PROSE; i++) CHECK(block_stands(&d->blocks[i]));
    for (size_t i = PROSE + 1; i < d->nblocks; i++) CHECK(!block_stands(&d->blocks[i]));
    arena_free(mem);
}

/* Bytes of text that stand in a document with an ad that is only seen once another is gone, when no
 * more than `most` per cent may go. */
static size_t left_of_two_turns(int most, size_t *read) {
    static const char *const ads_in_it[] = {
        "更多精彩好书，敬请登录甲乙书屋 www.jyshuwu.com",
        "她把褂子<dfn>甲乙书网</dfn>叠好，放进箱底，又把箱子推回床下。[岸边客手打]",
    };
    arena *mem = arena_new(0);
    doc *d = doc_new(mem, STR("t"), STR(""));
    for (size_t i = 0; i < PROSE; i++) doc_add_block(d, BLOCK_PARAGRAPH, str_of(prose[i]), 0, 0);
    for (size_t i = 0; i < 2; i++) doc_add_block(d, BLOCK_PARAGRAPH, str_of(ads_in_it[i]), 0, 0);
    options[2] = most;
    filter_ads.document(&ads, d);
    options[2] = 33;
    CHECK(doc_ok(d));
    size_t left = 0, done = 0;
    for (size_t i = *read = 0; i < d->nblocks; i++) {
        left += block_stands(&d->blocks[i]) ? d->blocks[i].text.n : 0;
        *read += block_original(&d->blocks[i]).n;
    }
    for (size_t i = 0; i < d->nedits; i++) done += d->edits[i].state == QW_EDIT_DONE;
    CHECK((done > 0) == (left < *read));
    CHECK((d->nnotes > 0) == (left == *read));
    arena_free(mem);
    return left;
}

static void a_later_turn_that_is_refused_gives_all_back(void) {
    size_t read, least = left_of_two_turns(100, &read), refused = 0, done = 0;
    for (int most = 1; most < 100; most++) {
        size_t left = left_of_two_turns(most, &read);
        CHECK(left == read || left == least);
        refused += left == read;
        done += left == least;
    }
    CHECK(refused > 0 && done > 0);
}

static void too_much_is_refused(void) {
    arena *mem = arena_new(0);
    doc *d = doc_new(mem, STR("t"), STR(""));
    doc_add_block(d, BLOCK_PARAGRAPH, STR("更多精彩好书，敬请登录甲乙书屋 www.jyshuwu.com"), 0, 0);
    doc_add_block(d, BLOCK_PARAGRAPH, STR("他走了。"), 0, 0);
    filter_ads.document(&ads, d);
    CHECK(block_stands(&d->blocks[0]));
    CHECK_INT(d->nedits, 1);
    CHECK_INT(d->edits[0].state, QW_EDIT_REFUSED);
    CHECK_INT(d->nnotes, 1);
    arena_free(mem);
}

/* The share of the text; the mean with that of the paragraphs, if that is less. */
static void loss_counts_text_and_paragraphs(void) {
    static const struct {
        size_t ads, bytes_of_ad, lines, bytes_of_line;
        bool bearable;
    } cases[] = {
        {3, 100, 3, 100, false}, /* half and half */
        {1, 600, 20, 30, true},  /* half of the text, one paragraph of 21 */
        {2, 300, 20, 30, true},   {10, 60, 20, 30, false}, {10, 30, 30, 60, true},
        {1, 900, 3, 400, false}, /* 43 and 25 per cent are 34; of less than 1 KiB one may be more */
        {1, 90, 3, 40, true},     {1, 90, 1, 40, false},   {1, 0, 5, 40, true},
        {2, 2000, 40, 10, false}, {8, 30, 3, 900, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ads_loss l = {0};
        for (size_t k = 0; k < cases[i].ads; k++) ads_lose(&l, cases[i].bytes_of_ad, 0);
        for (size_t k = 0; k < cases[i].lines; k++)
            ads_lose(&l, cases[i].bytes_of_line, cases[i].bytes_of_line);
        CHECK_INT(ads_can_bear(&l, 33), cases[i].bearable);
    }
    ads_loss one = {0};
    ads_lose(&one, 10000000, 9999999);
    CHECK(!ads_can_bear(&one, 0) && ads_can_bear(&one, 1));
}

static void repeated_lines_of_a_text_stay(void) {
    arena *mem = arena_new(0);
    doc *d = doc_new(mem, STR("t"), STR(""));
    for (int i = 0; i < 20; i++) {
        doc_add_block(d, BLOCK_PARAGRAPH, str_of(prose[i % PROSE]), 0, 0);
        doc_add_block(d, BLOCK_PARAGRAPH, STR("我家的院子是很小的。"), 0, 0);
    }
    filter_ads.document(&ads, d);
    CHECK_INT(d->nedits, 0);
    arena_free(mem);
}

/* Every sentence of one long line is looked at, in time that grows with its length. */
static void a_very_long_line_is_bearable(void) {
    static const char sentence[] = "东巷的灯亮了，大家都说好，走夜路的人心里踏实。";
    enum { TIMES = 20000 };
    arena *mem = arena_new(0);
    char *p = arena_alloc(mem, TIMES * sizeof sentence + 200);
    size_t n = 0;
    for (int i = 0; i < TIMES; i++) {
        memcpy(p + n, sentence, sizeof sentence - 1);
        n += sizeof sentence - 1;
        if (i == TIMES / 2) n += (size_t)snprintf(p + n, 100, "［甲乙小说网·www.jyxsw.com］");
    }
    doc *d = doc_new(mem, STR("t"), STR(""));
    doc_add_block(d, BLOCK_PARAGRAPH, str_make(p, n), 0, 0);
    filter_ads.document(&ads, d);
    CHECK_INT(d->nedits, 1);
    CHECK_INT(d->blocks[0].text.n, TIMES * (sizeof sentence - 1));
    arena_free(mem);
}

int main(void) {
    qw_error why = {0};
    chain_mem = arena_new(0);
    ads = (stage){&filter_ads, options, ruleset_load(chain_mem, STR("ads"), NULL, 0, &why), NULL};
    CHECK(ads.rules && filter_ads.setup(&ads, chain_mem, &why));
    if (!ads.rules) return check_result();
    RUN(lines_of_their_own_go);
    RUN(sentences_of_documents_stay);
    RUN(marks_in_paragraphs_go_and_leave_no_seam);
    RUN(anti_copy_noise_goes_and_formulas_stay);
    RUN(a_distributors_name_is_learned_from_the_document);
    RUN(too_much_is_refused);
    RUN(a_later_turn_that_is_refused_gives_all_back);
    RUN(loss_counts_text_and_paragraphs);
    RUN(repeated_lines_of_a_text_stay);
    RUN(a_very_long_line_is_bearable);
    arena_free(chain_mem);
    return check_result();
}
