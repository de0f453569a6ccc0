/* replay: runs a fuzz target over files, for compilers without libFuzzer. Arguments are files and
 * folders; options are ignored. With no input at all it fails: a replay must replay something. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int replayed;

static void replay_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END)) exit(1);
    long n = ftell(f);
    uint8_t *data = malloc(n > 0 ? (size_t)n : 1);
    rewind(f);
    if (n < 0 || !data || fread(data, 1, (size_t)n, f) != (size_t)n) exit(1);
    fclose(f);
    LLVMFuzzerTestOneInput(data, (size_t)n);
    free(data);
    replayed++;
}

static void replay(const char *path) {
    DIR *dir = opendir(path);
    if (!dir) {
        replay_file(path);
        return;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        char name[4096];
        if (e->d_name[0] == '.') continue;
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        replay(name);
    }
    closedir(dir);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        if (argv[i][0] != '-') replay(argv[i]);
    printf("%d inputs replayed\n", replayed);
    return replayed == 0;
}
