/* symbol: characters of symbol fonts (Symbol, Wingdings 1 to 3, Webdings) as Unicode. */
#ifndef QW_OOXML_SYMBOL_H
#define QW_OOXML_SYMBOL_H

#include "base/str.h"

#include <stdint.h>

/* What character c of a font looks like in Unicode. Symbol fonts lie at U+F000 to U+F0FF or at
 * their code; what they have none for, or Unicode has not, is U+2022 when `bullet`, else 0. In
 * other fonts a character is itself. */
uint32_t symbol_character(str font, uint32_t c, bool bullet);

#endif
