# Workers are processes: what happens to one of them happens to one file. A named pipe that nobody
# writes to is a file that takes for ever.
. "$(dirname "$0")/lib.sh"
[ -r /proc/self/stat ] || { echo "no /proc: skipped"; exit 77; }
dirty >a.txt
mkdir in; for i in 1 2 3 4 5 6 7 8; do cp a.txt in/$i.txt; done
mkfifo slow

# The processes whose parent is $1, and all of them in turn.
children_of() { cat /proc/"$1"/task/"$1"/children 2>/dev/null; }
[ -r /proc/$$/task/$$/children ] || { echo "no list of children in /proc: skipped"; exit 77; }
wait_for() { # COMMAND...: until it succeeds
    tries=0
    until "$@" || [ $tries -ge 200 ]; do sleep 0.05; tries=$((tries + 1)); done
}
alive() { kill -0 "$1" 2>/dev/null; }
has_children() { [ -n "$(children_of "$1")" ]; }

# A file that takes too long fails; the others are done.
run 3 clean $invisible slow in -o late --max-time 1 -j2
says "qingwen: slow: it took longer than 1 s; --max-time allows more"; says "9 files: 8 changed, 0 unchanged, 1 failed"
only late in/1.txt in/2.txt in/3.txt in/4.txt in/5.txt in/6.txt in/7.txt in/8.txt; no_leftovers
run 2 clean $invisible slow --max-time 1; says "it took longer than 1 s"
run 2 clean a.txt --max-time x; says "“x” is no value for --max-time"
run 0 clean $invisible a.txt --max-time 0

# A worker that is killed takes its file with it, no other.
command='clean slow in, worker killed'; checked
"$program" clean $invisible slow in -o hit -j1 2>../err &
process=$!
wait_for has_children $process
sleep 0.2
for child in $(children_of $process); do kill -KILL "$child"; done
wait $process; code=$?
[ $code -eq 3 ] || wrong "exit code $code, not 3"
says "qingwen: slow: its worker was killed, perhaps because memory was out; use fewer jobs (-j)"
only hit in/1.txt in/2.txt in/3.txt in/4.txt in/5.txt in/6.txt in/7.txt in/8.txt; no_leftovers
command='clean slow in, worker crashed'
"$program" clean $invisible in slow -o hit2 -j2 2>../err &
process=$!
wait_for [ -e hit2/in/8.txt ]
for child in $(children_of $process); do kill -SYS "$child"; done
wait $process; code=$?; checked
[ $code -eq 3 ] || wrong "exit code $code, not 3"
says "qingwen: slow: the program broke down at it (signal 31), and nothing was written for it"
only hit2 in/1.txt in/2.txt in/3.txt in/4.txt in/5.txt in/6.txt in/7.txt in/8.txt

