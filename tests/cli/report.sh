# Reports, undo, and dry runs.
. "$(dirname "$0")/lib.sh"
clean >../want; dirty >a.txt; mkdir in
printf '一、甲\n正\342\200\213文\342\200\213。\n\n\n\n结\357\273\277束\n' >in/b.txt; cp a.txt in/a.txt; clean >in/c.txt

run 0 clean --filters invisible,blank in -o out --report r.jsonl
holds r.jsonl '"type":"document"'; holds r.jsonl '"output":"out/b.txt"'; holds r.jsonl '"filter":"invisible"'
# The report is the same for any number of jobs, and in the order of the inputs.
for jobs in 1 2 8; do
    rm -rf out r$jobs.jsonl; run 0 clean --filters invisible,blank in -o out --report r$jobs.jsonl -j$jobs
done
same r1.jsonl r2.jsonl; same r1.jsonl r8.jsonl
[ "$(grep -o '"type":"document","path":"[^"]*"' r1.jsonl | tr -d '\n')" = '"type":"document","path":"in/a.txt""type":"document","path":"in/b.txt""type":"document","path":"in/c.txt"' ] ||
    wrong "the order of documents in the report"
run 0 clean $invisible in/a.txt -o single.txt --report -; prints '"type":"document"'

# All put back is the input; of several documents, the one that the output names or --input.
for name in a b c; do run 0 undo r1.jsonl out/$name.txt; same ../out in/$name.txt; silent; done
run 0 undo r1.jsonl out/b.txt -o back.txt; same back.txt in/b.txt; silent
run 0 undo r1.jsonl out/b.txt -o back.txt; same back.txt in/b.txt
mv out/b.txt moved.txt
run 2 undo r1.jsonl moved.txt; says "moved.txt"
run 0 undo r1.jsonl moved.txt --input in/b.txt; same ../out in/b.txt
run_input 0 moved.txt undo r1.jsonl - --input in/b.txt; same ../out in/b.txt
run 2 undo r1.jsonl moved.txt --input in/none.txt; says "in/none.txt"; nothing
# Some of it.
run 0 undo r1.jsonl moved.txt --input in/b.txt --only 1; differ ../out in/b.txt; differ ../out moved.txt
run 2 undo r1.jsonl moved.txt --input in/b.txt --only 99; nothing
# Not onto what was read, nor onto what is not ours.
run 2 undo r1.jsonl moved.txt --input in/b.txt -o moved.txt -f; says "the output would be the input itself"
run 2 undo r1.jsonl moved.txt --input in/b.txt -o r1.jsonl -f; says "the output would be the input itself"
run 2 undo r1.jsonl moved.txt --input in/b.txt -o a.txt; says "a.txt: it exists"
echo more >>moved.txt
run 2 undo r1.jsonl moved.txt --input in/b.txt; nothing; says "moved.txt: "
run 0 clean in/b.txt -o made.docx --report made.jsonl
run 2 undo made.jsonl made.docx; nothing; says "made.docx: only text written from a text file can be put back"
run 2 undo none.jsonl a.txt; says "none.jsonl: cannot open it"
run 2 undo in/b.txt a.txt; says "in/b.txt:line 1: this is no report"

# A dry run writes nothing and says in the conditional what it would do.
run 0 clean --filters invisible,blank in -o dry --report dry.jsonl --dry-run
gone dry dry.jsonl
prints "in/a.txt: removals that would be made: 1 (3 bytes of text); dry/a.txt would be written"
prints "in/c.txt: nothing to change; dry/c.txt would be written"
says "3 files: 2 would be changed, 1 would not, 0 would fail"; says "dry.jsonl: the report would be written"
run 0 clean $invisible in --dry-run; prints "stdout would be written"
run 3 clean $invisible in/a.txt none -n; says "none: cannot open it"
run 0 clean $invisible -n in/a.txt --lang zh; prints "将删除 1 处（3 字节）；将写出 stdout"
finish
