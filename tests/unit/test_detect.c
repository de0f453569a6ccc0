/* detect: short strings, marks, other languages, what is no text, and files of several encodings.
 */
#include "check.h"

#include "base/utf8.h"
#include "text/decode.h"
#include "text/encode.h"
#include "text/score.h"
#include "text/tables/code_costs.h"

static arena *mem;
static const encode_tables *tables;

/* The text in an encoding; UTF-16 and UTF-8 too. */
static str in(encoding_id id, const char *text) {
    str s = str_of(text);
    uint8_t *p = arena_alloc(mem, 4 * s.n + 4);
    size_t n = 0;
    for (size_t at = 0; p && at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (id == ENC_UTF8)
            n += utf8_write((char *)p + n, c);
        else if (id == ENC_UTF16LE)
            p[n++] = (uint8_t)c, p[n++] = (uint8_t)(c >> 8);
        else if (id == ENC_UTF16BE)
            p[n++] = (uint8_t)(c >> 8), p[n++] = (uint8_t)c;
        else
            n += encode_char(tables, encoding_at(id), c, p + n);
    }
    return (str){(const char *)p, n};
}

static const char *found(str bytes) {
    detection d;
    detect((const uint8_t *)bytes.p, bytes.n, &d);
    return d.enc ? encoding_name(d.enc) : "binary";
}

#define FINDS(bytes, name) CHECK_STR(str_of(found(bytes)), STR(name))

static void tells_short_strings(void) {
    static const char *const simplified[] = {"关于开展主题教育的通知", "目录", "春风又绿江南岸",
                                             "第三季度工作总结"};
    for (size_t i = 0; i < sizeof simplified / sizeof *simplified; i++) {
        FINDS(in(ENC_GB18030, simplified[i]), "GB18030");
        FINDS(in(ENC_UTF8, simplified[i]), "UTF-8");
        if (i == 1) continue; /* two characters of UTF-16 can be anything */
        FINDS(in(ENC_UTF16LE, simplified[i]), "UTF-16LE");
        FINDS(in(ENC_UTF16BE, simplified[i]), "UTF-16BE");
    }
    FINDS(in(ENC_BIG5, "關於召開會議的通知"), "Big5");
    FINDS(in(ENC_BIG5, "佢哋喺度開會，啲嘢唔使帶。"), "Big5-HKSCS");
    FINDS(STR("\xC6\xA1\xC5\x55\xB4\xC1\xC6\xA2\xA6\xA8\xAA\x47"), "Big5-HKSCS"); /* ①…②… */
    FINDS(in(ENC_SHIFT_JIS, "会議の開催について"), "Shift_JIS");
    FINDS(in(ENC_EUC_KR, "회의 개최 안내"), "EUC-KR");
}

static void tells_other_languages(void) {
    FINDS(STR("plain words, and nothing else"), "UTF-8");
    FINDS(STR("Les \xE9l\xE8ves ont pr\xE9par\xE9 la f\xEAte de No\xEBl."), "windows-1252");
    FINDS(STR("\xCE\xE1\xFA\xFF\xE2\xEB\xE5\xED\xE8\xE5 \xEE \xF1\xEE\xE1\xF0\xE0\xED\xE8\xE8"),
          "windows-1251");
    FINDS(STR("\xEF\xC2\xDF\xD1\xD7\xCC\xC5\xCE\xC9\xC5 \xCF \xD3\xCF\xC2\xD2\xC1\xCE\xC9\xC9"),
          "KOI8-R");
    FINDS(STR("no shift ~{, and an escape \x1B for nothing"), "UTF-8");
    FINDS(in(ENC_GB18030, "询唯一指"), "GB18030");  /* or four letters of three alphabets */
    FINDS(in(ENC_UTF16LE, "年上半年"), "UTF-16LE"); /* or eight ASCII characters */
    FINDS(STR("a\x1B$BF|K\\\x1B(Bz"), "ISO-2022-JP");
}

