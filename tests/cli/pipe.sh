# pipe: a record in, an answer out, in order, whatever the documents are.
. "$(dirname "$0")/lib.sh"
dirty >a.txt
dirty | iconv -f UTF-8 -t GB18030 >b.txt 2>/dev/null || dirty >b.txt
printf 'a\000\001\002\003\000\000\377\376b\000\000' >binary.txt
mkdir folder

# Kinds of records, with ids of every kind.
cat >in <<'END'
{"id":1,"text":"今年以来，各项\u200b工作有序推进。\n"}
{"id":"two","path":"a.txt"}
{"path":"nowhere.txt","id":[3,{"x":null}]}
{"id":4,"bytes":"1tDOxKGj","name":"x.txt","encoding":"GB18030","other":{"a":[1]}}
no record

{"id":7,"path":"folder"}
{"id":8,"path":"binary.txt"}
{"id":9,"bytes":"?"}
{"id":10,"text":"乙","encoding":null}
{"id":11,"text":"a","encoding":"klingon"}
END
run_input 0 in pipe $invisible
silent
lines ../out 11
prints '{"id":1,"format":"txt","encoding":"UTF-8","changed":true,"removed_edits":1,"removed_bytes":3,"undecodable_bytes":0,"notices":[],"text":"今年以来，各项工作有序推进。\n"}'
prints '{"id":"two","format":"txt",'
prints '"text":"一、总体情况\n今年以来，各项工作有序推进。\n"}'
prints '{"id":[3,{"x":null}],"line":3,"error":{"id":"cannot-open","text":"cannot open it'
prints '{"id":4,"format":"txt","encoding":"GB18030","changed":false'
prints '"text":"中文。\n"}'
prints '{"id":null,"line":5,"error":{"id":"bad-record"'
prints '{"id":null,"line":6,"error":{"id":"bad-record"'
prints '{"id":7,"line":7,"error":{"id":"cannot-read"'
prints '{"id":8,"line":8,"error":{"id":"unknown-format"'
prints '{"id":9,"line":9,"error":{"id":"bad-record"'
prints '{"id":10,"format":"txt"'
prints '"text":"乙\n"}'

# The same answers for any number of workers, and in any language.
cp ../out one
for jobs in 1 2 5; do
    run_input 0 in pipe $invisible -j $jobs --lang zh
    same ../out one
done
grep -o '^{"id":[^,]*' ../out | head -4 | tr '\n' ' ' >order
holds order '{"id":1 {"id":"two" {"id":[3 {"id":4'

# What comes out.
printf '{"id":"\\u0085\\u2028\177","text":"1. 甲\\u0085乙\\n"}\n' >in

run_input 0 in pipe --profile archive
prints '{"id":"\u0085\u2028\u007f"'
prints_not "$(printf '\302\205')"
run_input 0 in pipe --profile archive --ascii
prints '\u7532'
LC_ALL=C grep -q "$(printf '[\200-\377]')" ../out && wrong 'not ASCII'
printf '{"id":1,"path":"a.txt"}\n' >in
run_input 2 in pipe --to md,txt
run_input 0 in pipe --to jsonl
prints '"objects":[{"path":"a.txt"'
run_input 0 in pipe --to docx
prints '"bytes":"UEsDB'
run_input 0 in pipe $invisible --edits
prints '"report":[{"type":"document","path":"a.txt"'
prints '{"type":"edit","path":"a.txt","edit":1'
run_input 0 in pipe --to jsonl --chunk 64
prints '"objects":['

# What clean does with a file, the pipe does with a record: with options for Word documents too.
"$program" clean a.txt -o w.docx 2>/dev/null || wrong 'no docx could be made'
printf '{"path":"w.docx"}\n' >in
for words in '--to docx --unlock' '--profile official --to docx' '--to md' '--formulas linear --to txt'; do
    run 0 clean w.docx $words; cp ../out want
    run_input 0 in pipe $words
    case $words in
    *docx*) sed 's/.*"bytes":"//; s/"}$//' ../out | base64 -d >got; same got want ;;
    *) prints "\"text\":\"$(sed 's/$/\\n/' want | tr -d '\n')\"}" ;;
    esac
done

# Records that mean harm: each is an answer, and the next is read.
{
    head -c 300000 /dev/zero | tr '\0' '['; echo
    printf '{"id":'; head -c 300000 /dev/zero | tr '\0' '['; printf ',"text":"a"}\n'
    printf '{"text":"a","x":'; i=0; while [ $i -lt 300 ]; do printf '{"a":'; i=$((i + 1)); done; echo
    printf '{"%s":1,"text":"a"}\n' "$(head -c 200000 /dev/zero | tr '\0' k)"
    printf '{"text":"a","text":"b"}\n{"text":"a","path":"a.txt"}\n'
    printf '\357\273\277{"text":"a"}\n{"text":"\\ud800"}\n{"text":"\377\376"}\n{"text":"a\000b"}\n'
    printf '{"path":"a\\u0000.txt"}\n{"text":"a"}x\n{"text":1}\n{"text":"a",}\n[]\n"text"\n'
    printf '{"id":1e999999,"text":"a"}\r\n{"text":"\\u0000\\u001b[31m"}\n{"id":"last","text":"a"}'
} >in
run_input 0 in pipe --profile archive
lines ../out 19
silent
[ "$(grep -c '"error":{"id":"bad-record"' ../out)" -eq 15 ] || wrong 'other answers to bad records'
prints '{"id":1e999999,"format"'
prints '\u001b[31m'
prints '{"id":"last","format"'

# Long records fail by themselves; the id is known if it stands at the beginning.
{
    printf '{"id":"long","text":"'
    head -c 3000000 /dev/zero | tr '\0' x
    printf '"}\n{"id":2,"text":"x"}\n{"text":"'
    head -c 3000000 /dev/zero | tr '\0' x
    printf '","id":3}'
} >in
run_input 0 in pipe --max-record 1M
lines ../out 3
prints '{"id":"long","line":1,"error":{"id":"record-too-long"'
prints '{"id":2,'
prints '{"id":null,"line":3,"error":{"id":"record-too-long"'
run_input 0 in pipe
prints_not error
run_input 0 /dev/null pipe
nothing
silent

# The command line can be wrong; records cannot.
run 2 pipe a.txt
run 2 pipe --profile nowhere
run 2 pipe --from-encoding klingon
run 2 pipe --to klingon
run 2 pipe --max-record x

# An answer comes as soon as it can, while the input stays open. stdin is no document.
mkfifo to
"$program" pipe <to >from 2>../err &
pid=$!
exec 3>to
printf '{"id":1,"path":"-"}\n' >&3
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ -s from ] && break
    sleep 0.2
done
holds from '{"id":1,"line":1,"error":{"id":"cannot-open"'
kill -TERM $pid
wait $pid
code=$?
exec 3>&-
checked
[ $code -eq 143 ] || wrong "after SIGTERM: $code"
silent

# A reader that goes away ends it, without a word.
i=0
while [ $i -lt 3000 ]; do
    echo "{\"id\":$i,\"path\":\"a.txt\"}"
    i=$((i + 1))
done >in
command='pipe | head'
{ "$program" pipe <in 2>../err; echo $? >code; } | head -n 1 >../out
holds code 141
silent
lines ../out 1

# Much at once: every record once, in order.
run_input 0 in pipe -j 3
lines ../out 3000
grep -o '^{"id":[0-9]*' ../out | cut -d: -f2 >ids
seq 0 2999 >want
same ids want
finish
