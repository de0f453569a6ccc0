#!/bin/sh
# layout.sh QINGWEN: writes a long document in the layout of GB/T 9704-2012, has LibreOffice make a
# PDF of it, and measures the pages: paper, margins, lines, characters in a line, page numbers.
# Skipped (77) where LibreOffice or poppler's tools are missing.
qingwen=$1
for tool in soffice pdftotext pdfinfo; do
    command -v $tool >/dev/null || { echo "no $tool: skipped"; exit 77; }
done
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

# Paragraphs of a few hundred Han each: nearly every line of a page is full.
awk 'BEGIN {
    for (p = 0; p < 9; p++) {
        for (i = 0; i < 40; i++) printf "各级各部门要认真落实"
        print "。"
    }
}' > long.txt
"$qingwen" convert long.txt -o long.docx --layout gongwen -q || exit 1
soffice "-env:UserInstallation=file://$dir/profile" --headless --convert-to pdf long.docx \
    >/dev/null 2>&1
[ -s long.pdf ] || { echo "LibreOffice made no PDF"; exit 1; }

pdfinfo long.pdf > info
pdftotext -bbox-layout -f 2 -l 3 long.pdf boxes.html
pdftotext -f 2 -l 2 -layout long.pdf page.txt

# One line of text: page, its box in points, its characters.
awk '
/<page /  { page++ }
/<line /  { split($0, f, "\""); x0 = f[2]; y0 = f[4]; x1 = f[6]; y1 = f[8]; n = ""; next }
/<word /  { sub(/^[^>]*>/, ""); sub(/<.*/, ""); n = n $0 }
/<\/line>/ { print page + 1, x0, y0, x1, y1, n }
' boxes.html > lines

fails=0
check() { # WHAT GOT LOW HIGH
    awk -v got="$2" -v low="$3" -v high="$4" 'BEGIN { exit !(got >= low && got <= high) }' || {
        echo "$1 is $2, not $3 to $4"
        fails=$((fails + 1))
    }
}

mm() { awk -v p="$1" 'BEGIN { printf "%.2f", p / 72 * 25.4 }'; }
from() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a - b }'; }
body() { awk '$1 == 2 && $6 !~ /^—/' lines; }

width=$(awk '/^Page size/ { print $3 }' info)
height=$(awk '/^Page size/ { print $5 }' info)
check "paper, width in mm" "$(mm "$width")" 209.5 210.5
check "paper, height in mm" "$(mm "$height")" 296.5 297.5

# 5.2.1: 37 mm above, 28 mm to the left, type area 156 by 225 mm; 5.2.3: 22 lines of 28 characters.
left=$(body | awk '{ print $2 }' | sort -n | head -n 1)
right=$(body | awk '{ print $4 }' | sort -n | sed -n '$p')
first=$(body | awk '{ print ($3 + $5) / 2 }' | sort -n | head -n 1)
last=$(body | awk '{ print ($3 + $5) / 2 }' | sort -n | sed -n '$p')
check "left margin in mm" "$(mm "$left")" 27 29
check "right edge in mm" "$(mm "$right")" 180 187.5
check "middle of the first line in mm" "$(mm "$first")" 40 44
check "middle of the last line in mm" "$(mm "$last")" 253 260
count=$(body | awk '{ print $3 }' | sort -n | uniq | wc -l)
check "lines on a page" "$count" 22 22
pitch=$(awk -v a="$first" -v b="$last" 'BEGIN { printf "%.3f", (b - a) / 21 }')
check "line pitch in points" "$pitch" 28.85 29.05
longest=$(body | awk '{ print $6 }' | while read -r line; do printf '%s' "$line" | wc -m; done |
    sort -n | uniq -c | sort -n | awk 'END { print $2 }')
check "characters in most lines" "$longest" 28 28

# 7.5: "— 2 —" one character (14 pt) from the outer edge, its dash 7 mm below the type area.
number() { awk -v page="$1" '$1 == page && $6 ~ /^—/' lines; }
even=$(number 2 | awk '{ print $2 }')
odd=$(number 3 | awk '{ print $4 }')
dash=$(number 2 | awk '{ print ($3 + $5) / 2 }')
check "page number of page 2, from the left in mm" "$(mm "$even")" 32 34
check "page number of page 3, from the right in mm" "$(mm "$(from "$width" "$odd")")" 30 32
check "its dash, below the type area in mm" "$(mm "$(from "$dash" 742.68)")" 6 8
number 2 | grep -q '—2—' || { echo "page 2 is numbered otherwise"; fails=$((fails + 1)); }