/* One accented letter and the next would be an ideograph in the middle of a word. */
static void takes_accents_for_letters(void) {
    static const char *const lines[] = {
        "completa de todos os pacotes listados com anteced\x88ncia.",
        "9.8.6. Limpar conte\243do de ficheiro",
        "|Ger\x84t | Beschreibung  |Datei-Deskriptor|",
        "fra en udstyrsleverand\x9Br.",
        "* C\xEEMO Linux 2.4 NAT",
        "\xA1"
        "C\xF3mo brilla la luna sobre el r\xEDo!",
        "\xB3"
        "disk\xB3Size (minimum)\xB3Mount point\xB3",
        "CHU\xD4\xDEI1 and CHU\xD4\xDEI2",
        "OPTIONS: obs=B\xB5JT",
        "EIN ABSCHLIE\xDFLICHES WORT \xDC"
        "BER ALLES",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        detection d;
        detect((const uint8_t *)lines[i], strlen(lines[i]), &d);
        CHECK(d.enc && encoding_is_ascii(d.enc) && !strchr("GBS", *encoding_name(d.enc)));
    }
}

static void believes_marks(void) {
    FINDS(STR("\xEF\xBB\xBF x"), "UTF-8");
    FINDS(STR("\xFF\xFE\x00\x4E"), "UTF-16LE");
    FINDS(STR("\xFE\xFF\x4E\x00"), "UTF-16BE");
    detection d;
    detect((const uint8_t *)"\xEF\xBB\xBF x", 5, &d);
    CHECK(d.bom);
}

static void refuses_what_is_no_text(void) {
    FINDS(STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0"), "binary");
    FINDS(STR("\x01\x02\x03\x04\x05\x06\x07\x0E\x0F\x10\x11\x12\x13\x14\x15\x16"), "binary");
}

/* Decodes all stretches one after the other; checks that they cover the bytes. */
static str read_all(str bytes, size_t *count) {
    stretch *s;
    detection whole;
    char *out = arena_alloc(mem, 3 * bytes.n + 16);
    size_t n = 0;
    uint64_t at = 0;
    CHECK(detect_stretches(mem, (const uint8_t *)bytes.p, bytes.n, NULL, &s, count, &whole));
    for (size_t i = 0; out && i < *count; i++) {
        decoded d;
        CHECK_INT(s[i].off, at);
        at += s[i].len;
        CHECK(decode_stretch(mem, &s[i], (const uint8_t *)bytes.p, &d));
        memcpy(out + n, d.text.p, d.text.n);
        n += d.text.n;
    }
    CHECK_INT(at, bytes.n);
    return (str){out, n};
}

static str join(str a, str b) {
    return arena_join(mem, a, b);
}

#define BODY                                                                                       \
    "各科室要认真对照检查，列出问题清单，逐项整改到位。\n"                \
    "办公室负责汇总情况，每月通报一次进展，确保年底前全部完成。\n"

static void cuts_mixed_files(void) {
    static const char ad[] = "本文档由学习资料网收集整理，仅供参考\n";
    static const encoding_id pairs[][2] = {
        {ENC_UTF8, ENC_GB18030},    {ENC_GB18030, ENC_UTF8}, {ENC_UTF8, ENC_UTF16LE},
        {ENC_GB18030, ENC_UTF16LE}, {ENC_UTF8, ENC_UTF16BE},
    };
    str text = join(STR(BODY), join(str_of(ad), STR(BODY)));
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t count;
        str body = in(pairs[i][0], BODY), other = in(pairs[i][1], ad);
        CHECK_STR(read_all(join(body, join(other, body)), &count), text);
        CHECK_INT(count, 3);
        CHECK_STR(read_all(join(other, body), &count), join(str_of(ad), STR(BODY)));
        CHECK_INT(count, 2);
        CHECK_STR(read_all(join(body, other), &count), join(STR(BODY), str_of(ad)));
        CHECK_INT(count, 2);
    }
}

static void cuts_inside_a_line(void) {
    size_t count;
    str line =
        join(in(ENC_UTF8, BODY "会议强调，要压实责任。"), in(ENC_GB18030, "更多资料请访问网站\n"));
    CHECK_STR(read_all(line, &count), STR(BODY "会议强调，要压实责任。更多资料请访问网站\n"));
    CHECK_INT(count, 2);
}

static void finds_big5_in_gb18030(void) {
    size_t count;
    str mixed =
        join(in(ENC_GB18030, BODY),
             join(in(ENC_BIG5, "請各單位於月底前將報告送交秘書處彙整\n"), in(ENC_GB18030, BODY)));
    CHECK_STR(read_all(mixed, &count), STR(BODY "請各單位於月底前將報告送交秘書處彙整\n" BODY));
}

