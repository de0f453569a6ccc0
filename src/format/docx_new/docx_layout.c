#include "format/docx_new/docx_layout.h"

/* "28" or "28.95" points, in twips; 0 when it is none. */
static uint16_t parse_points(str s) {
    unsigned whole = 0, fraction = 0, scale = 1, digits = 0;
    bool point = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && !point) {
            point = true;
        } else if (s.p[i] >= '0' && s.p[i] <= '9' && digits < 6) {
            unsigned digit = (unsigned)(s.p[i] - '0');
            if (point)
                fraction = fraction * 10 + digit, scale *= 10;
            else
                whole = whole * 10 + digit;
            digits++;
        } else {
            return 0;
        }
    }
    unsigned twips = whole * 20 + (fraction * 20 + scale / 2) / scale;
    return twips >= 120 && twips <= 2000 ? (uint16_t)twips : 0;
}

static bool set_font(docx_layout *l, str key, str value) {
    static const struct {
        const char *key;
        docx_font font;
    } keys[] = {
        {"body", FONT_BODY},
        {"title", FONT_TITLE},
        {"hei", FONT_HEAD},
        {"kai", FONT_KAI},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!str_eq(key, str_of(keys[i].key)) || !value.n || value.n > 60) continue;
        l->fonts[keys[i].font].chinese = value;
        return true;
    }
    return false;
}

static bool set_option(docx_layout *l, str option) {
    str key, value = option;
    str_next(&value, '=', &key);
    if (str_eq(key, STR("sealed")) && !value.n) return l->sealed = true;
    if (!str_eq(key, STR("pitch"))) return set_font(l, key, value);
    l->line = parse_points(value);
    l->exact = true;
    return l->line > 0;
}

static const docx_layout *find_name(str name) {
    for (const docx_layout *l = docx_layouts; l->name; l++)
        if (str_eq(str_of(l->name), name)) return l;
    return NULL;
}

const docx_layout *docx_layout_find(arena *mem, const char *asked, qw_error *why) {
    str options = str_of(asked ? asked : "plain"), name = STR(""), option;
    str_next(&options, ':', &name);
    const docx_layout *base = find_name(name);
    if (!base) {
        fail(why, MSG_NO_LAYOUT, STR(""), ARGS(name));
        return NULL;
    }
    if (!options.n) return base;
    docx_layout *own = arena_alloc(mem, sizeof *own);
    if (!own) return fail_memory(why), NULL;
    *own = *base;
    while (str_next(&options, ',', &option)) {
        if (set_option(own, option)) continue;
        fail(why, MSG_BAD_LAYOUT, STR(""), ARGS(option));
        return NULL;
    }
    return own;
}

static bool is_listed(const docx_layout *l, unsigned font) {
    for (unsigned i = 0; i < font; i++)
        if (str_eq(l->fonts[i].chinese, l->fonts[font].chinese)) return true;
    return false;
}

const docx_typeface *docx_layout_face(const docx_layout *l, size_t i) {
    for (unsigned font = 0; font < DOCX_FONTS; font++)
        if (!is_listed(l, font) && i-- == 0) return &l->fonts[font];
    return NULL;
}
