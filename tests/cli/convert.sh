# convert: what is written, and what is left out where that is asked for.
. "$(dirname "$0")/lib.sh"
mkdir in; clean >in/utf8.txt
iconv -f UTF-8 -t GB18030 in/utf8.txt >in/gb.txt
{ printf '\357\273\277'; clean; } >in/mark.txt
cp in/utf8.txt ../want

# UTF-8 that is there already is written like any other, or left out.
run 0 convert in -o all; only all utf8.txt gb.txt mark.txt; for f in utf8 gb mark; do same all/$f.txt ../want; done
run 0 convert in -o some --skip-utf8; only some gb.txt mark.txt; says "2 files:"; says ", 1 left out"
run 0 convert in/utf8.txt -o none --skip-utf8; gone none; silent
run 0 convert in/utf8.txt -o none --skip-utf8 -v; says "in/utf8.txt: UTF-8 already, left out"
run 2 clean in -o x --skip-utf8; says "has no option --skip-utf8"

# A report is no result.
run 2 convert in/gb.txt -o n.txt --report n.txt; gone n.txt
says "report and result cannot both go to n.txt; give the report another name"
run 2 convert in/gb.txt -o n.txt --report ./n.txt; gone n.txt
run 2 convert in/gb.txt -o in/../n.txt --report n.txt; gone n.txt
run 0 convert in/gb.txt -o n.txt --report m.txt; there n.txt m.txt

# Formulas of a Word document: linear in formats for reading, their characters in text; or as told.
cat >f.xml <<'END'
<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/_rels/.rels"><pkg:xmlData><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="d.xml"/></Relationships></pkg:xmlData></pkg:part><pkg:part pkg:name="/d.xml"><pkg:xmlData><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body><w:p><m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p></w:body></w:document></pkg:xmlData></pkg:part></pkg:package>
END
run 0 convert f.xml -o - --to txt; prints "a+b2"
run 0 convert f.xml -o - --to md; prints "(a+b)/2"
run 0 convert f.xml -o - --to txt --formulas linear; prints "(a+b)/2"
run 0 convert f.xml -o - --to md --formulas characters; prints "a+b2"
run 2 convert f.xml -o - --formulas tex; says "--formulas"
# Formats that show structure get it; text is only decoded.
printf '关于值班的通知\n\n一、时间\n这里是正文，有两个分句，以句号结束。\n二、要求\n这里是正文，有两个分句，以句号结束。\n' >s.txt
run 0 convert s.txt -o - --to md; prints '## 一、时间'
run 0 convert s.txt -o s.docx
run 0 convert s.docx -o - --to html; prints '<h2>二、要求</h2>'
run 0 convert s.docx -o t.docx; same s.docx t.docx
run 0 convert s.txt -o s2.txt; same s.txt s2.txt
finish
