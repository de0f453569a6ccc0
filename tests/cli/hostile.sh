# What is no Word document, or a hostile one, is refused with the reason, the place and exit code 2;
# limits can be raised.
. "$(dirname "$0")/lib.sh"

word='xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
flat() { # BODY: a document in one XML file
    printf '%s' '<?xml version="1.0"?><?mso-application progid="Word.Document"?>' \
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">' \
        '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>' \
        "<w:document $word><w:body>$1</w:body></w:document>" \
        '</pkg:xmlData></pkg:part></pkg:package>'
}
repeat() { awk -v s="$1" -v n="$2" 'BEGIN { while (n-- > 0) printf "%s", s }'; }
refused() { # FILE TEXT
    run 2 convert --to txt "$1" -o -
    says "$1:"
    says "$2"
    nothing
}

printf '{\\rtf1\\ansi text}' >a.docx; refused a.docx 'this is RTF'
printf '%%PDF-1.7\n' >a.docx; refused a.docx 'this is PDF'
printf '%%TSD-Header-###%%\001\002\003' >a.docx; refused a.docx '(%TSD)'
printf '\320\317\021\340\241\261\032\341%0600d' 0 >a.docx; refused a.docx 'OLE compound file'
{ printf '\004user'; head -c 157 /dev/zero; } >'~$a.docx'; refused '~$a.docx' 'lock file'
printf 'PK\003\004%0200d' 0 >a.docx; refused a.docx 'cut short or damaged'

# A ZIP file that holds one empty entry, "a": no Word document, and no archive either by that name.
printf 'PK\003\004\012\0\0\0\0\0\0\0\041\0\0\0\0\0\0\0\0\0\0\0\0\0\001\0\0\0a' >a.docx
printf 'PK\001\002\012\0\012\0\0\0\0\0\0\0\041\0\0\0\0\0\0\0\0\0\0\0\0\0\001\0\0\0' >>a.docx
printf '\0\0\0\0\0\0\0\0\0\0\0\0\0\0aPK\005\006\0\0\0\0\001\0\001\0\057\0\0\0\037\0\0\0\0\0' >>a.docx
refused a.docx 'no main document part'

printf '普通的文字\n' >a.docx
run 0 convert --to txt a.docx -o -; prints 普通的文字

# A page by the name of a document is read as a page; by a name of its own it is text.
printf '<!DOCTYPE html><html><head><title>t</title></head><body><p>网页的<b>文字</b></p></html>\n' >a.docx
run 0 convert --to txt a.docx -o -; prints_just 网页的文字
cp a.docx a.html
run 0 convert --to txt a.html -o -; prints '<b>文字</b>'
printf '%s\r\n' 'MIME-Version: 1.0' 'Content-Type: text/html; charset=utf-8' \
    'Content-Transfer-Encoding: quoted-printable' '' '<p>=E7=BD=91=E9=A1=B5</p>' >a.doc
run 0 convert --to txt a.doc -o -; prints_just 网页
# What cannot be decoded in it is told as it is of text.
printf '<html><meta charset="utf-8"><p>\347\275\221\351\241\265\347\232\204\346\226\207\345\255\227\377\377</p>' >a.doc
run 3 convert --to txt a.doc -o -; says '2 bytes'; prints '网页的文字'
run 3 convert --on-undecodable hex --to txt a.doc -o -; prints '网页的文字\xFF\xFF'
run 2 convert --strict --to txt a.doc -o -; nothing
printf '%s\r\n' 'MIME-Version: 1.0' 'Content-Type: image/png' '' 'no' >a.doc
run 0 convert --to txt a.doc -o -; prints MIME-Version

flat '<w:p><w:r><w:t>正文</w:t></w:r></w:p>' >a.xml
run 0 convert --to txt a.xml -o -; prints_just 正文
flat '<w:p><w:r><w:t>&nbsp;</w:t></w:r></w:p>' >a.xml; refused a.xml 'no character of XML'
flat '<w:p><w:r><w:t>正文</w:r></w:p>' >a.xml; refused a.xml 'not well-formed'
flat "<w:p>$(printf '<w:r><w:t>a\001b</w:t></w:r>')</w:p>" >a.xml; refused a.xml 'does not allow'
{ printf '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'; flat '<w:p/>' | cut -c22-; } >a.xml
refused a.xml DOCTYPE
flat "$(repeat '<w:smartTag>' 100000)" >a.xml; refused a.xml ' deep; --limit depth=N'

deep="$(repeat '<w:smartTag>' 300)<w:r><w:t>深处</w:t></w:r>$(repeat '</w:smartTag>' 300)"
flat "<w:p>$deep</w:p>" >a.xml
refused a.xml ' deep; --limit depth=N'
run 0 convert --limit depth=400 --to txt a.xml -o -; prints_just 深处
run 0 clean --limit depth=400 --filters ads --to docx a.xml -o b.xml; same a.xml b.xml
for bad in depth=2000 depth=0 depth depth= width=3 depth=3, part=1T 'part=1M ' ratio=-1; do
    run 2 convert --limit "$bad" --to txt a.xml -o -
    says "“$bad” is no value for --limit; it takes entries|part|total|ratio|depth"
done
finish
