/* ads_contact: contacts and addresses that are a document's own. A company, an office, a publisher
 * gives them in a block of lines, each of which begins with what it holds: 地址, 传真, 邮编, 网址.
 * Sellers of texts have no address where one could find them. And a text may ask for the address
 * that makes up its next line: 报名网站如下： */
#include "ads.h"

/* How a line begins that only somebody with an office has. */
static const char *const office[] = {
    "地址",     "社址",     "校址",     "通信地址", "通讯地址", "公司地址",   "单位地址",
    "联系地址", "办公地",   "邮编",     "邮政编码", "传真",     "开户",       "账号",
    "税号",     "采购人",   "名称",     "发行",     "出版发行", "印刷",       "印张",
    "字数",     "开本",     "版次",     "定价",     "isbn",     "统一社会信", "责任编辑",
    "法定代表", "注册地址", "邮发代号", "经销",     "乘车",     "交通路",     "采购代理"};

/* And one that a seller may have, too. */
static const char *const any[] = {"电话", "联系电话", "服务电话", "咨询电话", "联系人",
                                  "邮箱", "电子邮箱", "热线",     "联系方式", "电子信箱",
                                  "手机", "e-mail",   "email"};

/* The start of a line without its number, in lower case, spaces left out; at most n bytes. */
static str line_start(str text, char *out, size_t n) {
    size_t used = 0;
    for (size_t at = 0; at < text.n;) {
        size_t here = at;
        uint32_t c = utf8_next(text, &at);
        if (is_space(c) || (!used && !is_han(c) && !is_ascii_letter(c))) continue;
        if (used + (at - here) > n) break;
        for (size_t i = here; i < at; i++) {
            char b = text.p[i];
            out[used++] = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
        }
    }
    return (str){out, used};
}

static bool starts_as(str start, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_starts(start, str_of(words[i]))) return true;
    return false;
}

/* What a line of a block of contacts weighs: 2 an office's, 1 anybody's, 0 none. */
static int contact_line(str text) {
    enum { LONGEST = 300, START = 24 };
    char room[START];
    if (text.n > LONGEST) return 0;
    str start = line_start(text, room, sizeof room);
    if (starts_as(start, office, sizeof office / sizeof *office)) return 2;
    return starts_as(start, any, sizeof any / sizeof *any);
}

/* Whether a mark is a line that such a block may hold: a contact or an address, and no more. */
static bool may_belong(const ads_work *w, const mark *m) {
    enum { LONGEST = 240 };
    static const uint32_t kinds = 1u << ADS_SITE | 1u << ADS_NAME | 1u << ADS_CONTACT |
                                  1u << ADS_ORIGIN | 1u << ADS_INVITE | 1u << ADS_OFFER |
                                  1u << ADS_WORDING;
    return m->signs & ADS_OWN_LINE && !(m->signs & ADS_DISGUISED) && !m->exact &&
           !(m->kinds & ~kinds) && w->d->blocks[m->block].text.n <= LONGEST;
}

/* What the lines on one side of block `index` weigh, as far as the block of contacts reaches. */
static int weigh_side(const ads_work *w, uint32_t index, bool behind) {
    enum { FAR = 12, OTHERS = 2 };
    int sum = 0, others = 0;
    for (uint32_t step = 1; step <= FAR && others <= OTHERS; step++) {
        if (behind ? index + step >= w->d->nblocks : index < step) break;
        const block *b = &w->d->blocks[behind ? index + step : index - step];
        if (!block_is_text(b) || !ads_holds_more(b->text, 0)) continue;
        int line = contact_line(b->text);
        sum += line;
        others += !line;
    }
    return sum;
}

/* The last line with text before block `index`; NO_BLOCK if a few blank ones stand between. */
static uint32_t line_before(const ads_work *w, uint32_t index) {
    enum { FAR = 4 };
    for (uint32_t step = 1; step <= FAR && step <= index; step++) {
        const block *b = &w->d->blocks[index - step];
        if (block_is_text(b) && ads_holds_more(b->text, 0)) return index - step;
    }
    return NO_BLOCK;
}

/* The end of a text, of at most so many characters. */
static str tail_of(str text, size_t most) {
    size_t from = text.n;
    while (from > 0 && most--) utf8_prev(text, &from);
    return str_cut(text, from, text.n);
}

/* Whether a line asks for an address: it is short and leads on, or its end speaks of one. */
static bool asks_for_address(str line) {
    static const char *const words[] = {
        "网址", "网站", "网页", "链接", "主页", "博客", "官网",   "问卷", "地址",
        "登录", "登陆", "访问", "查询", "联系", "投稿", "报名",   "原文", "文章",
        "详见", "参见", "参考", "文献", "来源", "入口", "电子版", "引自", "空间",
        "店铺", "小店", "相册", "回放", "代码", "见下", "投票",   "页面", "通道"};
    enum { SHORT = 40, END = 24 };
    str end = tail_of(str_trim(line), END);
    if (str_ends(end, STR("：")) || str_ends(end, STR(":"))) return !ads_holds_more(line, SHORT);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(end, str_of(words[i]), 0) != STR_NONE) return true;
    return false;
}

/* Whether mark i is a line with nothing but an address for which the line before it asks, and that
 * line is the document's. */
static bool is_asked_for(const ads_work *w, size_t i) {
    enum { LIKELY = 45 };
    const mark *m = &w->marks.items[i];
    if (!m->site || !ads_is_plain(m) || !(m->signs & ADS_OWN_LINE) || m->exact) return false;
    uint32_t before = line_before(w, m->block);
    if (before == NO_BLOCK || (i && m[-1].block == before && m[-1].score >= LIKELY)) return false;
    return asks_for_address(w->d->blocks[before].text);
}

void ads_weigh_contacts(ads_work *w) {
    enum { LEAST = 3, POINTS = -80, ASKED = -60 };
    for (size_t i = 0; i < w->marks.n; i++) {
        mark *m = &w->marks.items[i];
        if (is_asked_for(w, i)) {
            ads_give(&m->score, &m->why, GROUND_AGAINST, ASKED);
            m->signs |= ADS_DOUBTED;
        }
        if (!may_belong(w, m)) continue;
        int sum = weigh_side(w, m->block, false) + weigh_side(w, m->block, true);
        if (sum < LEAST) continue;
        ads_give(&m->score, &m->why, GROUND_OFFICE, POINTS);
        m->signs |= ADS_DOUBTED;
    }
}
