/* ads_why: the grounds of a mark in words, with the points for each. */
#include "ads.h"

const char *const ads_kind_names[ADS_KINDS] = {
    "site",    "name", "origin",   "invite", "contact",   "limit", "disclaim", "offer",
    "page",    "beg",  "jam",      "spam",   "residue",   "mark",  "promo",    "credit",
    "wording", "hint", "official", "lead",   "reference", "code",
};

/* The words for a circumstance, and the sign that stands for it where no points were given. */
typedef struct circumstance {
    const char *words;
    unsigned sign;
} circumstance;

static const circumstance circumstances[GROUNDS - ADS_KINDS] = {
    {"a line of its own", ADS_OWN_LINE},
    {"disguised", ADS_DISGUISED},
    {"an address in brackets or alone", ADS_BRACKETED},
    {"at the edge of a paragraph", ADS_EDGE},
    {"evidence nearly all of it", 0},
    {"worded so", 0},
    {"repeated", ADS_REPEATED},
    {"near the head or tail", ADS_ZONE},
    {"beside another", ADS_NEAR},
    {"a distributor this document names", ADS_KNOWN},
    {"before a heading", ADS_BEFORE_HEADING},
    {"words that speak for the text", 0},
    {"words of offices", 0},
    {"an item of a list", 0},
    {"nothing says who", 0},
    {"its wording alone", 0},
    {"one of several things named", 0},
    {"evidence little of it", 0},
    {"within a sentence", 0},
    {"no clear end", 0},
    {"said by somebody", 0},
    {"in a list of its kind", 0},
    {"a word alone", 0},
    {"a manual", 0},
    {"a text in another language", 0},
    {"one of many addresses", 0},
    {"among an office's contacts", 0},
};

static const char *words_of(int ground) {
    return ground < ADS_KINDS ? ads_kind_names[ground] : circumstances[ground - ADS_KINDS].words;
}

static bool has_sign(const mark *m, int ground) {
    if (ground < ADS_AGAINST) return m->kinds >> ground & 1;
    return ground >= ADS_KINDS && m->signs & circumstances[ground - ADS_KINDS].sign;
}

static str add(arena *mem, str why, const char *between, const char *words, int points) {
    const char *gap = why.n ? between : "";
    int n = why.n ? (int)why.n : 0;
    const char *p = why.n ? why.p : "";
    return points ? arena_printf(mem, "%.*s%s%s %d", n, p, gap, words, points)
                  : arena_printf(mem, "%.*s%s%s", n, p, gap, words);
}

str ads_why(arena *mem, const mark *m) {
    str why = STR("");
    int sum = 0, n = 0;
    for (int sign = 1; sign >= -1; sign -= 2) /* what speaks for it first */
        for (int g = 0; g < GROUNDS; g++) {
            int points = m->why.points[g];
            if (points * sign <= 0) continue;
            why = add(mem, why, sign > 0 ? " + " : " - ", words_of(g), points * sign);
            sum += points, n++;
        }
    if (n > 1) why = arena_printf(mem, "%.*s = %d", (int)why.n, why.p, sum);
    for (int g = 0; g < GROUNDS; g++)
        if (!m->why.points[g] && has_sign(m, g)) why = add(mem, why, ", ", words_of(g), 0);
    return m->signs & ADS_COMMON ? add(mem, why, ", ", "common words only", 0) : why;
}