# Archives are listed by a process too: what stands before and behind one that takes long is done. To
# list this one is to unpack 4 GiB.
mkdir packed last; cp a.txt packed/x.txt; cp a.txt packed/y.txt
"$program" convert packed --to-archive zip -o good.zip || wrong "no archive could be made"
cp good.zip last/more.zip; cp a.txt last/z.txt
make_slow() { # FILE
    truncate -s 4313841664 long.txt
    tar cf - long.txt 2>/dev/null | head -c 512 | gzip >"$1"
    head -c 16777216 /dev/zero | gzip >../zeros; head -c 18874368 /dev/urandom | gzip -1 >../noise
    head -c 10240 /dev/zero | gzip >../end
    i=0; while [ $i -lt 256 ]; do cat ../zeros; i=$((i + 1)); done >>"$1"
    cat ../noise ../end >>"$1"; rm long.txt ../zeros ../noise
}
tar cf small.tar packed
if ! "$program" detect small.tar 2>&1 | grep -q "reads ZIP only"; then
    make_slow slow.tgz
    run 3 clean $invisible in slow.tgz last good.zip -o listed --max-time 1 -j2
    says "qingwen: slow.tgz: it took longer than 1 s; --max-time allows more"
    says "14 files: 13 changed, 0 unchanged, 1 failed"
    for i in x y; do same listed/good/$i.txt listed/in/1.txt; same listed/last/more/$i.txt listed/in/1.txt; done
    no_leftovers
    for signal in KILL SYS; do
        command="clean slow.tgz last, lister hit by $signal"; checked
        "$program" clean $invisible slow.tgz last -o hit$signal -j1 2>../err &
        process=$!
        wait_for has_children $process
        for child in $(children_of $process); do kill -$signal "$child"; done
        wait $process; code=$?
        [ $code -eq 3 ] || wrong "exit code $code, not 3"
        only hit$signal last/more/x.txt last/more/y.txt last/z.txt
    done
    says "slow.tgz: the program broke down at it (signal 31)"
    command='clean slow.tgz, interrupted'; checked
    "$program" clean $invisible slow.tgz in -o told --max-time 0 2>../err &
    process=$!
    wait_for has_children $process
    children=$(children_of $process)
    kill -TERM $process; wait $process; code=$?
    [ $code -eq 143 ] || wrong "exit code $code"
    for child in $children; do checked; ! alive "$child" || wrong "process $child is an orphan"; done
fi

# Memory: the file that needs more than it may have fails. A sanitizer's own memory counts too: then
# nothing can be told.
i=0; while [ $i -lt 60000 ]; do echo "第$i行：今年以来，各项工作有序推进，取得了新的成效。"; i=$((i + 1)); done >big.txt
if "$program" clean $invisible a.txt --max-memory 200M >/dev/null 2>&1; then
    run 3 clean $invisible big.txt in -o small --max-memory 2M
    says "qingwen: big.txt: "; says "9 files: 8 changed, 0 unchanged, 1 failed"; no_leftovers
fi
# An archive with more members than may be remembered, beside others.
if command -v python3 >/dev/null && "$program" clean $invisible a.txt --max-memory 200M >/dev/null 2>&1; then
    python3 -c 'import zipfile
with zipfile.ZipFile("many.zip", "w") as z:
    for i in range(40000): z.writestr("%0150d.png" % i, b"")'
    run 3 clean $invisible in many.zip good.zip -o many --max-memory 6M
    says "qingwen: many.zip: "; says "11 files: 10 changed, 0 unchanged, 1 failed"
fi
run 2 clean a.txt --max-memory 0; says "“0” is no value for --max-memory"
run 2 clean a.txt --max-memory 1T; says "--max-memory"

# When the supervisor is killed outright, its workers end, and the next run removes what is left.
command='clean, killed'; checked
"$program" clean $invisible in slow -o left -j2 2>../err &
process=$!
wait_for [ -e left/in/8.txt ]
children=$(children_of $process)
[ -n "$children" ] || wrong "there are no workers"
kill -KILL $process; wait $process 2>/dev/null || :
for child in $children; do
    wait_while() { ! alive "$child"; }
    wait_for wait_while
    checked; ! alive "$child" || wrong "worker $child is an orphan"
done
name=.qingwen-00000000-999999999-1-0
touch -d '2 days ago' left/in/$name; touch left/in/.qingwen-00000000-999999998-1-0 left/in/.qingwen-mine
run 0 clean $invisible in a.txt -o left; gone left/in/$name
there left/in/.qingwen-00000000-999999998-1-0 left/in/.qingwen-mine # perhaps another machine's; nobody's

# A signal to the supervisor ends all of them at once.
command='clean, interrupted'; checked
"$program" clean $invisible in slow -o ended -j4 2>../err &
process=$!
wait_for [ -e ended/in/8.txt ]
children=$(children_of $process)
kill -TERM $process; wait $process; code=$?
[ $code -eq 143 ] || wrong "exit code $code"
for child in $children; do checked; ! alive "$child" || wrong "worker $child is an orphan"; done
finish