# 5.2.2, 7.3: fonts and sizes. Those of the standard are not free: others stand in for them.
if command -v pdftohtml >/dev/null && fc-list | grep -q 'Noto Serif CJK SC' &&
    fc-list | grep -q 'Noto Sans CJK SC'; then
    stand_in() {
        echo "<match target=\"pattern\"><test name=\"family\"><string>$1</string></test><edit" \
            "name=\"family\" mode=\"assign\" binding=\"strong\"><string>$2</string></edit></match>"
    }
    {
        echo '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        echo '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        stand_in 仿宋_GB2312 'Noto Serif CJK SC'
        stand_in 黑体 'Noto Sans CJK SC'
        stand_in 楷体_GB2312 'Noto Sans Mono CJK SC'
        echo '</fontconfig>'
    } > fonts.conf
    printf '%s\n' 关于开展河道巡查的通知 各社区居委会： 现将有关事项通知如下。 一、总体要求 \
        （一）落实责任。每条河道都要设河长，责任牌立在岸边，电话公开。 \
        （二）分段治理。上游清淤，中游拆违，下游补绿，年底前完成。 > short.txt
    "$qingwen" clean short.txt --filters headings -o short.docx --layout gongwen -q || exit 1
    FONTCONFIG_FILE=$dir/fonts.conf soffice "-env:UserInstallation=file://$dir/profile" \
        --headless --convert-to pdf short.docx >/dev/null 2>&1
    pdftohtml -xml -i -stdout short.pdf > short.xml
    # The font of the piece of text that starts so: its name and its size in points.
    font() {
        awk -v start="$1" '
        /<fontspec / { split($0, f, "\""); name[f[2]] = f[6]; size[f[2]] = f[4] }
        /<text / {
            split($0, f, "\"")
            text = $0
            sub(/^[^>]*>/, "", text)
            if (index(text, start) == 1) { print name[f[10]], int(size[f[10]] / 1.5 + 0.5); exit }
        }' short.xml
    }
    same() { # WHAT GOT WANTED
        [ "$2" = "$3" ] || { echo "$1: “$2”, not “$3”"; fails=$((fails + 1)); }
    }
    # 7.2.4, 7.2.5, 7.4: red head in one line, number in the middle, 版记 in size 4.
    printf '%s\n' 临溪市人民政府文件 临政发〔2024〕12号 关于开展河道巡查的通知 各社区居委会： \
        现将有关事项通知如下，请认真抓好落实。 抄送：市委办公室，市人大常委会办公室。 \
        '临溪市人民政府办公室    2024年11月5日印发' > letter.txt
    "$qingwen" clean letter.txt --filters headings -o letter.docx --layout gongwen -q || exit 1
    FONTCONFIG_FILE=$dir/fonts.conf soffice "-env:UserInstallation=file://$dir/profile" \
        --headless --convert-to pdf letter.docx >/dev/null 2>&1
    cp short.xml keep.xml
    pdftohtml -xml -i -stdout letter.pdf > short.xml
    head=$(font 临溪市人民政府文件) number=$(font 临政发)
    check "size of the red head" "${head##* }" 40 50
    same "size of the document number" "${number##* }" 16
    same "size of the 版记" "$(font 抄送 | sed 's/.* //')" 14
    grep -q 'color="#ff0000"' short.xml || { echo "no red"; fails=$((fails + 1)); }
    top=$(awk '/>临溪市人民政府文件/ { split($0, f, "\""); print f[2] / 1.5; exit }' short.xml)
    check "top of the red head in mm" "$(mm "$top")" 66 78
    mv keep.xml short.xml
    text=$(font 现将) head=$(font 一、) lead=$(font （一）落实责任。) rest=$(font 每条河道)
    same "size of the text" "${text##* }" 16
    same "size of the title" "$(font 关于 | sed 's/.* //')" 22
    same "size of a heading" "${head##* }" 16
    same "font of what follows a lead" "$rest" "$text"
    same "family of the text" "$(echo "$text" | grep -o Serif)" Serif
    same "family of a heading" "$(echo "$head" | grep -o Sans)" Sans
    [ -n "$lead" ] && [ "$lead" != "$text" ] && [ "$lead" != "$head" ] || {
        echo "a lead has the font “$lead”"
        fails=$((fails + 1))
    }
fi

[ $fails -eq 0 ] && echo "measured: left $(mm "$left") mm, pitch $pitch pt, $count lines," \
    "$longest characters"
exit $((fails > 0))
