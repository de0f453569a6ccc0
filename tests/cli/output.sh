# Where results go: names, folders, several inputs and formats.
. "$(dirname "$0")/lib.sh"
clean >../want

# One input without -o goes to stdout, and so it does for -o -.
dirty >a.txt
run 0 clean $invisible a.txt; same ../out ../want; silent
run 0 clean $invisible a.txt -o -; same ../out ../want
gone .qingwen

# OUT is a file …
run 0 clean $invisible a.txt -o deep/er/b.txt; same deep/er/b.txt ../want; silent; nothing
run 0 clean $invisible a.txt -o b.jsonl; holds b.jsonl '"path":"a.txt"'
run 0 clean $invisible a.txt -o b.md; there b.md
run 0 clean $invisible a.txt -o noname; same noname ../want
# … or a folder: by the slash, because it is one, or because there is more than one result.
run 0 clean $invisible a.txt -o slash/; only slash a.txt
mkdir there
run 0 clean $invisible a.txt -o there; only there a.txt
run 0 clean $invisible --to txt,jsonl a.txt -o two; only two a.txt a.jsonl
dirty >c.text
run 0 clean $invisible a.txt c.text -o several; only several a.txt c.text
run 2 clean $invisible a.txt c.text -o a.txt; says "a.txt: it is a file, and a folder is needed here"
run 2 clean $invisible a.txt -o a.txt/; says "it is a file, and a folder is needed here"

# A folder is walked; its paths are kept below OUT.
mkdir -p in/sub/deeper in/empty
dirty >in/a.txt; dirty >in/sub/b.TXT; dirty >in/sub/deeper/1.5万字; dirty >in/.hidden.txt
printf 'lock' >'in/~$a.docx'
run 0 clean $invisible in -o tree; only tree a.txt sub/b.TXT sub/deeper/1.5万字.txt
says "qingwen: 3 files: 3 changed, 0 unchanged, 0 failed; removals: 3"
gone tree/empty
# With several inputs each folder goes under its own name, and each file under its own.
mkdir -p x/in; dirty >x/in/z.txt
run 0 clean $invisible in/sub x/in a.txt -o both
only both sub/b.TXT sub/deeper/1.5万字.txt in/z.txt a.txt
(cd in/sub && "$program" clean $invisible . ../a.txt -o ../../dot -q); only dot sub/b.TXT sub/deeper/1.5万字.txt a.txt

# Outputs inside the input folder are not read again.
run 0 clean $invisible in -o in/done; only in/done a.txt sub/b.TXT sub/deeper/1.5万字.txt
run 0 clean $invisible in -o in/done; only in/done a.txt sub/b.TXT sub/deeper/1.5万字.txt
rm -r in/done
for again in 1 2; do
    run 0 clean $invisible in -o in/sub/zz --report in/sub/zz.jsonl
    only in/sub/zz a.txt sub/b.TXT sub/deeper/1.5万字.txt
done
rm -r in/sub/zz in/sub/zz.jsonl
run 2 clean $invisible in -o in; says "in: it is the input folder itself"
run 2 clean $invisible in -o x/../in/; says "it is the input folder itself"

# Links: named ones are followed, others are not.
mkdir links; dirty >links/real.txt; ln -s ../a.txt links/soft.txt; ln -s .. links/up; ln -s none links/dead.txt
run 0 clean $invisible links -o unlinked; only unlinked real.txt; says "3 left out"
run 0 clean -v $invisible links -o unlinked; says "links/soft.txt: a symbolic link, not followed"
run 0 clean $invisible links/soft.txt; same ../out ../want
run 2 clean links/dead.txt; says "links/dead.txt: cannot open it"
mkfifo links/pipe
run 0 clean $invisible links -o unlinked -v; says "links/pipe: no regular file, left out"

# Outputs that would have one name.
mkdir twins; dirty >twins/a.txt; dirty >twins/a.text; dirty >twins/b.text; dirty >twins/c; dirty >twins/a.TXT
run 0 clean $invisible twins -o apart; only apart a.txt a.text a.TXT b.text c.txt
run 0 clean $invisible --to md twins -o marked; only marked a.txt.md a.text.md a.TXT.md b.md c.md
run 0 clean $invisible --to txt,md twins/b.text -o marked2; only marked2 b.text b.md

# What is no text does not go to a terminal; what is one does.
if script -qec true /dev/null >/dev/null 2>&1 </dev/null && "$program" formats | grep -q '^docx .*writes'; then
    command='clean --to docx a.txt, on a terminal'; checked
    script -qec "'$program' clean --to docx a.txt; echo code \$?" /dev/null >../out 2>../err </dev/null
    prints "docx is not for a terminal; give -o FILE or redirect stdout"; prints "code 2"; prints_not PK
    script -qec "'$program' clean $invisible a.txt; echo code \$?" /dev/null >../out 2>../err </dev/null
    prints "各项工作有序推进"; prints "code 0"
    run 0 clean --to docx a.txt; prints PK; run 0 clean a.txt -o a.docx; there a.docx
    # In a folder a document stays what it is, unless another format is asked for.
    mkdir word; cp a.docx word; dirty >word/b.txt
    run 0 clean word -o words; only words a.docx b.txt
    run 0 convert word -o words2; only words2 a.txt b.txt
    run 0 clean --to txt word -o words3; only words3 a.txt b.txt
fi
finish
