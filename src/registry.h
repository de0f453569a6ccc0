/* registry: the readers, writers, filters and profiles there are, from the .def lists. */
#ifndef QW_REGISTRY_H
#define QW_REGISTRY_H

#include "filter.h"
#include "format/format.h"

/* NULL when there is none of this name. */
const filter *registry_filter(str name);
const qw_profile_info *registry_profile(str name);
const writer *registry_writer(str name);

/* The reader of this name; with an empty name, the one that bids most for the bytes. *bid is what
 * it bid (100 for a name). NULL when there is none. */
const reader *registry_reader(str name, str bytes, str input_name, int *bid);

/* The name of a reader. */
const char *registry_reader_name(const reader *r);

#endif
