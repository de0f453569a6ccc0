# Fonts of a layout that the machine does not have are named, with the substitute that it has.
. "$(dirname "$0")/lib.sh"
printf '关于测试的通知\n\n一、总则\n这里是正文，有两个分句，以句号结束。\n' >in.txt
export XDG_DATA_HOME="$PWD/data" HOME="$PWD/home" XDG_DATA_DIRS="$PWD/none"
# A font file with nothing but one name, in UTF-16: 12 bytes of head, one record, the table.
head_of_font() { # OCTAL: bytes of the name
    printf '\000\001\000\000\000\001\000\000\000\000\000\000'
    printf "name\\000\\000\\000\\000\\000\\000\\000\\034\\000\\000\\000\\$(printf '%03o' $((18 + 0$1)))"
    printf '\000\000\000\001\000\022\000\003\000\001\004\011\000\001\000'
    printf "\\$1\\000\\000"
}
font() {
    head_of_font 014
    printf '\000R\000i\000v\000e\000r\000A'
}
mkdir -p data/fonts/more
run 0 convert in.txt --layout gongwen:body=RiverA -o a.docx
says 'does not have: RiverA, '
font >data/fonts/more/river.ttf
run 0 convert in.txt --layout gongwen:body=rivera -o b.docx
says 'does not have: 方正小标宋简体, 黑体'
# Broken fonts, and those that are no fonts, are passed over.
head -c 30 data/fonts/more/river.ttf >data/fonts/more/half.ttf
printf 'ttcf\000\000\000\000\377\377\377\377\377\377\377\377' >data/fonts/more/wild.ttc
: >data/fonts/empty.otf
run 0 convert in.txt --layout gongwen:title=RiverA,body=None -o c.docx
says 'does not have: None, 黑体'
run 0 convert in.txt --layout gongwen -q -o d.docx
silent
# 仿宋 stands in for 仿宋_GB2312.
{ head_of_font 004 && printf '\116\377\133\213'; } >data/fonts/fang.ttf
run 0 convert in.txt --layout gongwen -o f.docx
says '仿宋_GB2312 → 仿宋, '
# A profile that brings a layout with it says nothing where no DOCX is written.
run 0 clean in.txt --profile official -o g.txt
silent
run 0 clean in.txt --profile official -o -
silent
# Without a layout that was asked for, nothing is said.
run 0 convert in.txt -o e.docx
silent
finish
