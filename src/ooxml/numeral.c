#include "ooxml/numeral.h"

#include "base/utf8.h"

#include <stdio.h>

/* How a format makes its numerals out of its characters. */
enum method {
    DECIMAL,
    NOTHING,
    PADDED,      /* two digits at least */
    ROMAN,       /* characters: I V X L C D M */
    REPEATED,    /* a … z, aa, bb …: one character, more often at each round */
    CYCLE,       /* the characters, over and over */
    SET,         /* the characters, then decimal */
    DIGITS,      /* the characters are the ten digits */
    COUNTED,     /* characters: ten digits, then ten, hundred, thousand, 10^4, 10^8 */
    COUNTED_CJK, /* likewise below 100, digits from there on (chineseCounting) */
    SEXAGENARY,  /* the sixty pairs of stems and branches */
    HEXADECIMAL,
    DASHED,        /* - 1 - */
    ORDINAL,       /* 1st */
    CARDINAL_TEXT, /* One hundred one */
    ORDINAL_TEXT,  /* One hundred first */
    NATIVE_KOREAN, /* 하나 … 아흔아홉 */
};

enum counting {
    PLAIN_TEN = 1,   /* no one before ten at the start: 十一 */
    NO_ONES = 2,     /* no one before ten, hundred, thousand: 百十 */
    NO_ZEROS = 4,    /* gaps are not filled: 百一 */
    MILLION_ENDS = 8 /* nothing is shown from 1,000,000 on */
};

typedef struct format {
    str name;
    enum method method;
    unsigned counting;
    const char *characters;
} format;

#define STEMS    "甲乙丙丁戊己庚辛壬癸"
#define BRANCHES "子丑寅卯辰巳午未申酉戌亥"
#define KATAKANA                                                                                   \
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
#define HALF_KATAKANA "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
#define IROHA                                                                                                                                    \
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセ" \
    "スン"
#define HALF_IROHA  "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
#define FULL_DIGITS "０１２３４５６７８９"

