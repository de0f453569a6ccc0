# Undo of chosen edits of a Word document: what the other edits alone would have written.
. "$(dirname "$0")/lib.sh"
printf '一、甲\n正\342\200\213文\342\200\213。\n二、乙\n结\357\273\277束 \n' >a.txt
run 0 convert a.txt -o a.docx
run 0 clean --filters invisible,spaces a.docx -o out.docx --report r.jsonl
holds r.jsonl '"filter":"invisible"'; holds r.jsonl '"filter":"spaces"'
# All of them is the document as it was; some of them are what the other filter alone gives.
text() { run 0 convert "$1" --to txt -o "$1.txt" -f; }
numbers() { grep "\"filter\":\"$1\"" "${2-r.jsonl}" | sed 's/.*"edit":\([0-9]*\).*/\1/' | paste -sd, -; }
run 0 undo r.jsonl out.docx -o whole.docx
run 0 undo r.jsonl out.docx --only "$(numbers invisible),$(numbers spaces)" -o all.docx
same all.docx whole.docx
for name in invisible spaces; do
    other=$([ $name = spaces ] && echo invisible || echo spaces)
    run 0 undo r.jsonl out.docx --only "$(numbers $name)" -o some.docx -f; text some.docx
    rm -f just.docx; run 0 clean --filters $other a.docx -o just.docx; text just.docx
    same some.docx.txt just.docx.txt; same some.docx just.docx
done
# What is no edit; and heading styles, which are edits too.
run 2 undo r.jsonl out.docx --only 99 -o none.docx; says "no edit 99"; gone none.docx
run 0 clean --filters headings:apply,invisible a.docx -o styled.docx --report s.jsonl
run 0 clean --filters headings:apply a.docx -o just.docx -f
run 0 undo s.jsonl styled.docx --only "$(numbers invisible s.jsonl)" -o some.docx -f; same some.docx just.docx
run 0 clean --filters invisible a.docx -o just.docx -f
run 0 undo s.jsonl styled.docx --only "$(numbers headings s.jsonl)" -o some.docx -f; same some.docx just.docx
run 0 undo s.jsonl styled.docx -o whole2.docx; text whole2.docx; text a.docx; same whole2.docx.txt a.docx.txt
finish