/* A few damaged bytes are damage, and no piece of UTF-16. */
static void marks_damage(void) {
    static const char *const damages[] = {"\1\1\1\1\1\1\1\1", "\xFF\xFF\xFF",
                                          "\xED\xA0\x80\xED\xB0\x80"};
    static const char text[] = "为进一步做好社区网格管理工作，现将本年度的情况报告如下，请予审议。";
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        size_t n = strlen(damages[i]);
        for (size_t at = 3; at + 3 < sizeof text; at += 3) {
            char *p = arena_alloc(mem, sizeof text + n);
            memcpy(p, text, at);
            for (size_t k = 0; k < n; k++) /* 1 stands for NUL */
                p[at + k] = damages[i][k] == 1 ? 0 : damages[i][k];
            memcpy(p + at + n, text + at, sizeof text - 1 - at);
            stretch *list;
            size_t count;
            CHECK(detect_stretches(mem, (uint8_t *)p, sizeof text - 1 + n, NULL, &list, &count,
                                   NULL));
            for (size_t k = 0; k < count; k++) CHECK_INT(encoding_unit(list[k].enc), 1);
        }
    }
}

/* A byte too few or too many where characters are of two: what follows is read as it was. */
static void reads_on_behind_damage(void) {
    static const encoding_id ids[] = {ENC_GB18030, ENC_UTF16LE, ENC_UTF16BE};
    static const char line[] = "会议强调，要压实责任，细化措施，确保各项任务按期完成，群众满意。\n";
    static const char rest[] = "确保各项任务按期完成，群众满意。\n" BODY;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        size_t count, body = in(ids[i], BODY).n;
        str text = join(in(ids[i], BODY), join(in(ids[i], line), in(ids[i], BODY)));
        for (size_t at = body; at < body + 24; at++) {
            char *p = arena_alloc(mem, text.n + 1);
            memcpy(p, text.p, at);
            memcpy(p + at, text.p + at + 1, text.n - at - 1);
            CHECK(str_ends(read_all((str){p, text.n - 1}, &count), str_of(rest)));
            memcpy(p + at + 1, text.p + at, text.n - at);
            p[at] = '\xC8';
            CHECK(str_ends(read_all((str){p, text.n + 1}, &count), str_of(rest)));
        }
    }
}

/* Each character of `line` loses its first byte in turn; in at most `most` cases more than it and
 * the two behind it are wrong. */
static void survives_loss(encoding_id id, const char *line, const char *body, size_t most) {
    str text = str_of(line), bytes = join(in(id, body), join(in(id, line), in(id, body)));
    size_t lost = in(id, body).n, wrong = 0, count, third = 0;
    for (size_t k = 0; k < 3; k++) utf8_next(text, &third);
    for (size_t at = 0, behind = third; behind + 12 < text.n; utf8_next(text, &behind)) {
        size_t start = at;
        utf8_next(text, &at);
        char *p = arena_alloc(mem, bytes.n);
        memcpy(p, bytes.p, lost);
        memcpy(p + lost, bytes.p + lost + 1, bytes.n - lost - 1);
        str rest = join(str_cut(text, behind, text.n), str_of(body));
        wrong += !str_ends(read_all((str){p, bytes.n - 1}, &count), rest);
        char one[8] = {0};
        memcpy(one, text.p + start, at - start);
        lost += in(id, one).n;
    }

    CHECK(wrong <= most);
}

static void falls_into_step_again(void) {
    survives_loss(ENC_BIG5, "會議強調，要壓實責任，細化措施，確保各項任務按期完成，群眾滿意。\n",
                  "各單位應於月底前將報告送交秘書處，由專人彙整後呈報。\n", 1);
    survives_loss(ENC_EUC_KR, "회의에서는 책임을 강화하고 세부 조치를 마련하도록 강조하였습니다.\n",
                  "각 부서는 월말까지 보고서를 제출하여 주시기 바랍니다.\n", 1);
}

/* A single letter among ideographs, and frames, are no sign of damage. */
static void leaves_letters_and_frames_alone(void) {
    static const char letters[] =
        "鑫A座B棟的住戶請於D區集合，攜帶X光片及Y表。\n甲C乙D丙E丁F戊G己\n";
    static const char frames[] = "┌────┬────┐\n│부서│연락처│\n└────┴────┘\n";
    size_t count;
    CHECK_STR(read_all(in(ENC_BIG5, letters), &count), str_of(letters));
    CHECK_STR(read_all(in(ENC_EUC_KR, frames), &count), str_of(frames));
    CHECK_INT(count, 1);
}