static const format formats[] = {
    [NUMERAL_DECIMAL] = {STR_INIT("decimal"), DECIMAL, 0, ""},
    [NUMERAL_NONE] = {STR_INIT("none"), NOTHING, 0, ""},
    [NUMERAL_BULLET] = {STR_INIT("bullet"), NOTHING, 0, ""},
    [NUMERAL_ZERO] = {STR_INIT("decimalZero"), PADDED, 0, ""},
    {STR_INIT("upperRoman"), ROMAN, 0, "IVXLCDM"},
    {STR_INIT("lowerRoman"), ROMAN, 0, "ivxlcdm"},
    {STR_INIT("upperLetter"), REPEATED, 0, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    {STR_INIT("lowerLetter"), REPEATED, 0, "abcdefghijklmnopqrstuvwxyz"},
    {STR_INIT("russianUpper"), REPEATED, 0, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"},
    {STR_INIT("russianLower"), REPEATED, 0, "абвгдежзиклмнопрстуфхцчшщыэюя"},
    {STR_INIT("chicago"), REPEATED, 0, "*†‡§"},
    {STR_INIT("ordinal"), ORDINAL, 0, ""},
    {STR_INIT("cardinalText"), CARDINAL_TEXT, 0, ""},
    {STR_INIT("ordinalText"), ORDINAL_TEXT, 0, ""},
    {STR_INIT("hex"), HEXADECIMAL, 0, ""},
    {STR_INIT("numberInDash"), DASHED, 0, ""},
    {STR_INIT("decimalFullWidth"), DIGITS, 0, FULL_DIGITS},
    {STR_INIT("decimalFullWidth2"), DIGITS, 0, FULL_DIGITS},
    {STR_INIT("decimalEnclosedCircle"), SET, 0, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"},
    {STR_INIT("decimalEnclosedCircleChinese"), SET, 0, "①②③④⑤⑥⑦⑧⑨⑩"},
    {STR_INIT("decimalEnclosedFullstop"), SET, 0, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"},
    {STR_INIT("decimalEnclosedParen"), SET, 0, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"},
    {STR_INIT("ideographEnclosedCircle"), SET, 0, "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"},
    {STR_INIT("ideographTraditional"), SET, 0, STEMS},
    {STR_INIT("ideographZodiac"), SET, 0, BRANCHES},
    {STR_INIT("ideographZodiacTraditional"), SEXAGENARY, 0, ""},
    {STR_INIT("ideographDigital"), DIGITS, 0, "〇一二三四五六七八九"},
    {STR_INIT("japaneseDigitalTenThousand"), DIGITS, 0, "〇一二三四五六七八九"},
    {STR_INIT("taiwaneseDigital"), DIGITS, 0, "○一二三四五六七八九"},
    {STR_INIT("chineseCounting"), COUNTED_CJK, PLAIN_TEN, "○一二三四五六七八九十百千万亿"},
    {STR_INIT("taiwaneseCounting"), COUNTED_CJK, PLAIN_TEN, "○一二三四五六七八九十百千萬億"},
    {STR_INIT("chineseCountingThousand"), COUNTED, PLAIN_TEN | MILLION_ENDS,
     "〇一二三四五六七八九十百千万亿"},
    {STR_INIT("taiwaneseCountingThousand"), COUNTED, PLAIN_TEN | MILLION_ENDS,
     "零一二三四五六七八九十百千萬億"},
    {STR_INIT("chineseLegalSimplified"), COUNTED, 0, "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"},
    {STR_INIT("ideographLegalTraditional"), COUNTED, 0, "零壹貳參肆伍陸柒捌玖拾佰仟萬億"},
    {STR_INIT("japaneseCounting"), COUNTED, NO_ONES | NO_ZEROS | MILLION_ENDS,
     "〇一二三四五六七八九十百千万億"},
    {STR_INIT("japaneseLegal"), COUNTED, NO_ZEROS, "零壱弐参四伍六七八九拾百阡萬億"},
    {STR_INIT("koreanDigital"), DIGITS, 0, "영일이삼사오육칠팔구"},
    {STR_INIT("koreanDigital2"), DIGITS, 0, "零一二三四五六七八九"},
    {STR_INIT("koreanCounting"), COUNTED, NO_ONES | NO_ZEROS, "영일이삼사오육칠팔구십백천만억"},
    {STR_INIT("koreanLegal"), NATIVE_KOREAN, 0, ""},
    {STR_INIT("ganada"), CYCLE, 0, "가나다라마바사아자차카타파하"},
    {STR_INIT("chosung"), CYCLE, 0, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"},
    {STR_INIT("aiueo"), CYCLE, 0, HALF_KATAKANA},
    {STR_INIT("aiueoFullWidth"), CYCLE, 0, KATAKANA},
    {STR_INIT("iroha"), CYCLE, 0, HALF_IROHA},
    {STR_INIT("irohaFullWidth"), CYCLE, 0, IROHA},
    {STR_INIT("hindiNumbers"), DIGITS, 0, "०१२३४५६७८९"},
    {STR_INIT("thaiNumbers"), DIGITS, 0, "๐๑๒๓๔๕๖๗๘๙"},
};

enum { FORMATS = sizeof formats / sizeof *formats };

numeral_format numeral_find(str name) {
    for (size_t i = 0; i < FORMATS; i++)
        if (str_eq(formats[i].name, name)) return (numeral_format)i;
    return NUMERAL_DECIMAL;
}

/* ---- Pieces ---------------------------------------------------------------------------------- */

static size_t write_decimal(long n, char *out) {
    return (size_t)snprintf(out, NUMERAL_MAX, "%ld", n);
}

/* Copies the character with index i (0 based). */
static size_t put(const char *characters, size_t i, char *out) {
    str all = str_of(characters);
    size_t from = utf8_offset(all, i), to = from;
    if (from < all.n) utf8_next(all, &to);
    memcpy(out, characters + from, to - from);
    return to - from;
}

static size_t put_text(const char *text, char *out) {
    size_t n = strlen(text);
    memcpy(out, text, n);
    return n;
}

/* ---- Letters and sets ------------------------------------------------------------------------ */

static size_t write_repeated(const char *characters, long n, char *out) {
    enum { MOST = 30 }; /* rounds; Word's letters end at 780, thirty rounds */
    long size = (long)utf8_count(str_of(characters)), round = n < 1 ? MOST : (n - 1) / size;
    size_t at = 0;
    if (round >= MOST) return write_decimal(n, out);
    for (long i = 0; i <= round; i++) at += put(characters, (size_t)((n - 1) % size), out + at);
    return at;
}

static size_t write_cycle(const char *characters, long n, char *out) {
    long size = (long)utf8_count(str_of(characters));
    return n < 1 ? write_decimal(n, out) : put(characters, (size_t)((n - 1) % size), out);
}

static size_t write_set(const char *characters, long n, char *out) {
    long size = (long)utf8_count(str_of(characters));
    return n < 1 || n > size ? write_decimal(n, out) : put(characters, (size_t)(n - 1), out);
}

static size_t write_sexagenary(long n, char *out) {
    if (n < 1 || n > 60) return write_decimal(n, out);
    size_t at = put(STEMS, (size_t)((n - 1) % 10), out);
    return at + put(BRANCHES, (size_t)((n - 1) % 12), out + at);
}

static size_t write_roman(const char *marks, long n, char *out) {
    /* Each step: a value and the one or two marks for it. */
    static const struct {
        int value, first, second;
    } steps[] = {{1000, 6, -1}, {900, 4, 6}, {500, 5, -1}, {400, 4, 5}, {100, 4, -1},
                 {90, 2, 4},    {50, 3, -1}, {40, 2, 3},   {10, 2, -1}, {9, 0, 2},
                 {5, 1, -1},    {4, 0, 1},   {1, 0, -1}};
    size_t at = 0, i = 0;
    if (n < 1 || n > INT16_MAX) return write_decimal(n, out);
    while (n > 0) {
        if (n < steps[i].value) {
            i++;
            continue;
        }
        out[at++] = marks[steps[i].first];
        if (steps[i].second >= 0) out[at++] = marks[steps[i].second];
        n -= steps[i].value;
    }
    return at;
}

/* ---- Digits and counting --------------------------------------------------------------------- */

static size_t write_digits(const char *digits, long n, char *out) {
    char plain[24];
    size_t count = (size_t)snprintf(plain, sizeof plain, "%ld", n), at = 0;
    if (n < 0) return write_decimal(n, out);
    for (size_t i = 0; i < count; i++) at += put(digits, (size_t)(plain[i] - '0'), out + at);
    return at;
}

/* A number in words of digits and units. The digit at 10^k has unit k mod 4 (none, ten, hundred,
 * thousand), and after each four digits stands 10^4 or 10^8. */
static size_t write_counted(const format *f, long n, char *out) {
    enum { TEN = 10, MYRIAD = 13 };
    if (n < 0 || n > INT32_MAX) return write_decimal(n, out);
    if ((f->counting & MILLION_ENDS) && n >= 1000000) return 0;
    if (n == 0) return put(f->characters, 0, out);
    size_t at = 0;
    bool gap = false, group = false; /* a zero is due; the present four digits hold something */
    long power = 1;
    int k = 0;
    while (power <= n / 10) power *= 10, k++;
    for (; k >= 0; k--, power /= 10) {
        int digit = (int)(n / power % 10), unit = k % 4;
        if (digit) {
            if (gap && !(f->counting & NO_ZEROS)) at += put(f->characters, 0, out + at);
            bool plain_ten = (f->counting & PLAIN_TEN) && unit == 1 && at == 0;
            bool bare = digit == 1 && unit > 0 && ((f->counting & NO_ONES) || plain_ten);
            if (!bare) at += put(f->characters, (size_t)digit, out + at);
            if (unit) at += put(f->characters, (size_t)(TEN + unit - 1), out + at);
            group = true;
        }
        gap = at > 0 && !digit;
        if (unit == 0 && k > 0) {
            if (group) at += put(f->characters, (size_t)(MYRIAD + k / 4 - 1), out + at);
            group = false;
        }
    }
    return at;
}

static size_t write_native_korean(long n, char *out) {
    static const char *const tens[] = {"",   "열",   "스물", "서른", "마흔",
                                       "쉰", "예순", "일흔", "여든", "아흔"};
    static const char *const ones[] = {"",     "하나", "둘",   "셋",   "넷",
                                       "다섯", "여섯", "일곱", "여덟", "아홉"};
    if (n < 1 || n > 99) return write_decimal(n, out);
    size_t at = put_text(tens[n / 10], out);
    return at + put_text(ones[n % 10], out + at);
}

/* ---- English --------------------------------------------------------------------------------- */

static const char *const small_numbers[] = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const small_ordinals[] = {
    "zeroth",     "first",     "second",    "third",       "fourth",     "fifth",     "sixth",
    "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",   "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"};
static const char *const tens_words[] = {"",     "",     "twent",  "thirt", "fort",
                                         "fift", "sixt", "sevent", "eight", "ninet"};

static size_t put_below_hundred(long n, bool ordinal, char *out) {
    if (n < 20) return put_text(ordinal ? small_ordinals[n] : small_numbers[n], out);
    size_t at = put_text(tens_words[n / 10], out);
    if (n % 10 == 0) return at + put_text(ordinal ? "ieth" : "y", out + at);
    at += put_text("y-", out + at);
    return at + put_text(ordinal ? small_ordinals[n % 10] : small_numbers[n % 10], out + at);
}

static size_t put_words(long n, bool ordinal, char *out) {
    static const struct {
        long value;
        const char *word;
    } units[] = {
        {1000000000, "billion"}, {1000000, "million"}, {1000, "thousand"}, {100, "hundred"}};
    size_t at = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (n < units[i].value) continue;
        at += put_words(n / units[i].value, false, out + at);
        out[at++] = ' ';
        at += put_text(units[i].word, out + at);
        n %= units[i].value;
        if (n == 0) return at + (ordinal ? put_text("th", out + at) : 0);
        out[at++] = ' ';
    }
    return at + put_below_hundred(n, ordinal, out + at);
}

static size_t write_words(long n, bool ordinal, char *out) {
    if (n < 0 || n > INT32_MAX) return write_decimal(n, out);
    size_t at = put_words(n, ordinal, out);
    out[0] = (char)(out[0] - 'a' + 'A');
    return at;
}

static size_t write_ordinal(long n, char *out) {
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    long last = n % 10, two = n % 100;
    bool plain = n < 0 || last > 3 || (two >= 10 && two <= 20);
    size_t at = write_decimal(n, out);
    return at + put_text(ends[plain ? 0 : last], out + at);
}

/* ---- All ------------------------------------------------------------------------------------- */

size_t numeral_write(numeral_format number, long n, char out[NUMERAL_MAX]) {
    const format *f = &formats[number < FORMATS ? number : 0];
    switch (f->method) {
    case NOTHING: return 0;
    case PADDED: return (size_t)snprintf(out, NUMERAL_MAX, n < 0 ? "%ld" : "%02ld", n);
    case ROMAN: return write_roman(f->characters, n, out);
    case REPEATED: return write_repeated(f->characters, n, out);
    case CYCLE: return write_cycle(f->characters, n, out);
    case SET: return write_set(f->characters, n, out);
    case DIGITS: return write_digits(f->characters, n, out);
    case COUNTED: return write_counted(f, n, out);
    case COUNTED_CJK:
        return n < 100 ? write_counted(f, n, out) : write_digits(f->characters, n, out);
    case SEXAGENARY: return write_sexagenary(n, out);
    case HEXADECIMAL:
        return n < 0 ? write_decimal(n, out)
                     : (size_t)snprintf(out, NUMERAL_MAX, "%lX", (unsigned long)n);
    case DASHED: return (size_t)snprintf(out, NUMERAL_MAX, "- %ld -", n);
    case ORDINAL: return write_ordinal(n, out);
    case CARDINAL_TEXT: return write_words(n, false, out);
    case ORDINAL_TEXT: return write_words(n, true, out);
    case NATIVE_KOREAN: return write_native_korean(n, out);
    case DECIMAL: break;
    }
    return write_decimal(n, out);
}

size_t numeral_write_custom(str format_text, long n, char out[NUMERAL_MAX]) {
    str first = str_trim(str_cut(format_text, 0, str_find_byte(format_text, ',', 0)));
    size_t zeros = 0;
    while (zeros < first.n && first.p[zeros] == '0') zeros++;
    bool padded = zeros + 1 == first.n && first.p[zeros] == '1' && zeros < 20 && n >= 0;
    return padded ? (size_t)snprintf(out, NUMERAL_MAX, "%0*ld", (int)zeros + 1, n)
                  : write_decimal(n, out);
}
