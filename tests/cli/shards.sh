# Shards, status and merging: together they are what one run is.
. "$(dirname "$0")/lib.sh"
mkdir in
for i in 1 2 3 4 5 6 7 8 9; do mkdir in/$i; dirty >in/$i/a.txt; { clean; echo "扫码关注公众号“松塔文稿屋”，海量范文免费下载$i"; } >in/$i/b.txt; done
printf 'PK\3\4broken' >in/5/bad.docx; printf '\211PNG\r\n\032\n' >in/5/p.png
if command -v zip >/dev/null; then # members in an order that is not that of their names
    mkdir zipped; for i in z a m; do dirty >zipped/$i.txt; done; (cd zipped && zip -q ../in/7/more.zip z.txt a.txt m.txt)
    more=3
fi
unset SLURM_ARRAY_TASK_ID JOB_COMPLETION_INDEX AWS_BATCH_JOB_ARRAY_INDEX

run 3 clean in -o out --report whole.jsonl; run 3 status out --json; cp ../out ../status
mv out one
for i in 1 2 3 4; do
    "$program" clean in -o out --shard $i/4 --report part$i.jsonl -q 2>/dev/null; code=$?
    checked; [ $code -eq 0 ] || [ $code -eq 3 ] || wrong "exit code $code of shard $i"
done
there out/.qingwen-1-of-4.db out/.qingwen-4-of-4.db; gone out/.qingwen.db
(cd one && find . -name '*.txt' -exec cksum {} + | sort) >../want; (cd out && find . -name '*.txt' -exec cksum {} + | sort) >../got
same ../want ../got
checked; [ "$(cat part?.jsonl | wc -l)" -eq "$(wc -l <whole.jsonl)" ] || wrong "the shards' reports are not the whole"

# What they did together.
run 3 status out; prints "$((20 + ${more:-0})) inputs: $((18 + ${more:-0})) done"; prints "all 4 shards are done"; prints "in/5/bad.docx: "; prints "ads "
run 3 status out --json; sed 's/"shards":{[^}]*},//' ../out >../got; same ../got ../status
run 3 status out --lang zh; prints "全部 4 个分片均已完成"

# Merged, they are the state and report of one run.
run 0 merge out -o merged/all.db --report merged.jsonl; sed 's/"output":"one/"output":"out/' whole.jsonl >../w.jsonl; same merged.jsonl ../w.jsonl
run 0 merge one/.qingwen.db -o single.db --report -; same ../out ../w.jsonl
run 3 status merged/all.db --json; same ../out ../status
for state in merged/all.db single.db; do run 0 report $state -o $state.html; done; same merged/all.db.html single.db.html
if command -v sqlite3 >/dev/null; then
    for state in merged/all single; do # all but times
        sqlite3 $state.db 'select * from input; select input, name, current, size, digest from output; select * from rule;
            select * from edit; select * from report; select input from timing' >$state.rows
    done
    same merged/all.rows single.rows; holds single.rows 扫码
fi
run 0 merge out -o merged/all.db; run 2 merge out -o one; says "there is a state that is no result of merging"
run 0 merge out -o one --force

# What is missing, in the array's own numbers.
rm out/.qingwen-2-of-4.db out/.qingwen-4-of-4.db
run 75 status out; prints "shards to be run again: 2 of 4: --array=2,4"
run 75 status out --json; prints '"missing":"2,4"'
run 75 merge out -o part.db; says "not all runs came to their end"
export SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=8 SLURM_ARRAY_TASK_ID
for SLURM_ARRAY_TASK_ID in 0 1 2 5; do "$program" clean in -o array --shard auto -q 2>/dev/null; done
run 75 status array; prints "--array=3-4,6-7"
# … so that those can be submitted again, by themselves.
SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=4
for SLURM_ARRAY_TASK_ID in 3 4 6; do "$program" clean in -o array --shard auto -q 2>/dev/null; done
SLURM_ARRAY_TASK_ID=7; "$program" clean in -o array --shard auto/8 -q 2>/dev/null
run 3 status array --json; sed 's/"shards":{[^}]*},//' ../out >../got; same ../got ../status
SLURM_ARRAY_TASK_ID=9; run 2 clean in -o array --shard auto; says "this is task 9 of an array of 8"
run 2 clean in -o new --shard auto; says "how many tasks the whole array has is not known"
unset SLURM_ARRAY_TASK_ID SLURM_ARRAY_TASK_MIN SLURM_ARRAY_TASK_MAX SLURM_ARRAY_TASK_COUNT
run 2 clean in -o array --shard auto; says "--shard auto finds no job array"
for index in 0 1; do
    AWS_BATCH_JOB_ARRAY_INDEX=$index AWS_BATCH_JOB_ARRAY_SIZE=3 "$program" clean in -o aws --shard auto -q 2>/dev/null
    JOB_COMPLETION_INDEX=$index "$program" clean in -o k8s --shard auto/2 -q 2>/dev/null
done
run 75 status aws; prints "--array=2"
run 3 status k8s; prints "all 2 shards are done"

for bad in 0/4 5/4 x 1 1/ /4 1/4x auto/0 auto/x; do run 2 clean in -o none --shard $bad; says "is no value for --shard"; done
run 2 clean in/1/a.txt --shard 1/2; says "--shard is for runs into a folder"
run 2 status none; says "none: cannot open it"; run 2 status in; says "in: there is no state of a run in it"
run 2 status; says "no run was named"; run 2 merge out; says "where to is not said"
run 2 status in/1/a.txt; says "in/1/a.txt: it is no state that this version wrote"
finish
