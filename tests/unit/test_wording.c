/* The wording of ads and of prose that speaks of the same things. */
#include "base/arena.h"
#include "check.h"
#include "model/rules.h"
#include "model/wording.h"

#include <stdio.h>
#include <string.h>

static const ruleset *rules;
static form folded;

static int odds(const char *line) {
    skeleton_make(ruleset_folding(rules), str_of(line), &folded, NULL);
    return wording_odds(form_str(&folded));
}

static void ads_are_likely(void) {
    static const char *const ads[] = {
        "更多范文请关注公众号甲乙公文，回复资料领取",
        "加微信领取全套资料，备注公文",
        "本文档由甲乙文档网会员上传，版权归原作者所有",
        "资源来自网络，仅供学习交流，请于下载后24小时内删除",
        "余下全文请下载后查看",
        "点击上方蓝字，订阅每日范文",
        "想要电子版的朋友扫码进群，备注资料即可",
        "链接失效请私信补发，提取码见评论区",
        "本公众号文章均为原创，转载请在后台联系开白名单",
        "请记住本书首发域名，手机用户请浏览阅读",
    };
    for (size_t i = 0; i < sizeof ads / sizeof *ads; i++) CHECK(odds(ads[i]) > 100);
}

static void prose_is_not(void) {
    static const char *const prose[] = {
        "利用微信公众号、抖音等平台开展政策宣传，累计发布信息三百余条。",
        "乙方不得将甲方提供的资料外传或用于本合同约定以外的用途。",
        "他加了她的微信，备注只写了一个字。",
        "全年下载文献两万余篇，接待读者四千人次。",
        "第三十条　网络服务提供者应当公布投诉、举报方式。",
        "招生咨询群仅限考生加入，入群请备注姓名和准考证号。",
        "原告在某网店购买图书后，通过微信向店主转账三千元。",
        "参见《中国网络文学年鉴》第二章，载 https://www.example.org/2019/n4/c88.html",
        "民警提醒，凡以免费领取资料为名要求添加好友的，都是诈骗。",
    };
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++) CHECK(odds(prose[i]) < 0);
}

/* What is between the letters, how wide they are and which number it is tells nothing. */
static void forms_are_alike(void) {
    CHECK(odds("加ＱＱ群：５８３９２０１７４　领取资料") == odds("加QQ群:112233445 领取资料"));
    CHECK(odds("更 多 资 料 请 加 微 信") == odds("更多资料请加微信"));
    CHECK(odds("更多資料請加微信") == odds("更多资料请加微信"));
}

/* Addresses, accounts and long numbers are told apart by what they are, not by how they are
 * spelled. */
static void tokens_are_alike(void) {
    CHECK(odds("请访问www.jiayi123.com下载") == odds("请访问http://m.bingding.net/下载"));
    CHECK(odds("请访问ｗｗｗ．ｊｉａ．ｃｏｍ下载") == odds("请访问www.yi.org下载"));
    CHECK(odds("加微信jiayi2020") == odds("加微信bd_77881"));
    CHECK(odds("群号：583920174") == odds("群号：10010-2288"));
    CHECK(odds("来信寄到jia@example.com") == odds("来信寄到yi.ding@mail.example.org"));
    CHECK(odds("见https://example.org/a/b.html") != odds("见https://example.org/"));
    CHECK(odds("共12份") != odds("共12345份"));
    CHECK(odds("编号TQ285.5+31") != odds("编号www.jia.com/31"));
    CHECK(odds("编号TQ285.5") != odds("编号TQ2855"));
    CHECK(odds("http://") == odds("http：//") && odds("a:") == odds("a："));
}

/* The first letters count; what is longer than any line costs no more. */
static void long_lines_are_cut(void) {
    static char line[6000];
    for (size_t i = 0; i + 3 < sizeof line; i += 3) memcpy(line + i, "加", 3);
    int full = odds(line);
    line[400 * 3] = '\0';
    CHECK(odds(line) == full);
    CHECK(odds("") < 0);
}

/* A word counts once, however often it stands in the line. */
static void words_count_once(void) {
    CHECK(odds("加微信，加微信，") == odds("加微信，加微信，加微信，加微信，"));
    CHECK(odds("领取！领取！") == odds("领取！领取！领取！领取！"));
}

/* The byte of the place at which a line is parted best. */
static size_t parted_at(const char *line, bool ad_first) {
    wording_place places[WORDING_PLACES];
    skeleton_make(ruleset_folding(rules), str_of(line), &folded, NULL);
    size_t n = wording_places(form_str(&folded), ad_first, places), best = 0;
    for (size_t i = 1; i < n; i++)
        if (places[i].gain > places[best].gain) best = i;
    return n ? folded.from[places[best].at] : 0;
}

/* An ad and prose are parted where they meet, most often, and no address is torn. */
static void sides_are_parted(void) {
    static const char *const both[][2] = {
        {"更多资料请加微信领取", "该项目由市财政局负责"},
        {"请访问www.jiayi123.com免费阅读全文", "该项目由市财政局负责"},
        {"扫码关注公众号领取全套资料", "会议审议通过了工作报告"},
        {"更多小说请收藏本站网址", "坚持以人民为中心的发展思想"},
        {"支持作者请到本站订阅", "老人牵着牛从桥上走过"},
        {"加群免费下载", "他说完便转过身去，再也没有回头"},
    };
    size_t n = sizeof both / sizeof *both, right = 0;
    for (size_t i = 0; i < n; i++) {
        char line[200];
        snprintf(line, sizeof line, "%s%s", both[i][0], both[i][1]);
        right += parted_at(line, true) == strlen(both[i][0]);
        snprintf(line, sizeof line, "%s%s", both[i][1], both[i][0]);
        right += parted_at(line, false) == strlen(both[i][1]);
    }
    CHECK(4 * right >= 3 * 2 * n);
    CHECK(parted_at("", true) == 0 && parted_at("微", true) == 0);
    CHECK(parted_at("www.jiayi123.com", true) == 0);
}

int main(void) {
    qw_error why = {0};
    arena *mem = arena_new(0);
    rules = ruleset_load(mem, STR("ads"), NULL, 0, &why);
    CHECK(rules && form_init(&folded, mem, 8000));
    RUN(ads_are_likely);
    RUN(prose_is_not);
    RUN(forms_are_alike);
    RUN(tokens_are_alike);
    RUN(long_lines_are_cut);
    RUN(words_count_once);
    RUN(sides_are_parted);
    arena_free(mem);
    return check_result();
}
