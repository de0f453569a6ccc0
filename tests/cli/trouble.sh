# What the world does to a program: full disks, closed pipes, signals, files that go away. Nothing
# is left half written, and the input is as it was.
. "$(dirname "$0")/lib.sh"
dirty >a.txt
i=0
while [ $i -lt 30000 ]; do echo "第$i行：今年以来，各项工作有序推进，取得了新的成效。"; i=$((i + 1)); done >big.txt
mkdir in; for i in 1 2 3 4 5 6; do cp big.txt in/$i.txt; done

# Standard output that takes nothing.
if [ -c /dev/full ]; then
    command='clean big.txt >/dev/full'; checked
    "$program" clean big.txt >/dev/full 2>../err; [ $? -eq 2 ] || wrong "exit code"
    says "qingwen: cannot write to stdout (the disk is full)"
    "$program" check --filters blank --json a.txt big.txt >/dev/full 2>../err || true
    "$program" filters >/dev/full 2>../err; [ $? -eq 2 ] || wrong "exit code of a list"
    says "cannot write to stdout (the disk is full)"
    run 2 clean a.txt -o /dev/full; says "/dev/full: cannot write it (the disk is full)"
fi

# A reader that goes away: no word, and the end that a signal gives.
command='clean big.txt | head'; checked
{ "$program" clean big.txt 2>../err; echo $? >../code; } | head -c 10 >/dev/null
[ "$(cat ../code)" -eq 141 ] || wrong "exit code $(cat ../code), not 141"; silent

i=0; while [ $i -lt 20000 ]; do echo '行尾有空白 '; i=$((i + 1)); done >blanks.txt
command='check blanks.txt | head'
{ "$program" check --filters spaces blanks.txt in 2>../err; echo $? >../code; } | head -c 10 >/dev/null
checked; [ "$(cat ../code)" -eq 141 ] || wrong "exit code $(cat ../code), not 141"; silent

# A disk that is full: a limit on the size of files stands for it.
command='clean in, files limited'; checked
(trap '' XFSZ; ulimit -f 2000; "$program" clean in a.txt -o limited 2>../err); code=$?
[ $code -eq 3 ] || wrong "exit code $code, not 3"
says "limited/in/1.txt: cannot write it (it would be larger than is allowed); nothing was changed there"
only limited a.txt; no_leftovers
cp big.txt in/old.txt
(trap '' XFSZ; ulimit -f 2000; "$program" clean a.txt big.txt -o kept --report r.jsonl 2>../err)
only kept a.txt; holds r.jsonl '"path":"a.txt"'

# Names that are too long, and folders that cannot be made.
long=$(printf '%0253d' 0)
cp a.txt "$long"
run 3 clean $invisible "$long" a.txt -o longer; says "cannot write it (the name is too long)"; only longer a.txt
run 2 clean a.txt -o a.txt/x/y.txt; says "cannot"
run 2 clean a.txt -o /proc/none/x.txt; says "cannot make the folder"
if [ "$(id -u)" -ne 0 ]; then # nothing is forbidden to root
    cp a.txt secret.txt; chmod 000 secret.txt
    run 2 clean secret.txt; says "secret.txt: cannot open it (no right to it)"
    run 3 clean secret.txt a.txt -o part; only part a.txt
    mkdir locked shut; cp a.txt shut; chmod 500 locked; chmod 000 shut
    run 2 clean a.txt -o locked/; says "locked/a.txt: cannot write it (no right to it)"
    run 3 clean shut a.txt -o part2; says "shut: cannot list the folder (no right to it)"
fi

# A report that cannot be written; the documents are done.
if [ -c /dev/full ]; then
    run 3 clean $invisible a.txt -o done/ --report /dev/full; only done a.txt; says "/dev/full: cannot write it"
fi
run 2 clean $invisible a.txt -o never/ --report none/there/../../a.txt/r; gone never

# Signals: what is being done is given up, what was done stays.
mkfifo slow
command='clean in slow -o stopped, terminated'; checked
"$program" clean $invisible a.txt slow big.txt -o stopped -j1 --report stopped.jsonl 2>../err &
process=$!
tries=0
while [ ! -e stopped/a.txt ] && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
kill -TERM $process
wait $process; code=$?
[ $code -eq 143 ] || wrong "exit code $code, not 143"
says "qingwen: interrupted; what is not listed as done was not written"
only stopped a.txt; holds stopped.jsonl '"path":"a.txt"'; no_leftovers
says_not "slow:"

# A signal ends the wait for a pipe in whatever thread it is.
command='clean slow slow2, terminated'; checked
mkfifo slow2
"$program" clean $invisible slow slow2 -o waiting -j2 2>../err &
process=$!
sleep 0.3
kill -TERM $process; wait $process; code=$?
[ $code -eq 143 ] || wrong "exit code $code, not 143"
gone waiting
{ sleep 0.3; dirty; sleep 0.3; dirty; } >slow &
run 0 clean $invisible slow; lines ../out 4

# Streams that are closed are not mistaken for files.
command='clean, stdout closed'; checked
"$program" clean a.txt big.txt -o closed/ >&- 2>../err || wrong "stdout is not needed"
"$program" clean a.txt >&- 2>../err; [ $? -eq 2 ] || wrong "stdout is needed"; says "cannot write to stdout"
"$program" clean - -o closed2 <&- 2>../err; [ $? -eq 2 ] || wrong "stdin is needed"; gone closed2
"$program" clean a.txt none.txt -o closed3/ 2>&-; [ $? -eq 3 ] || wrong "stderr is not needed"
only closed a.txt big.txt; only closed3 a.txt

# A run that was killed outright is simply run again.
"$program" clean $invisible a.txt slow -o killed -j1 2>../err &
process=$!
tries=0
while [ ! -e killed/a.txt ] && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
kill -KILL $process
wait $process 2>/dev/null || :
run 0 clean $invisible a.txt big.txt -o killed; only killed a.txt big.txt

# Files whose names would play tricks on a terminal.
bad=$(printf 'x\033[31m\ny.txt')
dirty >"$bad"
run 1 check $invisible "$bad"; prints 'x<U+001B>[31m<U+000A>y.txt:2:8: invisible'
run 2 clean "none$bad"; says 'qingwen: nonex<U+001B>[31m<U+000A>y.txt: cannot open it'; lines ../err 1
printf 'caf\351.txt' >../name; dirty >"$(cat ../name)"
run 0 clean $invisible "$(cat ../name)" -o latin; lines ../err 0
no_leftovers
finish
