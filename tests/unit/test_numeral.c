/* numeral: Chinese, Arabic, Roman and enclosed numbers, read and written. */
#include "check.h"
#include "model/numeral.h"

#define CHECK_HAN(text, want, bytes)                                                               \
    do {                                                                                           \
        uint32_t value_ = 0;                                                                       \
        CHECK_INT(numeral_read_han(str_of(text), &value_), bytes);                                 \
        CHECK_INT(value_, want);                                                                   \
    } while (0)

static void han(void) {
    CHECK_HAN("一", 1, 3);
    CHECK_HAN("十", 10, 3);
    CHECK_HAN("十二", 12, 6);
    CHECK_HAN("二十", 20, 6);
    CHECK_HAN("二十七", 27, 9);
    CHECK_HAN("廿三", 23, 6);
    CHECK_HAN("一百零八", 108, 12);
    CHECK_HAN("一百二十", 120, 12);
    CHECK_HAN("一千二百六十", 1260, 18);
    CHECK_HAN("二〇二四", 2024, 12);
    CHECK_HAN("二○○四", 2004, 12);
    CHECK_HAN("二OO四", 2004, 8);
    CHECK_HAN("一九九0", 1990, 10);
    CHECK_HAN("壹拾", 10, 6);
    CHECK_HAN("⼆", 2, 3);
    CHECK_HAN("三章", 3, 3);
    CHECK_HAN("章", 0, 0);
    CHECK_HAN("", 0, 0);
}

static void digits(void) {
    uint32_t value = 0;
    CHECK_INT(numeral_read_digits(STR("１２．"), &value), 6);
    CHECK_INT(value, 12);
    CHECK_INT(numeral_read_digits(STR("99999"), &value), 5);
    CHECK_INT(numeral_read_digits(STR("100000"), &value), 0);
}

static void roman(void) {
    uint32_t value = 0;
    CHECK_INT(numeral_read_roman(STR("XXIX."), &value), 4);
    CHECK_INT(value, 29);
    CHECK_INT(numeral_read_roman(STR("iv)"), &value), 2);
    CHECK_INT(value, 4);
    CHECK_INT(numeral_read_roman(STR("Ⅲ"), &value), 3);
    CHECK_INT(value, 3);
    CHECK_INT(numeral_read_roman(STR("IIX"), &value), 0);
    CHECK_INT(numeral_read_roman(STR("IIII"), &value), 0);
}

static void round_trip(void) {
    for (uint32_t v = 1; v <= 12000; v++) {
        char text[NUMERAL_ROOM];
        uint32_t back = 0;
        size_t n = numeral_write_han(v, text);
        if (numeral_read_han(str_make(text, n), &back) != n || back != v)
            CHECK_FAIL("%u is written %.*s and read %u", v, (int)n, text, back);
        if (v >= 400) continue;
        n = numeral_write_roman(v, text);
        if (numeral_read_roman(str_make(text, n), &back) != n || back != v)
            CHECK_FAIL("%u is written %.*s and read %u", v, (int)n, text, back);
    }
    for (uint32_t v = 1; v <= 50; v++) {
        char text[NUMERAL_ROOM];
        uint32_t back = 0;
        size_t n = numeral_write_circled(v, text);
        uint32_t c =
            (uint32_t)(text[0] & 15) << 12 | (uint32_t)(text[1] & 63) << 6 | (text[2] & 63);
        CHECK_INT(n, 3);
        CHECK_INT(numeral_enclosed(c, &back), ENCLOSED_CIRCLE);
        CHECK_INT(back, v);
    }
}

int main(void) {
    RUN(han);
    RUN(digits);
    RUN(roman);
    RUN(round_trip);
    return check_result();
}
