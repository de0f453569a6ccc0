# Archives as inputs and as output, and names of files: what lies in them is treated like files in a
# folder, nothing is ever written outside OUT, and every name is right.
samples=$(cd "$(dirname "$0")/../fuzz/corpus/archive" && pwd) || exit 2
. "$(dirname "$0")/lib.sh"

mkdir in
dirty >in/a.txt
dirty >in/b.txt
tar cf all.tar in
"$program" detect all.tar 2>&1 | grep -q 'reads ZIP only' && zip_alone=1 || zip_alone=

# Names in GBK and Shift_JIS, and GBK that a tool took for cp437; members go into a folder.
run 0 convert "$samples/gbk.zip" -o gbk
only gbk gbk/报告.txt gbk/合同/第一章.txt
run 0 convert "$samples/sjis.zip" "$samples/moji.zip" -o two
only two sjis/資料.txt sjis/表計算/ソ.txt moji/报告.txt moji/合同/第一章.txt moji/中.txt
run 0 detect "$samples/gbk.zip"
prints 'gbk.zip/报告.txt: '

# Names of three encodings in one archive, one of them within a path.
run 0 convert "$samples/mixed.zip" -o mixed
only mixed mixed/通知/年度.txt mixed/通知/合同.txt mixed/工作總結報告.txt

# What leads out of the output, or stands there twice, is refused by name; the rest is done.
mkdir jail
run 3 convert "$samples/evil.zip" -o jail/out
says '../evil.txt: its name leads out'
says '/abs.txt: its name leads out'
says 'C:\w.txt: its name leads out'
says 'a/../../b: its name leads out'
says 'ok.txt: the archive holds this name twice'
only jail out/evil/ok.txt out/evil/a/b.txt
gone evil.txt jail/evil.txt jail/b /abs.txt

# Nothing takes the place of the state of the run.
printf 'no state\n' >.qingwen.db
mkdir own
mv .qingwen.db own/.qingwen.db
cp in/a.txt own
tar cf own.tar own
(cd own && gzip -n .qingwen.db)
if [ -z "$zip_alone" ]; then
    run 0 convert own.tar own/.qingwen.db.gz -o own-out --others copy
    there own-out/own.tar/own/a.txt
    gone own-out/own.tar/own/.qingwen.db
    run 0 convert own.tar own/.qingwen.db.gz -o own-out --others copy
fi

# What is packed in a way that nothing here can undo is no damage.
run 3 convert "$samples/implode.zip" -o implode
says 'implode.zip/a.txt: it is packed in a way that cannot be read here'
only implode implode/b.txt

# Passwords.
run 2 convert "$samples/locked.zip" -o locked
says 'give --password'
run 2 convert "$samples/aes.zip" --password wrong -o locked
run 0 convert "$samples/locked.zip" "$samples/aes.zip" --password secret -o locked
only locked locked/一.txt locked/b.txt aes/一.txt aes/b.txt

# AES as 7z packs it, without a CRC (AE-2), stored and deflated: read, and no changed byte goes unseen.
run 0 convert "$samples/ae2.zip" --password secret -o ae2
only ae2 ae2/一.txt ae2/b.txt
checked
[ "$(cat ae2/ae2/一.txt)" = 一个文件。 ] || wrong 'another text'
run 2 convert "$samples/ae2.zip" -o ae2-none
says 'give --password'
for at in 215 225 232; do
    cp "$samples/ae2.zip" changed.zip
    printf '\001\002\003' | dd of=changed.zip bs=1 seek=$at conv=notrunc 2>/dev/null
    run 3 convert changed.zip --password secret -o changed-$at
    gone changed-$at/changed/一.txt
done

# Names that are said to be UTF-8 and are not (bsdtar), or bytes made into Unicode (p7zip).
run 0 convert "$samples/flagged.zip" -o flagged
only flagged flagged/报告.txt flagged/合同.txt
cat "$samples/flagged.zip" | "$program" detect - >../out
prints 'stdin/报告.txt'

# Archives in folders, and passing them by.
mkdir -p tree/sub
cp "$samples/gbk.zip" tree/sub/old.zip
cp in/a.txt tree/sub/old.txt
run 0 convert tree -o tree-out
only tree-out sub/old.txt sub/old/报告.txt sub/old/合同/第一章.txt
run 0 convert tree -o tree-closed --no-archives
only tree-closed sub/old.txt
run 0 convert tree -o tree-out -v
says 'done before'

# An archive beside a folder of its name keeps its own name.
mkdir tree/sub/old
cp in/a.txt tree/sub/old/a.txt
run 0 convert tree -o tree-beside
only tree-beside sub/old.txt sub/old/a.txt sub/old.zip/报告.txt sub/old.zip/合同/第一章.txt

