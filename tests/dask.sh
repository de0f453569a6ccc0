#!/bin/sh
# dask: docs/examples/dask/clean.py, as it stands there, on two worker processes: its answers are
# those of one pipe. Skipped (77) without Dask. Usage: dask.sh PROGRAM PYTHON EXAMPLE SAMPLES
set -eu
program=$1 python=$2 example=$3 samples=$4
"$python" -c 'import distributed' 2>/dev/null || { echo "skipped: no Dask here (python3-distributed)"; exit 77; }
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
cd "$top"
mkdir in
n=0
while [ $n -lt 120 ]; do # more than two partitions of the example
    for file in "$samples"/*; do cp "$file" "in/$n-$(basename "$file")"; done
    n=$((n + 1))
done
PATH=$(dirname "$program"):$PATH
timeout 100 "$python" "$example" in out.jsonl >said 2>&1 || { tail -5 said; exit 1; }
find "$top/in" -type f | LC_ALL=C sort >names
sed 's/.*/{"id":"&","path":"&"}/' names | qingwen pipe >want.jsonl
cmp out.jsonl want.jsonl
[ "$(wc -l <out.jsonl)" -eq "$(wc -l <names)" ]
! grep -q '"error":' out.jsonl
echo "$(wc -l <out.jsonl) documents, the same as through one pipe"
