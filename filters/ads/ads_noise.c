/* ads_noise: what is put at the ends of lines against copying, and says nothing: symbols, single
 * letters, rare ideographs at random. No rule is needed to see it. */
#include "ads.h"

/* What a run of ASCII is made of. */
typedef struct run {
    size_t tokens, letters, longest, spaces, odd;
    bool seen[128];
} run;

static void add_to_run(run *r, char c, size_t *word) {
    bool letter = is_ascii_letter((unsigned char)c) || is_ascii_digit((unsigned char)c);
    r->tokens += letter && *word == 0;
    *word = letter ? *word + 1 : 0;
    if (*word > r->longest) r->longest = *word;
    r->letters += letter;
    r->spaces += c == ' ';
    if (!letter && c != ' ' && !r->seen[(unsigned char)c]) {
        r->seen[(unsigned char)c] = true;
        r->odd += strchr(";!?&$%@#`'\"~|\\^_{}[]", c) != NULL;
    }
}

/* Whether a command or an index of TeX stands in s: \pi, a_{10}. */
static bool holds_formula(str s) {
    for (size_t i = 0; i + 2 < s.n; i++) {
        const unsigned char *p = (const unsigned char *)s.p + i;
        if (p[0] == '\\' && is_ascii_letter(p[1]) && is_ascii_letter(p[2])) return true;
        if ((p[0] == '^' || p[0] == '_') && p[1] == '{') return true;
    }
    return false;
}

/* Whether all brackets that open in s close, and there are some. */
static bool is_paired(str s) {
    enum { PAIRS = 2 };
    size_t n[128] = {0};
    for (size_t i = 0; i < s.n; i++) n[(unsigned char)s.p[i] & 0x7F]++;
    return n['('] == n[')'] && n['['] == n[']'] && n['{'] == n['}'] &&
           n['('] + n['['] + n['{'] >= PAIRS;
}

/* Single characters and symbols of all kinds, parted at random: what forums put at the ends of
 * lines against copying. Formulas have longer words and fewer kinds of signs. */
static bool is_noise(const run *r) {
    return r->tokens >= 8 && r->longest <= 3 && 2 * r->tokens >= r->letters && r->spaces >= 4 &&
           r->odd >= 4;
}

enum { LEAST_NOISE = 16 }; /* bytes: all of the least that is_noise() asks for */

/* Whether as many bytes, from p on, can be ASCII. */
static bool may_be_noise(const char *p) {
    unsigned all = (unsigned)p[0] | (unsigned)p[LEAST_NOISE / 2] | (unsigned)p[LEAST_NOISE - 1];
    return !(all & 0x80);
}

static void look_for_noise_at(ads_work *w, uint32_t index, bool at_end) {
    enum { LONGEST = 400 };
    str text = w->d->blocks[index].text;
    run r = {0};
    size_t n = 0, word = 0;
    while (n < text.n && n < LONGEST) {
        char c = at_end ? text.p[text.n - 1 - n] : text.p[n];
        if (c < ' ' || c == 0x7F) break;
        add_to_run(&r, c, &word);
        n++;
    }
    if (n == text.n || !is_noise(&r)) return;
    size_t from = at_end ? text.n - n : 0;
    str noise = str_cut(text, from, from + n);
    if (holds_formula(noise) || is_paired(noise)) return;
    ads_add(w, (mark){.block = index,
                      .from = (uint32_t)from,
                      .to = (uint32_t)(from + n),
                      .score = 90,
                      .kinds = 1u << ADS_JAM,
                      .signs = ADS_EDGE,
                      .rule = STR("jam-edge")});
}

/* The group of radicals of an ideograph from 网 to 衣, which lie side by side in Unicode; else 0.
 */
static int padding_group(uint32_t c) {
    static const uint32_t ends[] = {0x7F51, 0x8026, 0x81F5, 0x864D, 0x8840, 0x897F};
    enum { ENDS = sizeof ends / sizeof *ends };
    int group = 0;
    while (group < ENDS && c >= ends[group]) group++;
    return group < ENDS ? group : 0;
}

/* Whether the end of a block is a run of rare ideographs of a few groups, mixed at random, as some
 * libraries put behind what they pass on; where it begins. Dictionaries have them in order. */
static bool ends_with_padding(str s, size_t *from) {
    enum { LEAST = 16, TURNS = 6, GROUPS = 3 };
    int last = 0, turns = 0, n = 0;
    unsigned seen = 0;
    for (size_t at = s.n; at > 0; *from = at, n++) {
        int group = padding_group(utf8_prev(s, &at));
        if (!group) break;
        turns += group > last && last;
        seen |= 1u << group;
        last = group;
    }
    int groups = 0;
    for (; seen; seen &= seen - 1) groups++;
    return n >= LEAST && turns >= TURNS && groups >= GROUPS;
}

static void look_for_padding(ads_work *w, uint32_t index) {
    str text = w->d->blocks[index].text;
    size_t from = text.n;
    if (!ends_with_padding(text, &from)) return;
    ads_add(w, (mark){.block = index,
                      .from = (uint32_t)from,
                      .to = (uint32_t)text.n,
                      .score = 90,
                      .kinds = 1u << ADS_JAM,
                      .signs = from ? ADS_EDGE : ADS_OWN_LINE,
                      .rule = STR("jam-padding")});
}

/* Whether the last bytes can be those of padding: U+7000 to U+8FFF. */
static bool may_be_padding(str s) {
    unsigned char last = (unsigned char)s.p[s.n - 3], before = (unsigned char)s.p[s.n - 6];
    return (last == 0xE7 || last == 0xE8) && (before == 0xE7 || before == 0xE8);
}

/* Whether one of the common ideographs, U+4E00 to U+9FFF, stands at byte at. */
static bool is_ideograph_at(str s, size_t at) {
    unsigned char first = at + 2 < s.n ? (unsigned char)s.p[at] : 0;
    return first >= 0xE4 && first <= 0xE9 && (first > 0xE4 || (unsigned char)s.p[at + 1] >= 0xB8);
}

bool ads_is_interleaved(str line) {
    enum { BEFORE = 6, TIMES = 3 };
    uint32_t sign = 0, c = 0;
    size_t at = 0;
    for (int i = 0; i < BEFORE && at < line.n && !is_ideograph_at(line, at); i++)
        utf8_next(line, &at);
    if (at == line.n || is_ideograph_at(line, at + 3)) return false;
    c = utf8_next(line, &at);
    for (int times = 0; times < TIMES && is_han(c) && at < line.n; times++) {
        uint32_t between = utf8_next(line, &at);
        if (is_han(between) || is_space(between) || (sign && between != sign)) return false;
        sign = between;
        c = at < line.n ? utf8_next(line, &at) : 0;
    }
    return sign && is_han(c);
}

void ads_look_for_noise(ads_work *w, uint32_t index) {
    str text = w->d->blocks[index].text;
    if (text.n < 24) return;
    if (may_be_padding(text)) look_for_padding(w, index);
    if (may_be_noise(text.p + text.n - LEAST_NOISE)) look_for_noise_at(w, index, true);
    if (may_be_noise(text.p)) look_for_noise_at(w, index, false);
}
