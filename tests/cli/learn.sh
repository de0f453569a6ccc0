# learn: rules from what many documents have in common.
. "$(dirname "$0")/lib.sh"
mkdir batch
for i in 1 2 3 4 5 6; do
    {
        printf '关于渡口的汇报\n按照会议安排，现将有关情况报告如下。\n'
        for k in 1 2 3 4 5 6; do
            printf '第%d件事记在%d号本子上，江面起雾的时候船家敲一面小锣，对岸听得见，过江的人就不着急。\n' "$k" "$i"
        done
        printf '渡口社区居民委员会\n请各位把材料留在座位上。\n砚边小筑整理，资料咨询QQ20600010%d\n每日一篇、常写常新\n' "$i"
    } >"batch/$i.txt"
done

run 0 learn batch; prints "rule learned-1"; prints "6 of 6 documents, at the tail"; prints_not 现将有关情况; prints_not 居民委员会; prints_not 座位; prints "letters 砚边小筑整理资料咨询qq"; says "2 rules learned from 6 documents"
run 0 learn batch -o learned.rules; nothing; says "2 rules learned from 6 documents; review them before you use them"
run 0 rules --test learned.rules; prints "2 rules"
run 0 clean batch/3.txt --filters ads --rules learned.rules; prints 居民委员会; prints 现将有关情况; prints_not 砚边; prints_not 常写常新
run 0 learn batch -o learned.rules -q; silent
run 2 learn; says "no input was given"
run 2 learn -; says "learn reads its inputs twice"
run 2 learn batch -o batch/1.txt; says "batch/1.txt"
printf 'PK\003\004 and no more' >batch/broken.docx
run 3 learn batch -o learned.rules; says "batch/broken.docx"; says "2 rules"
run 2 learn none; says "none: cannot open it"
mkdir nobody; run 2 learn nobody -o empty.rules; says "there is no document in it"; [ ! -e empty.rules ] || wrong "rules of no document"
finish
