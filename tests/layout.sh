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

[ $fails -eq 0 ] && echo "measured: left $(mm "$left") mm, pitch $pitch pt, $count lines," \
    "$longest characters"
exit $((fails > 0))
