/* tables: the generated tables of the decoders (tables/make_codecs.py) and of what reads a line
 * quickly (tables/make_costs.py), compiled once. */
#include "text/tables/code_costs.h"
#include "text/tables/double_byte.h"
#include "text/tables/pages.h"
#include "text/tables/plain_codes.h"

#include "text/tables/code_costs.inc"
#include "text/tables/double_byte.inc"
#include "text/tables/pages.inc"
#include "text/tables/plain_codes.inc"
