#include "ooxml/symbol.h"

enum { FIRST = 0x20, CODES = 0x100 - FIRST };

#define SYMBOL_FONT(id, name, ...)                                                                 \
    static const uint32_t id[] = {__VA_ARGS__};                                                    \
    _Static_assert(sizeof id / sizeof *(id) == CODES, name);
#include "ooxml/symbol.def"
#undef SYMBOL_FONT

static const struct {
    str name;
    const uint32_t *characters;
} fonts[] = {
#define SYMBOL_FONT(id, name, ...) {STR_INIT(name), id},
#include "ooxml/symbol.def"
#undef SYMBOL_FONT
};

static const uint32_t *find_font(str name) {
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        if (str_eq_nocase(name, fonts[i].name)) return fonts[i].characters;
    return NULL;
}

/* Bullets without a font of their own are of Wingdings, but for the round one of Symbol. */
static const uint32_t *font_of_bullet(uint32_t code) {
    return code == 0xB7 ? symbol : wingdings;
}

uint32_t symbol_character(str font, uint32_t c, bool bullet) {
    bool private_use = c >= 0xF000 && c <= 0xF0FF;
    uint32_t code = private_use ? c - 0xF000 : c;
    const uint32_t *characters = find_font(font);
    if (!private_use && (!characters || c > 0xFF)) return c;
    if (!characters && bullet) characters = font_of_bullet(code);
    if (!characters) return c;
    uint32_t found = code >= FIRST ? characters[code - FIRST] : 0;
    return found || !bullet ? found : 0x2022;
}
