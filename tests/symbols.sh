#!/bin/sh
# symbols: what the library shows the outside and what it takes from there.
#
#   - the shared library exports exactly what symbols.txt lists, and so does the static one;
#   - every function of the list is declared in the public header, and the reverse;
#   - nothing in the library prints, ends the process, or asks the environment;
#   - nothing in it can be written to between calls: no .data, no .bss.
#
# Usage: symbols.sh SOURCE-FOLDER SHARED-LIBRARY STATIC-LIBRARY
set -eu
list=$1/tests/symbols.txt
failed=0

compare() { # NAME: what stdin has that the list has not, and the reverse
    if ! diff -u "$list" -; then
        echo "$1: differs from tests/symbols.txt"
        return 1
    fi
}

names() { # the defined global symbols of a library, but the toolchain's
    nm "$@" -g --defined-only | awk 'NF == 3 { print $3 }' | grep -Ev '^(_init|_fini|__.*|_edata|_end)$' |
        LC_ALL=C sort -u
}

names -D "$2" | compare "$2" || failed=1
names "$3" | compare "$3" || failed=1
sed -n 's/^QW_API .*[ *]\(qw_[a-z_]*\)(.*/\1/p' "$1/include/qingwen.h" | LC_ALL=C sort |
    compare include/qingwen.h || failed=1

forbidden='printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|fputc|putc|perror|fwrite|fopen|open|stdout|stderr|exit|_exit|abort|__assert_fail|raise|signal|sigaction|getenv|setlocale|setenv|system|fork|rand|srand|time|clock_gettime'
if nm -u "$3" | awk 'NF == 2 { print $2 }' | sort -u | grep -Ex "$forbidden"; then
    echo "$3: takes the above from outside: the library never prints, exits or looks around"
    failed=1
fi

if objdump -t "$3" | awk '$4 ~ /^\.(data|bss|tdata|tbss)(\.rel(\.local)?)?$/ && $NF !~ /^\./ || $3 ~ /^\.(data|bss|tdata|tbss)(\.rel(\.local)?)?$/ && $NF !~ /^\./ { print }' | grep .; then
    echo "$3: the above can be written to: the library has no mutable globals"
    failed=1
fi
exit $failed
