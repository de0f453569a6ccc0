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
says "2 files: 0 changed, 1 unchanged, 0 failed, 1 done before"
checked; [ "$(stat -c %Y c.txt)" = "$(date -d '2020-01-02 03:04:05' +%s)" ] || wrong "the date changed"

# A backup is not lost, unless it is given up.
cp ../dirty a.txt; echo older >a.txt.bak
run 2 clean $invisible a.txt --in-place; same a.txt ../dirty; holds a.txt.bak older
says "qingwen: a.txt: there is a backup of it from before; move it away, or give --in-place=SUFFIX another one"
run 0 clean $invisible a.txt --in-place=.orig; same a.txt ../clean; same a.txt.orig ../dirty; holds a.txt.bak older
cp ../dirty a.txt
run 0 clean $invisible a.txt --in-place --force; same a.txt ../clean; same a.txt.bak ../dirty

# A page by the name of a document is read for its text only: it stays as it is.
printf '<html><body><p>网页</p><table><tr><td>表</td></tr></table></body></html>' >page.doc; cp page.doc ../page.doc
run 2 clean page.doc --in-place; says "of a page of HTML only the text is read"; same page.doc ../page.doc; gone page.doc.bak
mkdir pages; mv page.doc pages/page.docx; run 0 clean pages -o cleaned-pages; holds cleaned-pages/page.txt '网页
表'; rm -r pages cleaned-pages

# Folders; backups in them are no inputs, not even to a second run.
mkdir -p in/deep; cp ../dirty in/1.txt; cp ../dirty in/deep/2.txt; iconv -f UTF-8 -t GB18030 ../clean >in/3.txt
run 0 clean $invisible in --in-place --report r2.jsonl -j2; says "3 files: 2 changed, 1 unchanged"
only in 1.txt 1.txt.bak deep/2.txt deep/2.txt.bak 3.txt 3.txt.bak; same in/1.txt ../clean; same in/3.txt ../clean
lines r2.jsonl "$(wc -l <r2.jsonl)"; run 0 undo r2.jsonl in/deep/2.txt; same ../out ../dirty
run 0 convert in --in-place; says "3 files: 0 changed, 3 unchanged"
there in/.qingwen.db

# The same again does only what is new or changed, and the report is that of both.
run 0 clean $invisible in --in-place --report r3.jsonl; says "3 files: 0 changed, 3 unchanged"
mkdir more; for i in 1 2 3; do cp ../dirty more/$i.txt; done
run 0 clean $invisible more --in-place --report r4.jsonl; cp r4.jsonl ../r4
cp ../dirty more/4.txt; touch -d '2021-01-02 03:04:05' more/1.txt
run 0 clean $invisible more --in-place --report r4.jsonl; says "4 files: 1 changed, 0 unchanged, 0 failed, 3 left out, 3 done before"
head -n "$(wc -l <../r4)" r4.jsonl >../begin; same ../begin ../r4
run 0 undo r4.jsonl --input more/2.txt more/2.txt; same ../out ../dirty
run 0 undo r4.jsonl --input more/4.txt more/4.txt; same ../out ../dirty
run 0 status more; prints "4"
cp ../dirty more/2.txt; run 3 clean $invisible more --in-place; says "more/2.txt: there is a backup of it"; says "3 done before"
run 0 clean $invisible more --in-place=.orig; same more/2.txt ../clean; same more/2.txt.orig ../dirty
run 0 clean $invisible more --in-place --force; says "0 changed"; says_not "done before"
cp ../dirty 'in/x.txt[1]'; run 0 convert in '--in-place=[1]'; same 'in/x.txt[1]' ../dirty
run 0 clean $invisible in --in-place -n; prints "in/1.txt: nothing to change"

# Several inputs have one state, in what all of them lie in; so has one file that a report is made of.
mkdir many many/x many/y; for i in x/1 x/2 y/1 3; do cp ../dirty many/$i.txt; done
run 0 clean $invisible many/x many/y many/3.txt --in-place --report many.jsonl; cp many.jsonl ../r5
there many/.qingwen.db; gone many/x/.qingwen.db
run 0 clean $invisible many/x many/y many/3.txt --in-place --report many.jsonl; says "4 done before"; same many.jsonl ../r5
for i in x/1 x/2 y/1 3; do run 0 undo many.jsonl --input many/$i.txt many/$i.txt; same ../out ../dirty; done
mkdir lone; cp ../dirty lone/1.txt
for round in 1 2; do run 0 clean $invisible lone/1.txt --in-place --report lone/r.jsonl; done
run 0 undo lone/r.jsonl lone/1.txt; same ../out ../dirty

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

# Killed at some moments: every file is what it was, or clean with its backup; run again, all is done
# and the report has every removal.
mkdir hit; i=0
while [ $i -lt 200 ]; do i=$((i + 1)); cp ../dirty hit/$i.txt; done
for pause in 0.03 0.08 0.15 0.25; do
    "$program" clean $invisible hit --in-place --report hit.jsonl -j2 2>/dev/null &
    process=$!
    sleep $pause; kill -KILL $process 2>/dev/null; wait $process 2>/dev/null
    command="clean hit --in-place, killed after $pause s"; checked
    for f in hit/*.txt; do
        if cmp -s "$f" ../clean; then cmp -s "$f.bak" ../dirty || wrong "$f has no backup"
        elif ! cmp -s "$f" ../dirty; then wrong "$f is neither"; fi
    done
done
sleep 0.5
run 0 clean $invisible hit --in-place --report hit.jsonl
checked; [ "$(grep -c '"filter":"invisible"' hit.jsonl)" -ge 200 ] || wrong "the report lacks edits"
for i in 1 57 200; do run 0 undo hit.jsonl --input hit/$i.txt hit/$i.txt; same ../out ../dirty; same hit/$i.txt ../clean; done

no_leftovers
finish
