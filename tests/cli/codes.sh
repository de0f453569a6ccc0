# Exit codes: 0 done; 1 check found something; 2 nothing could be done; 3 some inputs failed.
. "$(dirname "$0")/lib.sh"
dirty >a.txt; clean >b.txt; : >empty.txt; printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1' >p.png
printf '\350\277\231\344\270\200\350\241\214\346\230\257\345\245\275\347\232\204\343\200\202\n\377\376\350\n' >bad.txt

run 0 clean a.txt; run 0 clean b.txt; run 0 clean empty.txt; nothing
run 0 check $invisible b.txt; nothing; silent
run 1 check $invisible a.txt; prints "a.txt:2:8: invisible"; silent
run 1 check $invisible a.txt b.txt; says "2 files: 1 with findings, 1 without, 0 failed; findings: 1"
run 2 check $invisible none.txt; nothing
run 3 check $invisible a.txt none.txt; prints "a.txt:2:8"; says "none.txt: cannot open it"
run 2 clean none.txt; says "qingwen: none.txt: cannot open it (there is none of this name); look at"
run 2 clean a.txt/none; says "cannot open it (a part of its path is no folder)"
run 2 clean p.png; says "p.png: this is no document"; nothing
run 3 clean p.png a.txt -o out; says "1 failed"; only out a.txt
run 2 clean p.png none.txt -o out2; says "2 failed"; gone out2/p.txt; there out2/.qingwen.db
mkdir empty only
run 2 clean empty -o out3; says "empty: there is no document in it"; gone out3
cp p.png only
run 2 clean only -o out3; says "only: there is no document in it"; gone out3
cp a.txt only
run 0 clean $invisible only -o out3; only out3 a.txt; says "1 left out"
run 0 clean -v $invisible only -o out3; says "only/p.png: no document, left out"
run 0 detect a.txt; run 2 detect none.txt; run 3 detect a.txt none.txt
run 0 outline a.txt; run 2 outline none.txt

# Bytes that cannot be decoded: marked and told, with code 3; or the file fails.
run 3 clean $invisible bad.txt -e UTF-8; says "bad.txt:byte "; prints "这一行是好的。"
run 2 clean $invisible bad.txt -e UTF-8 --strict; nothing; says "qingwen: bad.txt: "
run 3 clean $invisible bad.txt a.txt -e UTF-8 --strict -o out4; only out4 a.txt
run 2 convert bad.txt -e UTF-8 --on-undecodable=fail; nothing
run 3 convert bad.txt -e UTF-8 --on-undecodable hex; prints '\xFF\xFE\xE8'; says "stand as \\xNN"
run 3 clean $invisible bad.txt -e UTF-8 --on-undecodable=hex --report r.jsonl; prints '\xFF\xFE\xE8'
run 3 convert bad.txt -e UTF-8 --on-undecodable=replace; says "U+FFFD"
run 2 convert bad.txt --on-undecodable=drop; says "replace|fail|hex"
finish
