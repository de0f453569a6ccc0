/* label: what is read as a label, and what only looks like one. */
#include "check.h"
#include "model/label.h"

static label read(const char *text) {
    label l;
    label_read(str_of(text), &l);
    return l;
}

#define CHECK_LABEL(text, want_scheme, want_value)                                                 \
    do {                                                                                           \
        label l_ = read(text);                                                                     \
        check_count++;                                                                             \
        if (l_.scheme != (want_scheme) || l_.value != (want_value))                                \
            CHECK_FAIL("%s: scheme %d value %u, not %d %u", text, l_.scheme, l_.value,             \
                       want_scheme, (unsigned)(want_value));                                       \
    } while (0)

static void official(void) {
    CHECK_LABEL("一、主要做法", LABEL_HAN, 1);
    CHECK_LABEL("二十三、其他", LABEL_HAN, 23);
    CHECK_LABEL("　　三 、今后打算", LABEL_HAN, 3);
    CHECK_LABEL("⼀、结构", LABEL_HAN, 1);
    CHECK_LABEL("（十一）加强督查", LABEL_HAN_BRACKET, 11);
    CHECK_LABEL("(四）半角与全角", LABEL_HAN_BRACKET, 4);
    CHECK_LABEL("㈢一个字符", LABEL_HAN_BRACKET, 3);
    CHECK_LABEL("1.抓落实", LABEL_DIGIT, 1);
    CHECK_LABEL("１２．抓落实", LABEL_DIGIT, 12);
    CHECK_LABEL("7、值班安排", LABEL_DIGIT, 7);
    CHECK_LABEL("⒊经费", LABEL_DIGIT, 3);
    CHECK_LABEL("（5）经费", LABEL_DIGIT_BRACKET, 5);
    CHECK_LABEL("⑸经费", LABEL_DIGIT_BRACKET, 5);
    CHECK_LABEL("5）经费", LABEL_DIGIT_HALF, 5);
    CHECK_LABEL("⑫经费", LABEL_CIRCLED, 12);
    CHECK_LABEL("一是抓学习", LABEL_ORDINAL, 1);
    CHECK_LABEL("第二，架构简单", LABEL_ORDINAL, 2);
    CHECK_LABEL("其三，效率高", LABEL_ORDINAL, 3);
}

static void units(void) {
    CHECK_LABEL("第三章　罚则", LABEL_UNIT, 3);
    CHECK_LABEL("第 12 章 归途", LABEL_UNIT, 12);
    CHECK_LABEL("第一百零八回 群雄", LABEL_UNIT, 108);
    CHECK_LABEL("正文 第02节 照相", LABEL_UNIT, 2);
    CHECK_LABEL("《渡口》第四章（2）", LABEL_UNIT, 4);
    CHECK_LABEL("【第六章，旧梦】", LABEL_UNIT, 6);
    CHECK_LABEL("第二集第七章唯一", LABEL_UNIT, 7);
    CHECK_LABEL("卷五", LABEL_UNIT, 5);
    CHECK_LABEL("Chapter 3 The Road", LABEL_UNIT, 3);
    CHECK_LABEL("PART TWO", LABEL_UNIT, 2);
    CHECK_LABEL("Article IV: Costs", LABEL_UNIT, 4);
    CHECK_INT(read("第一百六十二条之一 隐匿").inserted, 1);
    CHECK_INT(read("第一百六十二条 隐匿").inserted, 0);
    CHECK_INT(read("第三节 概述").unit, UNIT_SECTION);
    CHECK_INT(read("第三部分 概述").unit, UNIT_DIVISION);
    CHECK_LABEL("第二节课上，他睡着了", LABEL_NONE, 0);
    CHECK_LABEL("第一回合就输了", LABEL_NONE, 0);
    CHECK_LABEL("第三天", LABEL_NONE, 0);
}

static void decimals(void) {
    CHECK_LABEL("1.1　目的", LABEL_DECIMAL, 1);
    CHECK_LABEL("1.3编制依据", LABEL_DECIMAL, 3);
    CHECK_INT(read("2.4.12 接口").nparts, 3);
    CHECK_LABEL("3.5 1912年大选", LABEL_DECIMAL, 5);
    CHECK_LABEL("3 预警监测", LABEL_DIGIT_BARE, 3);
    CHECK_LABEL("2组织指挥体系", LABEL_DIGIT_BARE, 2);
    CHECK_LABEL("III. METHODS", LABEL_ROMAN, 3);
    CHECK_LABEL("B. Related work", LABEL_LETTER, 2);
    CHECK_LABEL("(c) the tenant", LABEL_LETTER_BRACKET, 3);
}

static void false_friends(void) {
    static const char *const texts[] = {
        "2022年工作",     "1.5万元",      "二、三类物品",   "21世纪以来",
        "6、7月份参加",   "4020.cn况且",  "1,000,000 次",   "一站式服务",
        "三峡工程",       "2个月后",      "500千伏 20米",   "1989.03.21",
        "3.2%的人",       "1.txt 是文件", "一、二、三、四", "（四）、（五）项所列人员",
        "（五）项规定的", "1933      10", "75mm加农炮",     "",
        "零担货物",       "e.g. this",    "3月26日，复工",  "192.168.1.1",
        "——摘自日记",     "2024",         "（完）",         "200万～500万人",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) CHECK_LABEL(texts[i], LABEL_NONE, 0);
    CHECK_LABEL("二、三剑客", LABEL_HAN, 2);
}

static void spelling(void) {
    label l = read("　　（二）建设内容");
    CHECK_INT(l.at, 6);
    CHECK_INT(l.size, 9);
    CHECK_INT(l.number, 9);
    CHECK_INT(l.number_size, 3);
    CHECK_INT(l.brackets, BRACKETS_FULL);
    CHECK_INT(read("(二）建设").brackets, BRACKETS_MIXED);
    CHECK_INT(read("1． 建设").wide, 1);
    CHECK_INT(read("1． 建设").gap, 1);
    CHECK_INT(label_text(&l), 15);
    CHECK_INT(read("三、").separator, 0x3001);
}

int main(void) {
    RUN(official);
    RUN(units);
    RUN(decimals);
    RUN(false_friends);
    RUN(spelling);
    return check_result();
}
