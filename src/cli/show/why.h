/* why: the library's reasons in the language of the person who reads them. The library and the
 * report write them in English; what people are shown is translated phrase by phrase. */
#ifndef QW_CLI_SHOW_WHY_H
#define QW_CLI_SHOW_WHY_H

#include "say.h"

/* Adds a reason to t: "contact 65 + a line of its own 15 = 80" as "联系方式 65 + 独占一行 15 = 80".
 * Phrases that are not known stay as they are. Control characters are made visible. */
void why_show(text *t, qw_language language, qw_str reason);

#endif
