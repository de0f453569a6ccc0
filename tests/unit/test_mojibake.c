/* mojibake: what can be put right is, what is lost is said, and clean text stays. */
#include "check.h"

#include "base/utf8.h"
#include "text/decode.h"
#include "text/encode.h"
#include "text/mojibake.h"

static arena *mem;
static const encode_tables *tables;
static const mojibake_tools *tools;

/* The bytes of text in the right encoding, read in the wrong one. */
static str spoilt(str text, encoding_id right, encoding_id wrong) {
    uint8_t *p = arena_alloc(mem, 4 * text.n + 4);
    size_t n = 0;
    decoded d = {0};
    for (size_t at = 0; p && at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (right == ENC_UTF8)
            n += utf8_write((char *)p + n, c);
        else
            n += encode_char(tables, encoding_at(right), c, p + n);
    }
    CHECK(decode(mem, encoding_at(wrong), p, n, 0, &d));
    return d.text;
}

static str repaired(str line) {
    mojibake *found;
    size_t count, at = 0;
    str out = {"", 0};
    CHECK(mojibake_find(tools, mem, line, &found, &count));
    for (size_t i = 0; i < count; i++) {
        CHECK(found[i].from >= at && found[i].to <= line.n);
        str text = found[i].kind == MOJIBAKE_DESTROYED ? str_cut(line, found[i].from, found[i].to)
                                                       : found[i].text;
        out = arena_join(mem, out, arena_join(mem, str_cut(line, at, found[i].from), text));
        at = found[i].to;
    }
    return arena_join(mem, out, str_cut(line, at, line.n));
}

static void undoes_chains(void) {
    static const encoding_id chains[][2] = {
        {ENC_GB18030, ENC_IBM437},    {ENC_UTF8, ENC_IBM437},          {ENC_UTF8, ENC_MACINTOSH},
        {ENC_GB18030, ENC_MACINTOSH}, {ENC_GB18030, ENC_WINDOWS_1252},
    };
    str text = STR("学校将于下周一举行开学典礼，请同学们准时参加");
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++)
        CHECK_STR(repaired(spoilt(text, chains[i][0], chains[i][1])), text);
    str twice = spoilt(spoilt(text, ENC_GB18030, ENC_WINDOWS_1252), ENC_UTF8, ENC_IBM437);
    CHECK_STR(repaired(twice), text);
    CHECK_STR(repaired(spoilt(STR("學校將於下週舉行開學典禮"), ENC_BIG5, ENC_GB18030)),
              STR("學校將於下週舉行開學典禮"));
    CHECK_STR(repaired(spoilt(STR("工作总结报告会议"), ENC_UTF8, ENC_GB18030)),
              STR("工作总结报告会议"));
}

static void repairs_only_the_piece(void) {
    str piece = spoilt(STR("参考资料"), ENC_UTF8, ENC_IBM437);
    str line = arena_join(mem, STR("以下内容来自网络。"), piece);
    CHECK_STR(repaired(line), STR("以下内容来自网络。参考资料"));
}

static void fills_holes_or_leaves_them(void) {
    mojibake *found;
    size_t count;
    str line = spoilt(STR("社区组织党员志愿者开展走访慰问"), ENC_UTF8, ENC_GB18030);
    CHECK(mojibake_find(tools, mem, line, &found, &count));
    CHECK_INT(count, 1);
    if (count) CHECK(found[0].kind != MOJIBAKE_DESTROYED && found[0].text.n >= 42);
}

static void tells_what_is_lost(void) {
    mojibake *found;
    size_t count;
    CHECK(mojibake_find(tools, mem, STR("开头锟斤拷锟斤拷结尾，烫烫烫烫"), &found, &count));
    CHECK_INT(count, 2);
    for (size_t i = 0; i < count; i++) CHECK(found[i].kind == MOJIBAKE_DESTROYED);
    if (count == 2) CHECK_INT(found[0].from, 6);
    CHECK(mojibake_find(tools, mem, STR("汤太烫，烫手"), &found, &count));
    CHECK_INT(count, 0);
}

static void leaves_clean_text_alone(void) {
    static const char *const clean[] = {
        "会议指出，要坚持问题导向，扎实推进各项工作。",
        "繁體中文的文件，也不應該改動。",
        "Größe und Länge überprüfen – „natürlich“ für alle",
        "L’été à la française, déjà vu, cœur",
        "Проверка связи: всё хорошо",
        "これはテストの文章です。",
        "이것은 시험 문장입니다.",
        "a，b；c：d！（e）",
        "价格：€100，温度：25℃，①②③ → ★",
        "犇羴鱻麤贔",
        "饕餮 魑魅魍魉",
        "πr² ≈ 3.14 × r²",
        "┌──┬──┐",
        "┌────────┬────────┬────────────┐│",
        "│├────┼──────┤│ 12 │└────┴──────┘",
        "│Pevný disk    ├────────",
        "│Discos rígidos   ├──────",
        "Olé, olé... ¡¡¡VIVA EL REY",
        "咳咳咳",
        "    砰砰砰砰！",
        "“蹬蹬蹬蹬”，楼上有人",
        "啊～～～啊～～～",
        "电话 139××××××××",
        "————————————",
        "此处缺□□□□□□□□字",
        "·~··~··~··",
        "薛爷",
        "楔尾鹰",
        "丿 丨 丿 丿 丶 乀",
        "猗猗蒹葭，呦呦鸱鸮",
        "弹丸脱手",
        "",
    };
    for (size_t i = 0; i < sizeof clean / sizeof *clean; i++)
        CHECK_STR(repaired(str_of(clean[i])), str_of(clean[i]));
}

int main(void) {
    mem = arena_new(0);
    tables = mem ? encode_tables_new(mem) : NULL;
    tools = mem ? mojibake_tools_new(mem) : NULL;
    if (!tables || !tools) return 1;
    RUN(undoes_chains);
    RUN(repairs_only_the_piece);
    RUN(fills_holes_or_leaves_them);
    RUN(tells_what_is_lost);
    RUN(leaves_clean_text_alone);
    arena_free(mem);
    return check_result();
}
