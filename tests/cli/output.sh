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
run 0 clean $invisible a.txt c.text -o several; only several a.txt c.txt
run 2 clean $invisible a.txt c.text -o a.txt; says "a.txt: it is a file, and a folder is needed here"
run 2 clean $invisible a.txt -o a.txt/; says "it is a file, and a folder is needed here"

# A folder is walked; its paths are kept below OUT.
mkdir -p in/sub/deeper in/empty
dirty >in/a.txt; dirty >in/sub/b.TXT; dirty >in/sub/deeper/1.5万字; dirty >in/.hidden.txt
printf 'lock' >'in/~$a.docx'
run 0 clean $invisible in -o tree; only tree a.txt sub/b.txt sub/deeper/1.5万字.txt
says "qingwen: 3 files: 3 changed, 0 unchanged, 0 failed; removals: 3"
gone tree/empty
# With several inputs each folder goes under its own name, and each file under its own.
mkdir -p x/in; dirty >x/in/z.txt
run 0 clean $invisible in/sub x/in a.txt -o both
only both sub/b.txt sub/deeper/1.5万字.txt in/z.txt a.txt
(cd in/sub && "$program" clean $invisible . ../a.txt -o ../../dot -q); only dot sub/b.txt sub/deeper/1.5万字.txt a.txt

# Outputs inside the input folder are not read again.
run 0 clean $invisible in -o in/done; only in/done a.txt sub/b.txt sub/deeper/1.5万字.txt
run 0 clean $invisible in -o in/done; only in/done a.txt sub/b.txt sub/deeper/1.5万字.txt
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
run 0 clean $invisible twins -o apart; only apart a.txt a.text.txt b.txt c.txt a.TXT.txt
finish
