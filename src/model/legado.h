/* legado: rules of the reader app Legado (净化规则, exported as JSON), which many people own. */
#ifndef QW_MODEL_LEGADO_H
#define QW_MODEL_LEGADO_H

#include "model/rules_read.h"

/* Whether the text of a rule file is JSON. */
bool legado_is(str text);

/* Reads an export, an array of rules or a single one, and adds its rules to out, as marks that go
 * wherever they are found. Left out are rules that are switched off, and those for chapter titles
 * alone. One with an expression or a replacement that only Java has is refused (draft.refusal, or
 * when it is compiled). False after fail(). */
bool legado_read(arena *mem, str name, str text, rule_texts *out, qw_error *why);

#endif
