#include "support/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zip.h>

static void give_up(const char *path, const char *doing) {
    fprintf(stderr, "%s: cannot %s\n", path, doing);
    exit(99);
}

static void add_entry(zip_t *z, const char *folder, const char *name) {
    char *path = text_of("%s/%s", folder, name);
    content c = file_read(path);
    zip_source_t *source = c.p ? zip_source_buffer(z, c.p, c.n, 1) : NULL;
    zip_int64_t index = source ? zip_file_add(z, name, source, ZIP_FL_ENC_UTF_8) : -1;
    /* DOS time 0 and date 0x21: 1980-01-01 00:00 */
    if (index < 0 || zip_file_set_dostime(z, (zip_uint64_t)index, 0, 0x21, 0) != 0)
        give_up(path, "pack");
    free(path);
}

content zip_folder(const char *folder) {
    names list = folder_walk(folder);
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *z = memory ? zip_open_from_source(memory, ZIP_TRUNCATE, NULL) : NULL;
    if (!z) give_up(folder, "pack");
    zip_source_keep(memory);
    const char *types = "[Content_Types].xml";
    for (int rest = 0; rest < 2; rest++)
        for (size_t i = 0; i < list.n; i++)
            if ((strcmp(list.at[i], types) != 0) == rest) add_entry(z, folder, list.at[i]);
    if (zip_close(z) != 0) give_up(folder, "pack");
    names_free(&list);

    zip_stat_t stat;
    if (zip_source_stat(memory, &stat) != 0 || zip_source_open(memory) != 0)
        give_up(folder, "pack");
    content c = {need_memory(NULL, stat.size + 1), stat.size};
    if (zip_source_read(memory, c.p, c.n) != (zip_int64_t)c.n) give_up(folder, "pack");
    zip_source_close(memory);
    zip_source_free(memory);
    return c;
}

static bool unpack_entry(zip_t *z, zip_uint64_t index, const char *folder) {
    zip_stat_t stat;
    if (zip_stat_index(z, index, 0, &stat) != 0 || strstr(stat.name, "..")) return false;
    zip_file_t *f = zip_fopen_index(z, index, 0);
    if (!f) return false;
    char *bytes = need_memory(NULL, stat.size);
    bool whole = zip_fread(f, bytes, stat.size) == (zip_int64_t)stat.size;
    zip_fclose(f);
    char *path = text_of("%s/%s", folder, stat.name);
    if (whole) file_write(path, bytes, stat.size);
    free(path);
    free(bytes);
    return whole;
}

bool unzip_to(const content *package, const char *folder) {
    zip_source_t *source = zip_source_buffer_create(package->p, package->n, 0, NULL);
    zip_t *z = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    if (!z) {
        zip_source_free(source);
        return false;
    }
    folder_make(folder);
    bool good = true;
    zip_int64_t count = zip_get_num_entries(z, 0);
    for (zip_int64_t i = 0; good && i < count; i++) good = unpack_entry(z, (zip_uint64_t)i, folder);
    zip_discard(z);
    return good;
}
