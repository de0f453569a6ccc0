/* ads_maker: lines that hold nothing but a name that a mark of the same document gives as its
 * maker's: 甲乙丙 alone, where 甲乙丙整理 stands elsewhere. */
#include "ads.h"

/* The name at the start of the skeleton of "甲乙丙整理，…": Han up to a word of making. Empty when
 * there is none. */
static str name_in(str s) {
    static const char *const makers[] = {"整理", "收集", "制作", "提供", "出品", "搜集", "上传"};
    size_t at = 0, letters = 0;
    while (at < s.n && letters <= 8) {
        for (size_t k = 0; k < sizeof makers / sizeof *makers; k++)
            if (str_starts(str_cut(s, at, s.n), str_of(makers[k])))
                return letters >= 3 ? str_cut(s, 0, at) : STR("");
        if (!is_han(utf8_next(s, &at))) return STR("");
        letters++;
    }
    return STR("");
}

/* The skeleton of a block that is not longer than a line. */
static str line_skeleton(ads_work *w, uint32_t index) {
    enum { LINE = 1000 };
    str text = w->d->blocks[index].text;
    if (text.n > LINE) return STR("");
    skeleton_make(ruleset_folding(w->stage->rules), text, NULL, &w->skeleton);
    return form_str(&w->skeleton);
}

static void add_named_line(ads_work *w, uint32_t index) {
    str text = w->d->blocks[index].text;
    ads_add(w, (mark){.block = index,
                      .to = (uint32_t)text.n,
                      .score = 90,
                      .kinds = 1u << ADS_NAME,
                      .signs = ADS_OWN_LINE | ADS_KNOWN,
                      .rule = STR("name-learned")});
}

void ads_find_named_lines(ads_work *w) {
    enum { MOST_NAMES = 4 };
    str names[MOST_NAMES];
    size_t n = 0, before = w->marks.n;
    for (size_t i = 0; i < before && n < MOST_NAMES; i++) {
        const mark *m = &w->marks.items[i];
        if (m->score < ads_limit(w) || !(m->kinds >> ADS_ORIGIN & 1) || m->from) continue;
        str name = name_in(line_skeleton(w, m->block));
        bool again = !name.n;
        for (size_t k = 0; k < n; k++) again |= str_eq(names[k], name);
        if (again) continue;
        names[n] = arena_str(w->d->mem, name);
        if (!names[n++].p) w->failed = true;
    }
    for (uint32_t i = 0; n && i < w->d->nblocks; i++) {
        const block *b = &w->d->blocks[i];
        if (b->text.n > 80 || w->sure[i] || !block_is_text(b)) continue;
        str skeleton = line_skeleton(w, i);
        for (size_t k = 0; k < n; k++)
            if (str_eq(skeleton, names[k])) add_named_line(w, i);
    }
}
