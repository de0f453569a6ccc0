/* tables: the generated tables of the decoders (tables/make_codecs.py), compiled once. */
#include "text/tables/double_byte.h"
#include "text/tables/pages.h"

#include "text/tables/double_byte.inc"
#include "text/tables/pages.inc"
