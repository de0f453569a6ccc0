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
    done
done
[ "$changed" -gt 12 ] || wrong "only $changed of the texts were changed"
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
