# What is taken of a folder: --include, --exclude, .qingwenignore.
. "$(dirname "$0")/lib.sh"
mkdir -p in/2019/草稿 in/2020/deep in/logs
for f in in/a.txt in/b.txt in/2019/a.txt in/2019/草稿/一.txt in/2020/deep/报告.txt in/2020/deep/附件.txt \
    in/logs/x.txt; do dirty >$f; done

run 0 clean $invisible in -o all
only all a.txt b.txt 2019/a.txt 2019/草稿/一.txt 2020/deep/报告.txt 2020/deep/附件.txt logs/x.txt

# --exclude: by name at any depth, by path from the input folder, folders with all below them.
run 0 clean $invisible in -o o1 --exclude a.txt --exclude /logs/ --exclude=附件*
only o1 b.txt 2019/草稿/一.txt 2020/deep/报告.txt
says "3 files:"; says ", 4 left out"
run 0 clean $invisible in -o o2 --exclude '20[12]9/**' --exclude '*.txt' --exclude '!报告.txt'
only o2 2020/deep/报告.txt
run 0 clean $invisible in -o o3 --exclude '/a.txt' -v
only o3 b.txt 2019/a.txt 2019/草稿/一.txt 2020/deep/报告.txt 2020/deep/附件.txt logs/x.txt
says "in/a.txt: left out by --include, --exclude or .qingwenignore"

# --include: files; an exclusion wins.
run 0 clean $invisible in -o o4 --include '报告*' --include '2019/**'
only o4 2019/a.txt 2019/草稿/一.txt 2020/deep/报告.txt
run 0 clean $invisible in -o o5 --include '*.txt' --exclude 2019
only o5 a.txt b.txt 2020/deep/报告.txt 2020/deep/附件.txt logs/x.txt
run 2 clean in -o o6 --include '*.docx'; says "there is no document in it"; gone o6
# What is named is taken.
run 0 clean $invisible in/a.txt -o o7/ --exclude '*' --include none; only o7 a.txt
run 1 check $invisible in/a.txt in/logs --exclude 'x.*'; says "qingwen: 1 file: 1 with findings"
run 2 clean in -o o8 --include; says "--include needs a value"

# Lists in folders; the nearest one that says something decides.
printf '# not yet\n*.txt\n!b.txt\n/logs/\n' >in/.qingwenignore
printf '!*.txt\r\n/deep/附件.txt\r\n' >in/2020/.qingwenignore
run 0 clean $invisible in -o o9; only o9 b.txt 2020/deep/报告.txt
run 0 clean $invisible in/2020 -o o10; only o10 deep/报告.txt
run 0 clean $invisible in -o o11 --exclude '/2020/'; only o11 b.txt
# An output of the same name as one that is left out keeps its name.
mkdir pair; dirty >pair/a.txt; cp pair/a.txt pair/a.md
run 0 convert pair -o o12 --to txt; only o12 a.txt a.md.txt
run 0 convert pair -o o13 --to jsonl; only o13 a.txt.jsonl a.md.jsonl
run 0 convert pair -o o14 --to jsonl --exclude '*.md'; only o14 a.jsonl

# A list that cannot be read is no permission to take all.
if [ "$(id -u)" -ne 0 ]; then
    chmod 000 in/.qingwenignore
    run 2 clean $invisible in -o o15; says "in: cannot list the folder (no right to it)"; gone o15
fi
finish
