# install: what `cmake --install` puts down serves programs that use pkg-config or CMake.
# Usage: install.sh BUILD-FOLDER CMAKE GENERATOR
set -eu
build=$1 cmake=$2 generator=$3
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
"$cmake" --install "$build" --prefix "$top/usr" >"$top/log" || { cat "$top/log"; exit 1; }
cd "$top"
usr=$top/usr
"$usr/bin/qingwen" --version
test -f "$usr/include/qingwen.h"
test -f "$usr/share/man/man1/qingwen.1"
test -f "$usr/share/man/zh_CN/man1/qingwen.1"
libraries=$(dirname "$(find "$usr" -name libqingwen.a)")

cat >use.c <<'END'
#include <qingwen.h>
#include <stdio.h>
#include <string.h>

/* A name that the library uses inside: the two must not meet. */
int doc_new(void);
int doc_new(void) {
    return 1;
}

static bool print(void *self, const void *bytes, size_t n) {
    return fwrite(bytes, 1, n, self) == n;
}

int main(void) {
    qw_chain *chain = qw_chain_new(&(qw_chain_options){.filters = "invisible"}, NULL);
    qw_workspace *space = qw_workspace_new();
    const char *text = "\xE6\xAD\xA3\xE2\x80\x8B\xE6\x96\x87\n";
    qw_input input = {.name = "a.txt", .bytes = text, .n = strlen(text)};
    qw_doc *doc = qw_read(space, &input, NULL, NULL);
    bool ok = doc && qw_run(chain, doc, NULL) && doc_new() &&
              qw_write(doc, "txt", NULL, &(qw_sink){print, stdout}, NULL);
    qw_workspace_free(space);
    qw_chain_free(chain);
    return !ok;
}
END
expect() {
    [ "$(LD_LIBRARY_PATH=$libraries "$1")" = 正文 ] || { echo "$1 does not work"; exit 1; }
    echo "$1 works"
}

# The shared library and the static one, with pkg-config.
PKG_CONFIG_PATH=$libraries/pkgconfig
export PKG_CONFIG_PATH
pkg-config --exact-version="$("$usr/bin/qingwen" --version | cut -d' ' -f2)" qingwen
flags=$(pkg-config --define-variable=prefix="$usr" --cflags --libs qingwen)
# shellcheck disable=SC2086
cc -std=c11 use.c -o with-shared -I"$usr/include" -L"$libraries" $flags
expect ./with-shared
# shellcheck disable=SC2086,SC2046
cc -std=c11 use.c -o with-static -I"$usr/include" "$libraries/libqingwen.a" \
    $(pkg-config --libs $(pkg-config --print-requires-private qingwen)) -lm
expect ./with-static

# The CMake package.
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.22)
project(use C)
find_package(qingwen 0.1 REQUIRED)
add_executable(cmake-shared use.c)
target_link_libraries(cmake-shared PRIVATE qingwen::qingwen)
add_executable(cmake-static use.c)
target_link_libraries(cmake-static PRIVATE qingwen::qingwen_static)
END
"$cmake" -S . -B b -G "$generator" -DCMAKE_PREFIX_PATH="$usr" >log && "$cmake" --build b >>log || { cat log; exit 1; }
expect b/cmake-shared
expect b/cmake-static
