# How far a run is, for people and for programs.
. "$(dirname "$0")/lib.sh"
mkdir in; for i in 1 2 3; do dirty >in/$i.txt; done; clean >in/4.txt

# Not a terminal: nothing but what there is to say.
run 0 clean $invisible in -o o1; lines ../err 1
# For programs every line is an object, messages too.
run 3 clean $invisible in 'no"ne' -o o2 --progress json
says '{"event":"message","text":"qingwen: no\"ne: cannot open it'
says '{"event":"message","text":"qingwen: 5 files: 3 changed, 1 unchanged, 1 failed'
says '"done":4,"changed":3,"failed":1,"skipped":0,'; says '"code":3,'
checked; ! grep -qv '^{"event":".*}$' ../err || wrong "a line is no object"
run 3 clean $invisible in none -o o3 -q --progress json; says_not "5 files"; says '{"event":"end","items":5,'
run 1 check $invisible in --progress json; says '"findings":3,"code":1,'
# What came of it, by encoding, filter and rule.
iconv -f UTF-8 -t GB18030 in/4.txt >in/5.txt
run 0 clean $invisible in -o o6 -v; says "qingwen: encodings: UTF-8 4, GB18030 1"
says "qingwen: edits by filter: invisible 3"; says "qingwen: edits by rule: invisible/zero-width 3"
run 0 clean $invisible in -o o7 --progress json
says '"encodings":{"UTF-8":4,"GB18030":1},"filters":{"invisible":3},"rules":{"invisible/zero-width":3}'
rm in/5.txt

# One document needs no progress.
run 0 clean $invisible in/1.txt --progress json; silent
run 2 clean in -o o4 --progress often; says "“often” is no value for --progress; it takes line|json|none"

# A file that takes a while: objects come while it is waited for.
mkfifo slow
command='clean in slow --progress json'
{ sleep 2.5; dirty; } >slow &
"$program" clean $invisible in slow in/1.txt -o o5 --progress json 2>../err
checked; [ "$(grep -c '"event":"progress"' ../err)" -ge 1 ] || wrong "no progress was told"
says '"of":6'
wait
finish