# Into an archive: the order, the names, and what is no document, stay.
printf '\211PNG\r\n\032\n\0\0\0\0' >in/c.png
mkdir plain
cp in/a.txt in/c.png plain
run 0 clean plain $invisible --to-archive zip -o made.zip
run 0 convert made.zip -o made --others copy
clean >expected
same made/made/a.txt expected
same made/made/c.png in/c.png
run 0 clean made.zip $invisible --to-archive zip -o again.zip --others skip
run 0 detect again.zip
prints_just 'again.zip/a.txt: txt, UTF-8, line ends lf'
run 0 clean "$samples/gbk.zip" --to-archive zip -o utf8.zip
run 0 detect utf8.zip
prints 'utf8.zip/报告.txt: '
run 2 clean plain --to-archive zip
says '-o NAME.zip'
run 2 clean plain --to-archive rar -o x.zip
cp in/a.txt foreign.zip
run 2 clean plain --to-archive zip -o foreign.zip
same foreign.zip in/a.txt
no_leftovers

# Damage.
head -c 150 "$samples/gbk.zip" >cut.zip
run 2 convert cut.zip -o cut
says 'cut.zip: '
gone cut/cut

if [ -z "$zip_alone" ]; then
    run 0 clean all.tar $invisible -o tar-out
    clean >expected
    same tar-out/all/in/a.txt expected
    only tar-out all/in/a.txt all/in/b.txt
    [ tar-out/all/in/a.txt -ot all.tar ] || [ "$(date -r in/a.txt +%s)" = "$(date -r tar-out/all/in/a.txt +%s)" ] ||
        wrong "the time of a.txt was not kept"
    for kind in 7z tar tgz txz tzst; do
        run 0 convert "$samples/two.$kind" -o "kind-$kind"
        only "kind-$kind" "two.$kind/一.txt" "two.$kind/b.txt"
    done
    run 0 convert "$samples/old.rar" -o rar
    only rar old/报告.txt old/合同/第一章.txt
    run 0 convert "$samples/escaped.7z" -o escaped
    only escaped escaped/报告.txt escaped/合同.txt
    run 0 convert "$samples/one.gz" -o one-out
    only one-out one.txt

    # 7z with a password: nothing here decrypts it, and it is said.
    run 2 convert "$samples/cipher.7z" --password secret -o cipher-7z
    says 'cipher.7z/b.txt: it is encrypted in a way that cannot be read here'
    says 'cipher.7z/一.txt: it is encrypted in a way that cannot be read here'
    run 2 convert "$samples/sealed.7z" --password secret -o sealed-7z
    says 'sealed.7z: it is encrypted in a way that cannot be read here'
    gone cipher-7z/cipher.7z sealed-7z/sealed.7z

    # Archives in archives.
    mkdir pack
    cp "$samples/gbk.zip" "$samples/two.tgz" in/a.txt pack
    tar cf nested.tar pack
    run 0 convert nested.tar -o nested
    only nested nested/pack/a.txt nested/pack/gbk/报告.txt nested/pack/gbk/合同/第一章.txt \
        nested/pack/two/一.txt nested/pack/two/b.txt
    cp nested.tar l1.tar
    for level in 2 3 4 5; do
        tar cf "l$level.tar" "l$((level - 1)).tar"
    done
    run 2 convert l5.tar -o deep
    says 'too deep'

    # A link, and one that later members would be written through.
    mkdir links
    ln -s ../../../elsewhere links/way
    tar cf links.tar links/way
    rm links/way
    mkdir links/way
    cp in/a.txt links/way/out.txt
    tar rf links.tar links/way/out.txt
    run 3 convert links.tar -o links-out
    says 'links/way: it is a link'
    only links-out links.tar/links/way/out.txt
    gone elsewhere
fi

# Archives on stdin, from a file and through a pipe: known by their bytes, done like others. What is
# none is read as it is.
run_input 0 "$samples/gbk.zip" detect -
prints 'stdin/报告.txt: '
run_input 0 "$samples/gbk.zip" convert - -o from-file
only from-file 报告.txt 合同/第一章.txt
same from-file/报告.txt gbk/gbk/报告.txt
for to in '-o piped/' '--to-archive zip -o piped.zip'; do
    command="convert - $to"
    checked
    cat "$samples/gbk.zip" | "$program" convert - $to >../out 2>../err || wrong 'a pipe was not read'
