# Long text is converted as it is read, from a file or from stdin: the same comes out as of a
# document, which is read as a whole and is what a report is made of.
. "$(dirname "$0")/lib.sh"

# Lines of GB18030 with CRLF, and every so often a line of UTF-8 or one that is damaged.
long() { # LINES
    awk -v n="$1" 'BEGIN {
        for (i = 1; i <= n; i++) {
            printf "\326\332\322\273\260\331\312\256\306\332\271\244\327\367\261\250\270\346\243\254%d\241\243\r\n", i
            if (i % 5000 == 0) printf "\350\277\231\344\270\200\350\241\214\346\230\257\345\245\275\347\232\204\343\200\202\n"
        }
    }'
}
long 320000 >long.txt
run 0 convert long.txt --report whole.json -o whole.txt; silent
run 0 convert long.txt -o out.txt; silent; cp out.txt streamed.txt; same out.txt whole.txt
run_input 0 long.txt convert -; same ../out whole.txt
run_input 0 long.txt convert - -o from_stdin.txt; silent; same from_stdin.txt whole.txt
cat long.txt | "$program" convert - >piped.txt; same piped.txt whole.txt
long 30000 | "$program" convert - --report part.json -o part.txt # not long enough, and read whole
long 30000 | "$program" convert - >piped.txt; same piped.txt part.txt
run 0 convert long.txt -o out.txt; silent; same out.txt streamed.txt
run 0 convert -v long.txt -o made/; there made/long.txt; same made/long.txt streamed.txt
run 0 convert long.txt; same ../out streamed.txt

# What an earlier run wrote is known again however long it is, and so is what another has changed.
long 1 >>long.txt
run 0 convert long.txt -o out.txt; silent
run_input 0 long.txt convert -; same ../out out.txt
long 1 >>long.txt; printf x | dd of=out.txt bs=1 seek=9000000 conv=notrunc 2>../null; cp out.txt theirs.txt
run 2 convert long.txt -o out.txt; same out.txt theirs.txt

{ long 320000; printf 'a\377\377b\n'; long 9; } >bad.txt
run 3 convert bad.txt -o bad.out; says "bad.txt:byte "; cp bad.out streamed.txt
run 3 convert bad.txt --report bad.json -o whole_bad.txt; same whole_bad.txt streamed.txt
run_input 3 bad.txt convert -; same ../out streamed.txt
run_input 2 bad.txt convert - --strict; nothing
run 2 convert bad.txt --strict -o none.out; gone none.out; says "could not be decoded"
run 3 convert long.txt bad.txt --strict -o both; only both long.txt

{ printf 'MZ'; head -c 9000000 /dev/zero; } >zeros.dat
run 2 convert zeros.dat -o none.out; gone none.out; says "this is no document"
run_input 2 zeros.dat convert -; nothing; says "this is no document"
finish
