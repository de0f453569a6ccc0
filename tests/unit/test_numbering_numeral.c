/* Numerals: each format from 0 to past its end. */
#include "check.h"
#include "ooxml/numeral.h"

#include <limits.h>

static void expect(const char *format, long n, const char *want) {
    char out[NUMERAL_MAX];
    size_t length = numeral_write(numeral_find(str_of(format)), n, out);
    check_count++;
    if (!str_eq(str_make(out, length), str_of(want)))
        CHECK_FAIL("%s of %ld is “%.*s”, not “%s”", format, n, (int)length, out, want);
}

/* The format's numerals for 0, 1, 2 …, separated by blanks. */
static void expect_from_zero(const char *format, const char *all) {
    str rest = str_of(all), want;
    for (long n = 0; str_next(&rest, ' ', &want); n++) {
        char copy[64];
        snprintf(copy, sizeof copy, "%.*s", (int)want.n, want.p);
        expect(format, n, copy);
    }
}

static void western(void) {
    expect_from_zero("decimal", "0 1 2 3");
    expect("decimal", -7, "-7");
    expect_from_zero("decimalHalfWidth", "0 1 2");
    expect_from_zero("decimalZero", "00 01 02");
    expect("decimalZero", 9, "09");
    expect("decimalZero", 10, "10");
    expect("decimalZero", 100, "100");
    expect_from_zero("upperRoman", "0 I II III IV V VI VII VIII IX X XI");
    expect("upperRoman", 1994, "MCMXCIV");
    expect("lowerRoman", 3999, "mmmcmxcix");
    expect("lowerRoman", 49, "xlix");
    expect("upperRoman", 40000, "40000");
    expect_from_zero("upperLetter", "0 A B C");
    expect("upperLetter", 26, "Z");
    expect("upperLetter", 27, "AA");
    expect("lowerLetter", 53, "aaa");
    expect("lowerLetter", 780, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
    expect("lowerLetter", 781, "781");
    expect("upperLetter", INT_MAX, "2147483647");
    expect("russianUpper", 29, "Я");
    expect("russianLower", 30, "аа");
    expect_from_zero("chicago", "0 * † ‡ § ** ††");
    expect_from_zero("hex", "0 1 2");
    expect("hex", 255, "FF");
    expect("numberInDash", 3, "- 3 -");
    expect("none", 3, "");
    expect("bullet", 3, "");
    expect("noSuchFormat", 3, "3");
    expect("thaiNumbers", 10, "๑๐");
    expect("hindiNumbers", 10, "१०");
}

static void english(void) {
    expect_from_zero("ordinal", "0th 1st 2nd 3rd 4th");
    expect("ordinal", 11, "11th");
    expect("ordinal", 12, "12th");
    expect("ordinal", 21, "21st");
    expect("ordinal", 111, "111th");
    expect("ordinal", 122, "122nd");
    expect("cardinalText", 0, "Zero");
    expect("cardinalText", 21, "Twenty-one");
    expect("cardinalText", 40, "Forty");
    expect("cardinalText", 101, "One hundred one");
    expect("cardinalText", 12000, "Twelve thousand");
    expect("ordinalText", 1, "First");
    expect("ordinalText", 20, "Twentieth");
    expect("ordinalText", 85, "Eighty-fifth");
    expect("ordinalText", 100, "One hundredth");
    expect("ordinalText", 112, "One hundred twelfth");
    expect("cardinalText", INT_MAX,
           "Two billion one hundred forty-seven million four hundred eighty-three thousand six "
           "hundred forty-seven");
}

static void sets(void) {
    expect_from_zero("decimalEnclosedCircle", "0 ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ ⑪ ⑫ ⑬ ⑭ ⑮ ⑯ ⑰ ⑱ ⑲ ⑳ 21 22");
    expect_from_zero("decimalEnclosedCircleChinese", "0 ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ 11");
    expect_from_zero("decimalEnclosedFullstop", "0 ⒈ ⒉ ⒊");
    expect("decimalEnclosedFullstop", 20, "⒛");
    expect("decimalEnclosedFullstop", 21, "21");
    expect("decimalEnclosedParen", 20, "⒇");
    expect("decimalEnclosedParen", 21, "21");
    expect_from_zero("ideographEnclosedCircle", "0 ㊀ ㊁ ㊂ ㊃ ㊄ ㊅ ㊆ ㊇ ㊈ ㊉ 11");
    expect_from_zero("ideographTraditional", "0 甲 乙 丙 丁 戊 己 庚 辛 壬 癸 11 12");
    expect_from_zero("ideographZodiac", "0 子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥 13");
    expect("ideographZodiacTraditional", 1, "甲子");
    expect("ideographZodiacTraditional", 43, "丙午");
    expect("ideographZodiacTraditional", 60, "癸亥");
    expect("ideographZodiacTraditional", 61, "61");
    expect_from_zero("ganada", "0 가 나 다 라 마 바 사 아 자 차 카 타 파 하 가");
    expect_from_zero("chosung", "0 ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ ㄱ");
    expect("aiueo", 1, "ｱ");
    expect("aiueo", 46, "ﾝ");
    expect("aiueo", 47, "ｱ");
    expect("aiueoFullWidth", 46, "ン");
    expect("aiueoFullWidth", 48, "イ");
    expect("iroha", 3, "ﾊ");
    expect("irohaFullWidth", 48, "ン");
    expect("irohaFullWidth", 49, "イ");
}

static void digits(void) {
    expect_from_zero("decimalFullWidth", "０ １ ２");
    expect("decimalFullWidth2", 1090, "１０９０");
    expect_from_zero("ideographDigital", "〇 一 二 三 四 五 六 七 八 九 一〇 一一");
    expect("ideographDigital", 101, "一〇一");
    expect("taiwaneseDigital", 20, "二○");
    expect("japaneseDigitalTenThousand", 10000, "一〇〇〇〇");
    expect("koreanDigital", 10, "일영");
    expect("koreanDigital2", 10, "一零");
    expect("ideographDigital", -1, "-1");
}

static void counting(void) {
    expect_from_zero("japaneseCounting", "〇 一 二 三 四 五 六 七 八 九 十 十一 十二");
    expect("japaneseCounting", 101, "百一");
    expect("japaneseCounting", 110, "百十");
    expect("japaneseCounting", 1010, "千十");
    expect("japaneseCounting", 10000, "一万");
    expect("japaneseCounting", 999999, "九十九万九千九百九十九");
    expect("japaneseCounting", 1000000, "");
    expect_from_zero("chineseCounting", "○ 一 二 三 四 五 六 七 八 九 十 十一");
    expect("chineseCounting", 20, "二十");
    expect("chineseCounting", 99, "九十九");
    expect("chineseCounting", 100, "一○○");
    expect("chineseCounting", 101, "一○一");
    expect("chineseCounting", 1010, "一○一○");
    expect("taiwaneseCounting", 110, "一一○");
    expect("chineseCountingThousand", 0, "〇");
    expect("chineseCountingThousand", 10, "十");
    expect("chineseCountingThousand", 19, "十九");
    expect("chineseCountingThousand", 101, "一百〇一");
    expect("chineseCountingThousand", 110, "一百一十");
    expect("chineseCountingThousand", 1010, "一千〇一十");
    expect("chineseCountingThousand", 1001, "一千〇一");
    expect("chineseCountingThousand", 10010, "一万〇一十");
    expect("chineseCountingThousand", 21000, "二万一千");
    expect("chineseCountingThousand", 100000, "十万");
    expect("chineseCountingThousand", 999999, "九十九万九千九百九十九");
    expect("chineseCountingThousand", 1000000, "");
    expect("taiwaneseCountingThousand", 10203, "一萬零二百零三");
}

static void legal(void) {
    expect("chineseLegalSimplified", 0, "零");
    expect("chineseLegalSimplified", 1, "壹");
    expect("chineseLegalSimplified", 10, "壹拾");
    expect("chineseLegalSimplified", 11, "壹拾壹");
    expect("chineseLegalSimplified", 20, "贰拾");
    expect("chineseLegalSimplified", 101, "壹佰零壹");
    expect("chineseLegalSimplified", 100000000, "壹亿");
    expect("chineseLegalSimplified", 100010000, "壹亿零壹万");
    expect("ideographLegalTraditional", 1234, "壹仟貳佰參拾肆");
    expect("japaneseLegal", 123, "壱百弐拾参");
    expect("japaneseLegal", 101, "壱百壱");
    expect("koreanCounting", 11, "십일");
    expect("koreanCounting", 120, "백이십");
    expect_from_zero("koreanLegal", "0 하나 둘 셋");
    expect("koreanLegal", 21, "스물하나");
    expect("koreanLegal", 99, "아흔아홉");
    expect("koreanLegal", 100, "100");
}

/* Each format of an Asian document from 0 to past its end, where it has one. */
static void from_zero(void) {
    expect_from_zero("decimalFullWidth2", "０ １ ２ ３ ４ ５ ６ ７ ８ ９ １０ １１");
    expect_from_zero("decimalEnclosedFullstop", "0 ⒈ ⒉ ⒊ ⒋ ⒌ ⒍ ⒎ ⒏ ⒐ ⒑ ⒒ ⒓ ⒔ ⒕ ⒖ ⒗ ⒘ ⒙ ⒚ ⒛ 21");
    expect_from_zero("decimalEnclosedParen", "0 ⑴ ⑵ ⑶ ⑷ ⑸ ⑹ ⑺ ⑻ ⑼ ⑽ ⑾ ⑿ ⒀ ⒁ ⒂ ⒃ ⒄ ⒅ ⒆ ⒇ 21");
    expect_from_zero("ideographZodiacTraditional",
                     "0 甲子 乙丑 丙寅 丁卯 戊辰 己巳 庚午 辛未 壬申 癸酉 甲戌 乙亥 丙子");
    expect_from_zero("aiueo", "0 ｱ ｲ ｳ ｴ ｵ ｶ ｷ ｸ ｹ ｺ ｻ ｼ ｽ ｾ ｿ ﾀ ﾁ ﾂ ﾃ ﾄ ﾅ ﾆ ﾇ ﾈ ﾉ ﾊ ﾋ ﾌ ﾍ ﾎ ﾏ ﾐ ﾑ "
                              "ﾒ ﾓ ﾔ ﾕ ﾖ ﾗ ﾘ ﾙ ﾚ ﾛ ﾜ ｦ ﾝ ｱ");
    expect_from_zero("aiueoFullWidth",
                     "0 ア イ ウ エ オ カ キ ク ケ コ サ シ ス セ ソ タ チ ツ テ ト ナ ニ ヌ ネ ノ "
                     "ハ ヒ フ ヘ ホ マ ミ ム メ モ ヤ ユ ヨ ラ リ ル レ ロ ワ ヲ ン ア");
    expect_from_zero("iroha",
                     "0 ｲ ﾛ ﾊ ﾆ ﾎ ﾍ ﾄ ﾁ ﾘ ﾇ ﾙ ｦ ﾜ ｶ ﾖ ﾀ ﾚ ｿ ﾂ ﾈ ﾅ ﾗ ﾑ ｳ ヰ ﾉ ｵ ｸ ﾔ ﾏ ｹ ﾌ ｺ "
                     "ｴ ﾃ ｱ ｻ ｷ ﾕ ﾒ ﾐ ｼ ヱ ﾋ ﾓ ｾ ｽ ﾝ ｲ");
    expect_from_zero("irohaFullWidth",
                     "0 イ ロ ハ ニ ホ ヘ ト チ リ ヌ ル ヲ ワ カ ヨ タ レ ソ ツ ネ ナ ラ ム ウ ヰ "
                     "ノ オ ク ヤ マ ケ フ コ エ テ ア サ キ ユ メ ミ シ ヱ ヒ モ セ ス ン イ");
    expect_from_zero("taiwaneseDigital", "○ 一 二 三 四 五 六 七 八 九 一○ 一一");
    expect_from_zero("japaneseDigitalTenThousand", "〇 一 二 三 四 五 六 七 八 九 一〇 一一");
    expect_from_zero("koreanDigital", "영 일 이 삼 사 오 육 칠 팔 구 일영 일일");
    expect_from_zero("koreanDigital2", "零 一 二 三 四 五 六 七 八 九 一零 一一");
    expect_from_zero("koreanCounting", "영 일 이 삼 사 오 육 칠 팔 구 십 십일 십이");
    expect_from_zero("koreanLegal", "0 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 열하나 열둘");
    expect_from_zero("taiwaneseCounting", "○ 一 二 三 四 五 六 七 八 九 十 十一 十二");
    expect_from_zero("taiwaneseCountingThousand", "零 一 二 三 四 五 六 七 八 九 十 十一 十二");
    expect_from_zero("chineseCountingThousand", "〇 一 二 三 四 五 六 七 八 九 十 十一 十二");
    expect_from_zero("chineseLegalSimplified", "零 壹 贰 叁 肆 伍 陆 柒 捌 玖 壹拾 壹拾壹 壹拾贰");
    expect_from_zero("ideographLegalTraditional",
                     "零 壹 貳 參 肆 伍 陸 柒 捌 玖 壹拾 壹拾壹 壹拾貳");
    expect_from_zero("japaneseLegal", "零 壱 弐 参 四 伍 六 七 八 九 壱拾 壱拾壱 壱拾弐");
    expect("numberInDash", 0, "- 0 -");
    expect("numberInDash", 10, "- 10 -");
}

static void custom(void) {
    char out[NUMERAL_MAX];
    size_t n = numeral_write_custom(STR("001, 002, 003, ..."), 7, out);
    CHECK_STR(str_make(out, n), STR("007"));
    n = numeral_write_custom(STR("00001, 00002"), 123456, out);
    CHECK_STR(str_make(out, n), STR("123456"));
    n = numeral_write_custom(STR("anything"), 5, out);
    CHECK_STR(str_make(out, n), STR("5"));
}

/* No format writes past its room, whatever the number. */
static void bounds(void) {
    static const long numbers[] = {LONG_MIN,   INT_MIN, -1,      0,        1,
                                   99,         100,     999999,  99999999, 1111111111,
                                   1777777777, INT_MAX, LONG_MAX};
    char out[NUMERAL_MAX];
    for (unsigned f = 0; f < 256; f++)
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            CHECK(numeral_write((numeral_format)f, numbers[i], out) < NUMERAL_MAX);
}

int main(void) {
    RUN(western);
    RUN(english);
    RUN(sets);
    RUN(digits);
    RUN(counting);
    RUN(legal);
    RUN(from_zero);
    RUN(custom);
    RUN(bounds);
    return check_result();
}
