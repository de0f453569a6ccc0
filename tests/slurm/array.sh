#!/bin/sh
# array: docs/examples/slurm, as it stands there, on a Slurm of two nodes: a job array of six tasks
# cleans a folder; one is killed in the middle of its work and requeued by Slurm, one is lost and
# submitted again by what `status` says; and the merged outcome is that of a run on one machine,
# byte for byte. Skipped (77) where Slurm cannot be started. Usage: array.sh PROGRAM EXAMPLES SAMPLES
set -u
program=$1 examples=$2 samples=$3
fail() { echo "failed: $*"; tail -n 3 "$cluster"/log/slurmctld.log "$top"/*.out 2>/dev/null; exit 1; }
top=$(mktemp -d)
cluster=$top/cluster
. "$(dirname "$0")/cluster.sh"
trap 'cluster_stop; rm -rf "$top"' EXIT
mkdir "$cluster"
cluster_start || { echo "skipped: $cluster_why"; exit 77; }
cd "$top" || exit 2

# A folder of folders, with a file that is none.
n=0
while [ $n -lt 60 ]; do
    mkdir -p "in/$((n % 7))"
    for file in "$samples"/*; do cp "$file" "in/$((n % 7))/$n-$(basename "$file")"; done
    n=$((n + 1))
done
printf 'PK\003\004 broken' >in/broken.docx
"$program" clean "$top/in" -o "$top/out/" --report alone.jsonl --quiet 2>/dev/null
[ $? -eq 3 ] || fail "the run on one machine"
mv out alone

# Slurm starts this in the program's place. Task 2 breaks off halfway the first time: the program is
# killed when some of its outputs are there, and the node hangs. Task 5 never runs the first time.
cat >qingwen <<END
#!/bin/sh
if [ "\${SLURM_ARRAY_TASK_ID:-}" = 2 ] && [ -z "\${SLURM_RESTART_COUNT:-}" ]; then
    "$program" "\$@" & pid=\$!
    until [ -e "$top/out/.qingwen-2-of-6.db" ]; do :; done
    while "$program" status "$top/out" >/dev/null 2>&1; [ \$? -eq 2 ]; do :; done
    kill -9 \$pid
    touch "$top/hanging"
    sleep 600
fi
[ "\${SLURM_ARRAY_TASK_ID:-}" != 5 ] || [ -e "$top/repaired" ] || exit 1
exec "$program" "\$@"
END
chmod +x qingwen
QINGWEN=$top/qingwen
export QINGWEN
cp "$examples"/* .

wait_for() { # SECONDS WHAT CONDITION...
    left=$(($1 * 5)) what=$2
    shift 2
    until "$@"; do
        left=$((left - 1))
        [ $left -gt 0 ] || fail "$what did not come"
        sleep 0.2
    done
}
all_through() { [ -z "$(squeue -h)" ]; }

job=$(sbatch --parsable --array=1-6 -o "$top/%A-%a.out" clean.sbatch "$top/in" "$top/out") ||
    fail "sbatch"
wait_for 60 "the task that hangs" test -e hanging
"$program" status out >/dev/null
[ $? -eq 75 ] || fail "status does not say that there is more to do"
scontrol requeue "${job}_2" || fail "requeue"
requeued() { # Slurm lets a requeued task wait for two minutes, unless it is told otherwise
    scontrol update "JobId=${job}_2" StartTime=now 2>/dev/null
    [ -z "$(squeue -h -j "${job}_2" -t PENDING,RUNNING,COMPLETING 2>/dev/null)" ]
}
wait_for 90 "the end of the requeued task" requeued
wait_for 60 "the end of the array" all_through

# Task 5 is missing, and status says so in Slurm's own words.
"$program" status out | grep -q -e '--array=5$' || fail "status says: $("$program" status out)"
touch repaired
sh again.sh "$top/in" "$top/out" >again || fail "again.sh"
grep -q . again || fail "again.sh submitted nothing"
wait_for 60 "the end of the second array" all_through
sh again.sh "$top/in" "$top/out" >again
[ ! -s again ] || fail "there is more to do: $("$program" status out)"

"$program" merge out --report merged.jsonl --quiet || fail "merge"
cmp alone.jsonl merged.jsonl || fail "the reports differ"
(cd alone && find . -type f ! -name '.qingwen*' -exec cksum {} +) | LC_ALL=C sort >want
(cd out && find . -type f ! -name '.qingwen*' -exec cksum {} +) | LC_ALL=C sort >got
cmp want got || fail "the outputs differ"
[ "$(wc -l <want)" -eq 300 ] || fail "$(wc -l <want) outputs"
[ -z "$(find out -name '.qingwen-tmp*')" ] || fail "half files are left"
echo "six tasks, one killed and requeued, one lost and submitted again: $(wc -l <got) outputs as of one run"
