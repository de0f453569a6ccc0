# --in-place: inputs are replaced, and never lost.
. "$(dirname "$0")/lib.sh"
dirty >../dirty; clean >../clean; cp ../dirty a.txt; cp ../clean c.txt

# The clean file in the place of the input, which stays beside it, with its rights and date.
chmod 640 a.txt; touch -d '2020-01-02 03:04:05' a.txt
run 0 clean $invisible a.txt --in-place --report r.jsonl
same a.txt ../clean; same a.txt.bak ../dirty; nothing
checked; [ "$(stat -c %a a.txt)" = 640 ] || wrong "rights are $(stat -c %a a.txt)"
checked; [ "$(stat -c %Y a.txt.bak)" = "$(date -d '2020-01-02 03:04:05' +%s)" ] || wrong "the backup has another date"
run 0 undo r.jsonl a.txt; same ../out ../dirty
run 0 undo r.jsonl a.txt -o back.txt; same back.txt ../dirty

# What does not change is left alone; a second run does nothing.
touch -d '2020-01-02 03:04:05' c.txt
run 0 clean $invisible a.txt c.txt --in-place; same a.txt ../clean; same c.txt ../clean; gone c.txt.bak
says "2 files: 0 changed, 2 unchanged"
checked; [ "$(stat -c %Y c.txt)" = "$(date -d '2020-01-02 03:04:05' +%s)" ] || wrong "the date changed"

# A backup is not lost, unless it is given up.
cp ../dirty a.txt; echo older >a.txt.bak
run 2 clean $invisible a.txt --in-place; same a.txt ../dirty; holds a.txt.bak older
says "qingwen: a.txt: there is a backup of it from before; move it away, or give --in-place=SUFFIX another one"
run 0 clean $invisible a.txt --in-place=.orig; same a.txt ../clean; same a.txt.orig ../dirty; holds a.txt.bak older
cp ../dirty a.txt
run 0 clean $invisible a.txt --in-place --force; same a.txt ../clean; same a.txt.bak ../dirty

# Folders; backups in them are no inputs, not even to a second run.
mkdir -p in/deep; cp ../dirty in/1.txt; cp ../dirty in/deep/2.txt; iconv -f UTF-8 -t GB18030 ../clean >in/3.txt
run 0 clean $invisible in --in-place --report r2.jsonl -j2; says "3 files: 2 changed, 1 unchanged"
only in 1.txt 1.txt.bak deep/2.txt deep/2.txt.bak 3.txt 3.txt.bak; same in/1.txt ../clean; same in/3.txt ../clean
lines r2.jsonl "$(wc -l <r2.jsonl)"; run 0 undo r2.jsonl in/deep/2.txt; same ../out ../dirty
run 0 convert in --in-place; says "3 files: 0 changed, 3 unchanged"
cp ../dirty 'in/x.txt[1]'; run 0 convert in '--in-place=[1]'; same 'in/x.txt[1]' ../dirty
run 0 clean $invisible in --in-place -n; prints "in/1.txt: nothing to change"

# Another format, another place, stdin, pipes: no.
for words in '-o out' '--to jsonl' '- '; do
    run 2 clean a.txt --in-place $words; says "--in-place is for files and folders"
done
run 2 clean a.txt --in-place=; says "--in-place needs a value"
run 2 clean a.txt --in-place=/x; says "“/x” is no value for --in-place"
run 2 check a.txt --in-place; says "has no option --in-place"
mkfifo pipe; (cat ../dirty >pipe) & run 2 clean pipe --in-place; says "pipe: --in-place is for files and folders"; wait

# A link that is named: the file it leads to is replaced, and stays where it is.
cp ../dirty far.txt; ln -s far.txt near.txt
run 0 clean $invisible near.txt --in-place; same far.txt ../clean; same far.txt.bak ../dirty
checked; [ -L near.txt ] || wrong "the link is gone"
# The same file twice: the second time it is another one.
cp ../dirty twice.txt; run 3 clean $invisible twice.txt ./twice.txt --in-place
same twice.txt ../clean; same twice.txt.bak ../dirty

# A disk that is full: a limit on the size of files stands for it.
i=0; while [ $i -lt 4000 ]; do cat ../dirty; i=$((i + 1)); done >big.txt; cp big.txt ../big
command='clean big.txt --in-place, files limited'; checked
(trap '' XFSZ; ulimit -f 40; "$program" clean $invisible big.txt --in-place 2>../err); code=$?
[ $code -eq 2 ] || wrong "exit code $code, not 2"
says "big.txt: cannot write it (it would be larger than is allowed); nothing was changed there"
same big.txt ../big; gone big.txt.bak
if [ "$(id -u)" -ne 0 ]; then # nothing is forbidden to root
    mkdir shut; cp ../dirty shut/a.txt; chmod 500 shut
    run 2 clean $invisible shut/a.txt --in-place; says "no right to it"; same shut/a.txt ../dirty
fi
no_leftovers
finish