/* Rules of ASCII beside a damaged line, which would be rows of one character in UTF-16. */
static void leaves_ascii_rules_alone(void) {
    static const char *const rules[] = {
        "--------------------------------\n", "=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-\n",
        "********************************\n", "|(example.net)------|-----------------|\n",
        "+----------+---------+--------+\n",  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        size_t count;
        str damaged = join(in(ENC_GB18030, BODY), STR("\xB3\n"));
        str text = join(damaged, join(str_of(rules[i]), in(ENC_GB18030, BODY)));
        CHECK(str_find(read_all(text, &count), str_of(rules[i]), 0) != STR_NONE);
    }
}

/* Rare characters in a row would cost less if they were shifted by a byte, but are no damage. */
static void leaves_rare_characters_alone(void) {
    static const char rare[] = "龘靐齉齾爩鱻麤灪吁龗爨癵籱饢驫鲡鹂鸾滟钂厵"
                               "骉犇羴猋麤赑鱻晶磊淼焱垚\n";
    size_t count;
    CHECK_STR(read_all(in(ENC_GB18030, rare), &count), str_of(rare));
    str text = join(in(ENC_GB18030, BODY), join(in(ENC_GB18030, rare), in(ENC_GB18030, BODY)));
    CHECK_STR(read_all(text, &count), join(STR(BODY), join(str_of(rare), STR(BODY))));
    CHECK_INT(count, 1);
}

static void obeys_what_is_forced(void) {
    stretch *s;
    size_t count;
    str bytes = in(ENC_GB18030, BODY);
    CHECK(detect_stretches(mem, (const uint8_t *)bytes.p, bytes.n, encoding_at(ENC_BIG5), &s,
                           &count, NULL));
    CHECK(count == 1 && s[0].enc == encoding_at(ENC_BIG5));
    CHECK(detect_stretches(mem, NULL, 0, NULL, &s, &count, NULL));
    CHECK_INT(count, 0);
}

/* The tables of costs say for each code what the decoder and the model say one after the other. */
static void costs_of_codes(encoding_id id, const uint8_t *costs) {
    size_t known = 0, wrong = 0;
    for (unsigned code = 0x8000; code < 0x10000; code++) {
        uint8_t bytes[2] = {(uint8_t)(code >> 8), (uint8_t)code};
        str text = STR("");
        decoded d;
        if (bytes[1] >= 0x40 && decode(mem, encoding_at(id), bytes, 2, 0, &d) && !d.nbad)
            text = d.text;
        size_t at = 0;
        uint32_t c = text.n ? utf8_next(text, &at) : 0;
        bool one = text.n && at == text.n && c >= 0x800 && !d.npua;
        bool han = c - 0x4E00 < 0x5200;
        int cost = one && han ? han_cost(c) : one && is_chinese_sign(c) ? 8 * BIT : 0;
        if (han && cost == 24 + 10 * 15) cost = 0; /* never seen */
        known += costs[code - 0x8000] > 0;
        wrong += costs[code - 0x8000] != cost;
    }
    CHECK_INT(wrong, 0);
    CHECK(known > 5000);
}

static void knows_what_codes_cost(void) {
    costs_of_codes(ENC_GB18030, gb18030_costs);
    costs_of_codes(ENC_BIG5, big5_costs);
}

int main(void) {
    mem = arena_new(0);
    tables = mem ? encode_tables_new(mem) : NULL;
    if (!tables) return 1;
    RUN(knows_what_codes_cost);
    RUN(tells_short_strings);
    RUN(tells_other_languages);
    RUN(takes_accents_for_letters);
    RUN(believes_marks);
    RUN(refuses_what_is_no_text);
    RUN(cuts_mixed_files);
    RUN(cuts_inside_a_line);
    RUN(finds_big5_in_gb18030);
    RUN(marks_damage);
    RUN(reads_on_behind_damage);
    RUN(leaves_rare_characters_alone);
    RUN(falls_into_step_again);
    RUN(leaves_letters_and_frames_alone);
    RUN(leaves_ascii_rules_alone);
    RUN(obeys_what_is_forced);
    arena_free(mem);
    return check_result();
}
