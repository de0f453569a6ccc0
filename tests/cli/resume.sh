# Runs that are done again: only what is new, changed or failed is worked on.
. "$(dirname "$0")/lib.sh"
clean >../want; mkdir -p in/sub; dirty >in/a.txt; dirty >in/sub/b.txt; clean >in/c.txt
printf '\211PNG\r\n\032\n' >in/p.png

run 0 clean $invisible in -o out --report r.jsonl; says "3 files: 2 changed, 1 unchanged, 0 failed, 1 left out"
cp r.jsonl ../first.jsonl; cp -p out/a.txt ../dated
run 0 clean $invisible in -o out --report r.jsonl; says "3 files: 0 changed, 0 unchanged, 0 failed, 1 left out, 3 done before"
same r.jsonl ../first.jsonl
checked; [ -z "$(find out/a.txt -newer ../dated)" ] || wrong "what was done before was written anew"

# New, changed, gone from OUT, and with another date alone.
dirty >in/d.txt; printf '又\342\200\213一行。\n' >>in/a.txt; rm out/c.txt; touch -t 200001010000 in/sub/b.txt
run 0 clean $invisible in -o out; says "4 files: 2 changed, 1 unchanged, 0 failed, 1 left out, 1 done before"
holds out/a.txt 又一行。; same out/d.txt ../want; same out/c.txt ../want
run 0 clean $invisible in -o out; says "4 done before"

# Other filters, rules or options do all again; what only tells more does not, but a report does.
run 0 clean --filters blank in -o out; says_not "done before"
run 0 clean --filters blank in -o out -j1 -v --lang en; says "4 done before"
run 0 clean --filters blank in -o out --report r.jsonl; says_not "done before"
run 0 clean --filters blank in -o out --report r.jsonl; says "4 done before"
run 0 convert in -o out; says_not "done before"
run 0 convert in -o out --force; says_not "done before"
run 0 convert in -o out --dry-run; prints "in/a.txt: nothing to change"

# An output that somebody changed is not taken for done, nor written over.
echo 'by hand' >>out/a.txt
run 3 convert in -o out; says "out/a.txt: it exists"; holds out/a.txt 'by hand'
run 3 convert in -o out; says "out/a.txt: it exists"; says "done before"
run 0 convert in -o out --force; same out/a.txt in/a.txt

# What failed is tried again.
printf 'PK\3\4broken' >in/bad.docx
run 3 clean $invisible in -o again; says "1 failed"
run 3 clean $invisible in -o again; says "1 failed"; says "4 done before"
rm in/bad.docx
run 0 clean $invisible in -o again

# The exit code tells of the whole, also of what was done before.
printf '\350\277\231\344\270\200\350\241\214\346\230\257\345\245\275\347\232\204\343\200\202\n\377\376\350\n' >in/bytes.txt
run 3 clean $invisible in -o third -e UTF-8; run 3 clean $invisible in -o third -e UTF-8; says "5 done before"

# Without a report, what lies in a folder is known as a whole; each of these must be seen all the same.
rm -rf out; mkdir -p many/a many/b; for i in 1 2 3; do dirty >many/a/$i.txt; clean >many/b/$i.txt; done
printf '\211PNG\r\n\032\n' >many/b/p.png; ln -s 1.txt many/b/link.txt
again() { run 0 clean $invisible many -o out; says "$1 done before"; }
run 0 clean $invisible many -o out; says "6 files: 3 changed, 3 unchanged, 0 failed, 2 left out"
again "6 files: 0 changed, 0 unchanged, 0 failed, 2 left out, 6"; run 0 clean $invisible many -o out -v; says "link.txt"
dirty >many/b/4.txt; again "7 files: 1 changed, 0 unchanged, 0 failed, 2 left out, 6"; again 7
rm many/b/4.txt; again 6; rm out/b/4.txt; again 6
rm out/a/2.txt; again "6 files: 1 changed, 0 unchanged, 0 failed, 2 left out, 5"; there out/a/2.txt; again 6
printf '再\342\200\213来。\n' >>many/a/3.txt; again 5; holds out/a/3.txt 再来。
cp -p many/a/1.txt kept; printf '\343\200\202' | dd of=many/a/1.txt bs=1 seek=0 conv=notrunc 2>/dev/null; again 5
touch out/b/mine.txt; again 6; there out/b/mine.txt; rm out/b/mine.txt
touch -t 200001010000 out/b/1.txt; again 5; again 6
echo 'by hand' >>out/b/1.txt; run 3 clean $invisible many -o out; says "out/b/1.txt: it exists"; says "5 done before"
run 3 clean $invisible many -o out; says "1 failed"; rm out/b/1.txt; again 5; again 6
run 0 clean $invisible many -o out --report many.jsonl; says_not "done before"
run 0 clean $invisible many -o out --report many.jsonl; says "6 done before"; checked; [ "$(grep -c '"type":"document"' many.jsonl)" -eq 6 ] || wrong "the report lacks documents"
run 0 clean $invisible many/a many/b -o out/; says "6 done before"
run 0 clean --filters blank many -o out; says_not "done before"; run 0 clean --filters blank many -o out; says "6 done before"
run 0 clean --filters blank many -o out --exclude 'b'; says "3 done before"
run 0 clean --filters blank many -o out --dry-run; prints "many/a/1.txt: nothing to change"

# One input, one output: the state lies beside it.
run 0 clean $invisible in/a.txt -o one/x.txt; there one/.qingwen.db
run 0 clean $invisible in/a.txt -o one/x.txt; silent
run 0 clean $invisible in/c.txt -o one/y.txt; run 0 clean $invisible in/a.txt -o one/z.txt; only one x.txt y.txt z.txt
run 2 clean $invisible none.txt -o two/x.txt; gone two

# A state that is none: refused, and made anew when that is wanted.
echo 'this is no database at all, whatever its name may be telling' >out/.qingwen.db
run 2 clean $invisible in -o out; says "out/.qingwen.db: it is no state that this version wrote"
run 3 clean $invisible in -o out --force -e UTF-8; run 3 clean $invisible in -o out -e UTF-8; says "5 done before"

no_leftovers
finish
