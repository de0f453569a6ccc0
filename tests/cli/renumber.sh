# Renumbering and taking it back: with every scheme the input comes back byte for byte.
. "$(dirname "$0")/lib.sh"
cases=$(cd "$(dirname "$0")/../../fixtures/numbering" && pwd)
changed=0
for case in "$cases"/*/in.txt; do
    cp "$case" in.txt
    for scheme in keep gongwen decimal legal; do
        rm -f out.txt r.jsonl back.txt
        run 0 clean --filters "headings,numbering:renumber:$scheme" in.txt -o out.txt --report r.jsonl
        cmp -s in.txt out.txt || changed=$((changed + 1))
        run 0 undo r.jsonl out.txt -o back.txt
        same back.txt in.txt
        run 0 clean --filters "headings,numbering:renumber:$scheme" out.txt; same ../out out.txt
    done
done
[ "$changed" -gt 12 ] || wrong "only $changed of the texts were changed"
# Labels of the scheme are not given to what list items have already.
cat >rivals.txt <<'END'
会议制度

第一章　会议
第一条　例会
（一）每周一次；
（二）全体参加。
第二条　纪律
（一）不得迟到；
（二）不得早退。
END
run 0 clean --filters headings,numbering:renumber:gongwen rivals.txt; same ../out rivals.txt
run 1 check --filters headings,numbering:renumber:gongwen rivals.txt; prints 'not renumbered: list items have labels'
# Numbers before a word that may be a measure, and before a year, are counted on.
cat >chapters.txt <<'END'
工作方案

一、部门职责
（一）采购
采购部门负责设备和材料的采购，并对质量负责，按月报告。
（二）仓储
仓储部门负责保管和发放，做到账物相符，每季盘点一次。
二、2024年计划
（一）上半年
上半年完成设备更新，同时做好人员培训，六月底前验收。
（二）下半年
下半年投入运行，并总结经验，年底前提出报告。
END
run 0 clean --filters headings,numbering:renumber:decimal chapters.txt -o decimal.txt
holds decimal.txt '2 2024年计划'; holds decimal.txt '2.1 上半年'
run 0 clean --filters headings,numbering:renumber:decimal decimal.txt; same ../out decimal.txt
run 0 outline decimal.txt --filters headings; prints '2 2024年计划'
# One reference cannot be taken back without the label it goes with: they are one group.
printf '第一条　甲适用。\n第三条　依照第三条办理。\n第四条　依照第三条办理。\n' >in.txt
run 0 clean --filters headings,numbering:renumber in.txt -o out2.txt --report r2.jsonl
holds out2.txt '第二条　依照第二条办理。'
run 0 undo r2.jsonl out2.txt --only 4
same ../out in.txt
# 壹、 貳、 are one scheme, and 一、 二、 under them are others; nothing has to be changed.
prose=一般說明文字，依實際需要填寫，並應力求簡明扼要。
for line in 說明文件 壹、緣起 一、背景 $prose 二、目的 $prose 貳、內容 一、範圍 $prose 二、期程 $prose 參、結語 $prose; do
    printf '%s\n' "$line"
done >formal.txt
run 0 clean --filters headings,numbering:renumber formal.txt; same ../out formal.txt
run 0 check --filters headings,numbering formal.txt; nothing
sed 's/^參、/伍、/' formal.txt >gap.txt
run 1 check --filters headings,numbering gap.txt; prints '伍、 follows 貳、; 3 is expected'
run 0 clean --filters headings,numbering:renumber gap.txt; same ../out gap.txt
finish
