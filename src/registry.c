#include "registry.h"

#define FILTER(name) extern const filter filter_##name;
#include "filters.def"
#undef FILTER

static const filter *const filters[] = {
#define FILTER(name) &filter_##name,
#include "filters.def"
#undef FILTER
};

static const qw_profile_info profiles[] = {
#define PROFILE(name, chain, english, chinese) {name, {english, chinese}, chain},
#include "profiles.def"
#undef PROFILE
};

/* FORMAT(name, 1, 0, …) declares and points to reader_name only. */
#define READER_DECLARE_0(name)
#define READER_DECLARE_1(name) extern const reader reader_##name;
#define WRITER_DECLARE_0(name)
#define WRITER_DECLARE_1(name) extern const writer writer_##name;
#define READER_POINTER_0(name) NULL
#define READER_POINTER_1(name) &reader_##name
#define WRITER_POINTER_0(name) NULL
#define WRITER_POINTER_1(name) &writer_##name

#define FORMAT(name, reads, writes, binary, extensions, english, chinese)                          \
    READER_DECLARE_##reads(name) WRITER_DECLARE_##writes(name)
#define VIEW(name, english, chinese) WRITER_DECLARE_1(name)
#include "formats.def"
#undef FORMAT
#undef VIEW

typedef struct format {
    qw_format_info info;
    const reader *reader;
    const writer *writer;
} format;

static const format formats[] = {
#define FORMAT(name, reads, writes, binary, extensions, english, chinese)                          \
    {{#name, {english, chinese}, extensions, reads, writes, binary},                               \
     READER_POINTER_##reads(name),                                                                 \
     WRITER_POINTER_##writes(name)},
#define VIEW(name, english, chinese)                                                               \
    {{#name, {english, chinese}, "", false, true, false}, NULL, WRITER_POINTER_1(name)},
#include "formats.def"
#undef FORMAT
#undef VIEW
};

enum {
    NFILTERS = sizeof filters / sizeof *filters,
    NPROFILES = sizeof profiles / sizeof *profiles,
    NFORMATS = sizeof formats / sizeof *formats,
};

const qw_filter_info *qw_filter_at(size_t i) {
    return i < NFILTERS ? &filters[i]->info : NULL;
}

const qw_format_info *qw_format_at(size_t i) {
    return i < NFORMATS ? &formats[i].info : NULL;
}

const qw_profile_info *qw_profile_at(size_t i) {
    return i < NPROFILES ? &profiles[i] : NULL;
}

const filter *registry_filter(str name) {
    for (size_t i = 0; i < NFILTERS; i++)
        if (str_eq(str_of(filters[i]->info.name), name)) return filters[i];
    return NULL;
}

const qw_profile_info *registry_profile(str name) {
    for (size_t i = 0; i < NPROFILES; i++)
        if (str_eq(str_of(profiles[i].name), name)) return &profiles[i];
    return NULL;
}

const writer *registry_writer(str name) {
    for (size_t i = 0; i < NFORMATS; i++)
        if (str_eq(str_of(formats[i].info.name), name)) return formats[i].writer;
    return NULL;
}

const reader *registry_reader(str name, str bytes, str input_name, int *bid) {
    const reader *best = NULL;
    *bid = 0;
    for (size_t i = 0; i < NFORMATS; i++) {
        const reader *r = formats[i].reader;
        if (!r || (name.n && !str_eq(str_of(formats[i].info.name), name))) continue;
        int offer = name.n ? 100 : r->probe(bytes, input_name);
        if (offer > *bid) *bid = offer, best = r;
    }
    return best;
}

const char *registry_reader_name(const reader *r) {
    for (size_t i = 0; i < NFORMATS; i++)
        if (formats[i].reader == r) return formats[i].info.name;
    return "";
}
