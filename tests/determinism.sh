#!/bin/sh
# determinism: one thread or eight, the same bytes: of every output, of the report, of the messages.
# Usage: determinism.sh PROGRAM FIXTURES
set -eu
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/in" # many small files, so that the threads have something to get wrong
for copy in 1 2 3 4; do
    cp -R "$2" "$scratch/in/$copy"
done
cd "$scratch"
for threads in 1 8; do
    code=0
    LC_ALL=C.UTF-8 "$1" clean in -o out --to txt -j $threads --report report.jsonl \
        >stdout 2>stderr || code=$?
    echo "exit $code" >>stderr
    mkdir "with-$threads"
    mv out report.jsonl stdout stderr "with-$threads/"
done
files=$(find with-1/out -type f | wc -l)
echo "$files outputs compared"
[ "$files" -ge 20 ]
diff -r -x .qingwen.db with-1 with-8 # but for times, which the state holds
