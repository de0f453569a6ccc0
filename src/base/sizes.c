/* sizes: how large the structures of qingwen.h are in this library. */
#include "base/str.h"

#define SIZE(type)                                                                                 \
    { #type, sizeof(type) }

size_t qw_struct_size(const char *name) {
    static const struct {
        const char *name;
        size_t size;
    } all[] = {
        SIZE(qw_str),           SIZE(qw_error),
        SIZE(qw_rule_file),     SIZE(qw_chain_options),
        SIZE(qw_input),         SIZE(qw_limits),
        SIZE(qw_read_options),  SIZE(qw_sink),
        SIZE(qw_write_options), SIZE(qw_summary),
        SIZE(qw_stretch),       SIZE(qw_place),
        SIZE(qw_block_info),    SIZE(qw_edit_info),
        SIZE(qw_note_info),     SIZE(qw_undo_request),
        SIZE(qw_source),        SIZE(qw_notice_sink),
        SIZE(qw_member),        SIZE(qw_archive_options),
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq(str_of(all[i].name), str_of(name))) return all[i].size;
    return 0;
}
