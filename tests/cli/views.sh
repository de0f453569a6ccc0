# check, detect, outline, and the lists.
. "$(dirname "$0")/lib.sh"
dirty >a.txt; clean >c.txt
printf '\357\273\277一、甲\r\n（一）乙\r\n正文\r\n二、丙\r\n' >crlf.txt

run 1 check $invisible a.txt; prints "a.txt:2:8: invisible/"; prints ": remove “<U+200B>”: "; lines ../out 1; silent
run 1 check $invisible --format json a.txt; prints '"path":"a.txt"'; prints '"line":2'; lines ../out 1
cp ../out ../json; run 1 check $invisible --json a.txt; same ../out ../json
run 1 check -v $invisible a.txt; prints "("
printf '甲\n\n\n\n\n\342\200\213乙\n' >order.txt # found by one filter after the other, shown in order
run 1 check --filters invisible,blank order.txt; cut -d: -f2 ../out >../found; sort -n ../found >../sorted; same ../found ../sorted

# A difference that patch takes, and what it makes is what clean writes.
run 1 check $invisible --format diff a.txt; prints "--- a.txt"; prints "@@ -1,2 +1,2 @@"; cp ../out ../diff
if command -v patch >/dev/null; then
    i=0
    while [ $i -lt 60 ]; do
        case $i in 0 | 1 | 20 | 23 | 30 | 59) printf '第%d段\342\200\213 \n' $i ;; 40 | 41 | 42) echo ;; *) echo "第$i段" ;; esac
        i=$((i + 1))
    done >long.txt
    printf '没有换行\342\200\213' | cat long.txt - >unended.txt
    for name in a long unended crlf; do
        [ $name != crlf ] || { tr -d '\r' <crlf.txt | sed 's/^\xEF\xBB\xBF//; s/甲/甲\xE2\x80\x8B/' >plain.txt; name=plain; }
        cp $name.txt patched; "$program" check --filters invisible,blank,spaces --format diff $name.txt >../diff
        patch -s --binary patched ../diff || wrong "patch refuses"
        run 0 clean --filters invisible,blank,spaces $name.txt; same ../out patched
    done
fi
run 0 check $invisible --format diff c.txt; nothing

run 0 detect a.txt crlf.txt; prints "a.txt: txt, UTF-8, line ends lf"; prints "crlf.txt: txt, UTF-8, with BOM, line ends crlf"
run 0 detect --json a.txt crlf.txt; lines ../out 2; prints '"encoding":"UTF-8"'; prints '"stretches":['
if command -v iconv >/dev/null; then
    i=0
    while [ $i -lt 30 ]; do echo "第$i段：今年以来，各项工作有序推进，取得了新的成效，群众满意度不断提高。"; i=$((i + 1)); done >long8.txt
    iconv -f UTF-8 -t GB18030 long8.txt >gb.txt; cat long8.txt gb.txt >mixed.txt
    run 0 detect gb.txt; prints "gb.txt: txt, GB18030"
    run 0 detect mixed.txt; prints "    bytes 0 to $(wc -c <long8.txt): UTF-8"; prints "to $(wc -c <mixed.txt): GB18030"
    run 0 convert gb.txt; same ../out long8.txt
    run 0 convert gb.txt -e GBK; same ../out long8.txt
fi

run 0 outline crlf.txt; prints "一、甲"; prints "（一）乙"; prints_not "正文"
run 0 outline crlf.txt --json; prints '"level":2'; prints '"label":"（一）"'
run 0 outline crlf.txt a.txt; prints "crlf.txt"; prints "a.txt"
run 0 outline -v crlf.txt; prints "[heading 1]"

run 0 filters; prints "invisible"; prints "ads:"; silent
run 0 formats; prints "txt"; prints "reads, writes"
run 0 profiles; prints "samples"; prints "archive"
run 0 rules; prints "ads/"
run 0 rules --filters invisible; prints_not "ads/"

# What is said in the order of the inputs, for any number of jobs.
mkdir many; i=0
while [ $i -lt 40 ]; do dirty >many/$i.txt; i=$((i + 1)); done; printf '\0\1\2' >many/b
for view in "check $invisible" detect outline "check $invisible --format diff" "clean $invisible -v -o many.out"; do
    for jobs in 1 2 8; do rm -rf many.out; "$program" $view many none -j$jobs >../out$jobs 2>../err$jobs </dev/null; done
    command=$view
    same ../out1 ../out2; same ../out1 ../out8; same ../err1 ../err2; same ../err1 ../err8
done
finish
