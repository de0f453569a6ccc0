#include "format/json/fields.h"

void object_begin(out *to, const char *name, str value) {
    out_printf(to, "{\"%s\":", name);
    out_json(to, value);
}

void object_end(out *to) {
    out_text(to, "}\n");
}

void field_str(out *to, const char *name, str value) {
    out_printf(to, ",\"%s\":", name);
    out_json(to, value);
}

void field_number(out *to, const char *name, uint64_t value) {
    out_printf(to, ",\"%s\":%llu", name, (unsigned long long)value);
}

void field_bool(out *to, const char *name, bool value) {
    out_printf(to, ",\"%s\":%s", name, value ? "true" : "false");
}

void field_place(out *to, const qw_place *place) {
    if (place->part.n) field_str(to, "part", place->part);
    field_number(to, "line", place->line);
    field_number(to, "column", place->column);
    field_number(to, "offset", place->offset);
    field_number(to, "length", place->length);
}

void field_region(out *to, const block *b) {
    static const char *const regions[] = {
        "body", "header", "footer", "footnote", "endnote", "comment", "textbox", "meta",
    };
    if (b->region != REGION_BODY) field_str(to, "region", str_of(regions[b->region]));
}
