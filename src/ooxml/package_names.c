/* package_names: the names of parts, and finding a part by its name. */
#include "ooxml/package_parts.h"

#include <stdlib.h>

bool package_room(package *p, size_t n) {
    p->parts = arena_zalloc(p->mem, n, sizeof *p->parts);
    p->entries = arena_zalloc(p->mem, n, sizeof *p->entries);
    p->sorted = arena_zalloc(p->mem, n, sizeof *p->sorted);
    return p->parts && p->entries && p->sorted;
}

str package_clean_name(arena *mem, str name) {
    while (name.n && (name.p[0] == '/' || name.p[0] == '\\')) name = str_cut(name, 1, name.n);
    char *p = arena_alloc(mem, name.n + 1);
    if (!p) return (str){NULL, 0};
    for (size_t i = 0; i < name.n; i++) p[i] = name.p[i] == '\\' ? '/' : name.p[i];
    p[name.n] = '\0';
    return str_make(p, name.n);
}

bool package_good_name(str name) {
    str rest = name, step;
    for (size_t i = 0; i < name.n; i++)
        if ((uint8_t)name.p[i] < 0x20) return false;
    if (name.n == 0 || (name.n > 1 && name.p[1] == ':')) return false;
    while (str_next(&rest, '/', &step))
        if (str_eq(step, STR(".."))) return false;
    return true;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static int compare_names(str a, str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    for (size_t i = 0; i < n; i++) {
        int order = (uint8_t)lower(a.p[i]) - (uint8_t)lower(b.p[i]);
        if (order) return order;
    }
    return (a.n > b.n) - (a.n < b.n);
}

/* qsort() hands over no context, so pointers to names are sorted and turned into indices after. */
static int compare_parts(const void *a, const void *b) {
    const package_part *x = *(package_part *const *)a, *y = *(package_part *const *)b;
    int order = compare_names(x->name, y->name);
    return order ? order : (x > y) - (x < y);
}

bool package_sort(package *p, qw_error *why) {
    const package_part **order = arena_zalloc(p->mem, p->nparts, sizeof *order);
    if (!order) return fail_memory(why);
    for (size_t i = 0; i < p->nparts; i++) order[i] = &p->parts[i];
    if (p->nparts) qsort(order, p->nparts, sizeof *order, compare_parts);
    for (size_t i = 0; i < p->nparts; i++) {
        p->sorted[i] = (uint32_t)(order[i] - p->parts);
        if (i > 0 && compare_names(order[i - 1]->name, order[i]->name) == 0)
            return fail(why, MSG_ZIP_DUPLICATE, order[i]->name, NO_ARGS);
    }
    return true;
}

size_t package_find(const package *p, str name) {
    size_t low = 0, high = p->nparts;
    while (name.n && name.p[0] == '/') name = str_cut(name, 1, name.n);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_names(name, p->parts[p->sorted[middle]].name);
        if (order == 0) return p->sorted[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return STR_NONE;
}

size_t package_count(const package *p) {
    return p->nparts;
}

const package_part *package_at(const package *p, size_t i) {
    return &p->parts[i];
}
