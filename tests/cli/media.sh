# --media: pictures of a DOCX beside its Markdown. Needs python3 to make documents with pictures.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || { echo "no python3 to make documents with pictures"; exit 77; }

picture() { # FILE PICTURES...: a paragraph of text and one with each picture, whose bytes are the word
    python3 - "$@" <<'END'
import sys, zipfile
name, words = sys.argv[1], sys.argv[2:]
office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
package = "http://schemas.openxmlformats.org/package/2006/"
drawing = "http://schemas.openxmlformats.org/drawingml/2006/"
merged = name.startswith("merged")
def cell(i, span):
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{shown(i)}</w:tc>'
def shown(i):
    return (f'<w:p><w:r><w:t>前 {i}</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
            f'<wp:docPr id="{i + 1}" name="p" descr="图 [{i}]"/><a:graphic><a:graphicData uri="{drawing}picture">'
            f'<pic:pic><pic:blipFill><a:blip r:embed="p{i}"/></pic:blipFill></pic:pic></a:graphicData>'
            f'</a:graphic></wp:inline></w:drawing></w:r><w:r><w:t>后</w:t></w:r></w:p>')
parts = {
    "[Content_Types].xml": f'<Types xmlns="{package}content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{package}relationships"><Relationship Id="r" Type="{office}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}relationships">' + "".join(
        f'<Relationship Id="p{i}" Type="{office}/image" Target="media/{i}.png"/>' for i in range(len(words)))
        + "</Relationships>",
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f'xmlns:wp="{drawing}wordprocessingDrawing" xmlns:a="{drawing}main" xmlns:pic="{drawing}picture" xmlns:r="{office}">'
        '<w:body>' + ("<w:tbl><w:tr>" + cell(0, 2) + "</w:tr><w:tr>" + cell(1, 1) + cell(2, 1) + "</w:tr></w:tbl>"
        if merged else "".join(shown(i) for i in range(len(words)))) + "</w:body></w:document>",
}
with zipfile.ZipFile(name, "w") as z:
    for part, text in parts.items(): z.writestr(part, text)
    for i, word in enumerate(words): z.writestr(f"word/media/{i}.png", word)
END
}
pictures() { find "$1" -name '*.png' | wc -l | tr -d ' '; }
count() { checked; [ "$(pictures "$1")" = "$2" ] || wrong "$1 holds $(pictures "$1") pictures, not $2"; }
# Every link of a Markdown file leads to a picture.
linked() { # FILE LINKS
    checked
    grep -o '](<[^>]*>)' "$1" | sed 's/^](<//; s/>)$//' >../links
    [ "$(wc -l <../links)" -eq "$2" ] || wrong "$1 has $(wc -l <../links) links, not $2"
    while read -r link; do
        [ -f "$(dirname "$1")/$link" ] || wrong "$1 links to $link, which is not there"
    done <../links
}

picture a.docx one two one
picture b.docx one three

# Without the option there are none. With it each stands once, in its place in the text.
run 0 convert a.docx -o none.md; linked none.md 0
run 0 convert a.docx -o a.md --media pictures; linked a.md 3; count pictures 2; silent
holds a.md '前 0![图 \[0\]](<pictures/'
checked; grep -q '>)后$' a.md || wrong "text after a picture is gone"
checked; [ "$(cat pictures/*.png)" = twoone ] || [ "$(cat pictures/*.png)" = onetwo ] || wrong "other bytes"
run 0 clean a.docx -o cleaned.md --media pictures; linked cleaned.md 3; count pictures 2

# Links are as seen from where the output is.
run 0 convert a.docx -o deep/er/a.md --media pictures; linked deep/er/a.md 3
holds deep/er/a.md '](<../../pictures/'
run 0 convert a.docx -o deep/er/b.md --media deep; linked deep/er/b.md 3; holds deep/er/b.md '](<../'
run 0 convert a.docx -o deep/c.md --media deep; linked deep/c.md 3
run 0 convert a.docx -o deep/d.md --media deep/er/pictures/; linked deep/d.md 3; holds deep/d.md '](<er/pictures/'
run 0 convert a.docx -o deep/e.md --media 'deeper <1>'; holds deep/e.md '](<../deeper%20%3C1%3E/'
run 0 convert a.docx --to md --media pictures; prints '](<pictures/'

# Several inputs share a folder, and what they share; a run that has nothing to do does nothing.
run 0 convert a.docx b.docx --to md -o out --media out/media
linked out/a.md 3; linked out/b.md 2; count out/media 3
run 0 convert a.docx b.docx --to md -o out --media out/media; linked out/a.md 3
says "2 done before"
# Another folder is other work.
run 0 convert a.docx b.docx --to md -o out --media out/other; linked out/b.md 2; count out/other 3

# What stands there and is another's stays; nothing is written through a link.
name=$(basename "$(grep -l one pictures/*.png)")
mkdir taken; echo mine >taken/"$name"
run 2 convert a.docx -o t.md --media taken; says "$name"; gone t.md; holds taken/"$name" mine
run 0 convert a.docx -o t.md --media taken --force; linked t.md 3; holds taken/"$name" one
mkdir led; echo mine >target; ln -s ../target led/"$name"
run 2 convert a.docx -o l.md --media led; gone l.md
run 0 convert a.docx -o l.md --media led --force; linked l.md 3; holds target mine
mkdir -p full/"$name"
run 2 convert a.docx -o f.md --media full --force; gone f.md
# Pictures in the cells of a table that Markdown has no form for.
picture merged.docx one two one
run 0 convert merged.docx -o merged.md --media 'in it'
checked; [ "$(grep -o 'src="in%20it/[0-9a-f]*.png"' merged.md | wc -l)" -eq 3 ] || wrong "pictures of a merged table are gone"
count 'in it' 2; holds merged.md 'alt="图 [1]"'
# A page holds its pictures itself.
run 0 convert a.docx --to html
checked; [ "$(grep -o 'src="data:image/png;base64,b25l"' ../out | wc -l)" -eq 2 ] || wrong "the page lacks its pictures"
prints 'src="data:image/png;base64,dHdv"'

checked; [ -z "$(find . -name '.qingwen-*')" ] || wrong "temporary files are left"

# Where it makes no sense it is refused.
run 2 convert a.docx -o a.txt --media pictures; says "--media"
run 2 convert a.docx --to md --to-archive zip -o a.zip --media pictures; says "--media"
run 2 convert a.docx -o x.md --media a.docx; says "it is a file"
run 0 convert a.docx -o dry.md --media dry -n; gone dry dry.md
finish