done
only piped 报告.txt 合同/第一章.txt
run 0 detect piped.zip
prints 'piped.zip/合同/第一章.txt: '
command='convert - in/a.txt'
cat "$samples/gbk.zip" | "$program" convert - in/a.txt -o beside 2>../err || wrong 'stdin beside a file'
only beside stdin/报告.txt stdin/合同/第一章.txt a.txt
run_input 2 "$samples/gbk.zip" convert -
says 'several results cannot all go to stdout; give -o FOLDER'
run_input 2 "$samples/gbk.zip" convert - --no-archives
checked
[ "$(cat in/a.txt | "$program" clean - $invisible)" = "$(cat expected)" ] || wrong 'a text through a pipe'
checked
[ "$( (printf 一; sleep 0.3; printf '二\n') | "$program" convert -)" = 一二 ] || wrong 'a text that comes late'
checked
[ -z "$("$program" convert - </dev/null 2>../err)" ] || wrong 'nothing is something'
run_input 0 in/a.txt convert -
same ../out in/a.txt
command='convert - into a full TMPDIR'
checked
cat "$samples/gbk.zip" | TMPDIR=/nowhere "$program" convert - -o none 2>../err
[ $? -eq 2 ] || wrong "exit code $?"
says 'the archive on stdin cannot be kept in a temporary file (there is none of this name)'
gone none
if [ -z "$zip_alone" ]; then
    run_input 0 "$samples/one.gz" convert - -o packed
    only packed stdin.txt
fi

# The same for any number of workers.
run 3 clean tree "$samples/evil.zip" "$samples/gbk.zip" -j 1 -o j1 --report r1.jsonl
cp ../err e1
run 3 clean tree "$samples/evil.zip" "$samples/gbk.zip" -j 4 -o j4 --report r4.jsonl
same ../err e1
checked
sed 's,"j4/,"j1/,' r4.jsonl | cmp -s - r1.jsonl || wrong 'reports differ'
checked
diff -r -x '.qingwen*' j1 j4 >../out || wrong 'outputs differ'

# Names of files that are bytes of GBK, or mojibake; a folder's name counts for what lies in it.
gbk=$(printf '\261\250\270\346')
mkdir -p names/$gbk
dirty >"names/$gbk/$(printf '\272\317\315\254').txt"
dirty >'names/ÕâÊÇÒ»·Ý±¨¸æ.txt'
dirty >names/好名字.txt
run 0 clean names -o fixed --fix-names --report fixed.jsonl
only fixed 报告/合同.txt 好名字.txt 这是一份报告.txt
holds fixed.jsonl '"type":"name"'
holds fixed.jsonl '"after":"这是一份报告.txt"'
holds fixed.jsonl '"before":"\\xB1\\xA8\\xB8\\xE6/'
checked
iconv -f UTF-8 -t UTF-8 fixed.jsonl >../out 2>&1 || wrong 'the report is no UTF-8'

# Names that become longer than a file system takes are shortened, and stay apart; an archive takes
# them as they are.
long=$(i=0; while [ $i -lt 45 ]; do printf '\271\253\316\304'; i=$((i + 1)); done)
mkdir wide "wide/$long"
dirty >"wide/${long}A.txt"
dirty >"wide/${long}B.txt"
dirty >"wide/$long/c.txt"
run 0 clean $invisible wide -o narrow --fix-names --report narrow.jsonl
says 'names changed: 3'
checked
[ "$(find narrow -name '公文公文*' | wc -l)" = 3 ] || wrong "there is: $(find narrow)"
[ "$(find narrow -name '*.txt' | wc -l)" = 3 ] || wrong "there is: $(find narrow)"
if [ -z "$zip_alone" ]; then
    tar cf wide.tar wide
    run 0 clean $invisible wide.tar -o unpacked --report wide.jsonl
    says 'names changed: 3'
    holds wide.jsonl '"rule":"length","why":"longer than 255 bytes"'
    run 0 clean $invisible wide.tar -o unpacked
    says '3 done before'
    run 0 clean $invisible wide.tar --to-archive zip -o wide.zip
    says_not 'names changed'
fi

# Ads in names; collisions are refused, and honest names stay.
mkdir ads
for name in '【某某网】报告' '(www.qinghewenku.com)总结' '通知_www.qinghe-wenku.com' '【教育部】通知' \
    '【互联网】行业分析' '附件1：登记表（2021）' '关于www.gov.cn改版的说明'; do
    dirty >"ads/$name.txt"
done
run 0 clean ads -o ads-out --clean-names --report ads.jsonl
only ads-out 报告.txt 总结.txt 通知.txt 【教育部】通知.txt 【互联网】行业分析.txt \
    '附件1：登记表（2021）.txt' 关于www.gov.cn改版的说明.txt
says 'names changed: 3'
lines=$(grep -c '"type":"name"' ads.jsonl)
checked
[ "$lines" = 3 ] || wrong "$lines names in the report, not 3"
dirty >ads/报告.txt
run 3 clean ads -o ads-clash --clean-names
says 'another input of this run has the output'
run 0 clean ads -o ads-kept
there 'ads-kept/【某某网】报告.txt'

finish
