# What is wrong with a command line is said, with what to do, and the exit code is 2.
. "$(dirname "$0")/lib.sh"
dirty >a.txt

run 2; says "no command was given; \`qingwen --help\` lists them"; nothing
run 2 claen a.txt; says "there is no command “claen”; did you mean \`qingwen clean\`?"
run 2 frobnicate; says "there is no command “frobnicate”; \`qingwen --help\` lists them"
run 2 a.txt; says "“a.txt” is a file and no command; did you mean \`qingwen clean a.txt\`?"
run 2 clean; says "no input was given"
run 2 clean --profil samples a.txt; says "there is no option “--profil”; did you mean --profile?"
run 2 clean --zzz a.txt; says "there is no option “--zzz”; \`qingwen clean --help\` lists them"
run 2 clean -Z a.txt; says "there is no option “-Z”"
run 2 clean --json a.txt; says "\`clean\` has no option --json"
run 2 detect --filters ads a.txt; says "\`detect\` has no option --filters"
run 2 clean a.txt -o; says "-o needs a value; write -o OUT"
run 2 clean a.txt --to=; says "--to needs a value"
run 2 clean --quiet=yes a.txt; says "--quiet takes no value; leave “yes” away"
for n in 0 -1 x 2x 99999 ''; do
    [ -z "$n" ] || { run 2 clean "-j$n" a.txt; says "is no value for --jobs"; }
done
run 2 check --format xml a.txt; says "“xml” is no value for --format; it takes text|diff|json"
run 2 clean --lang fr a.txt; says "“fr” is no value for --lang; it takes en|zh"
run 2 clean --to pdf a.txt; says "there is no way to write the format “pdf”"
run 2 clean --profile nope a.txt; says "there is no profile “nope”"
run 2 clean --filters nope a.txt; says "there is no filter “nope”"
run 2 clean --from-encoding klingon a.txt a.txt -o x; says "there is no encoding “klingon”"; lines ../err 1
run 2 clean --rules none.rules a.txt; says "none.rules: cannot open it (there is none of this name)"
run 2 clean - -; says "stdin can be read once"
run 2 clean a.txt a.txt; says "several results cannot all go to stdout; give -o FOLDER"
run 2 clean --to txt,jsonl a.txt; says "give -o FOLDER"
run 2 clean a.txt --report -; says "report and result cannot both go to stdout"
run 2 filters a.txt; says "\`filters\` takes no input"
run 2 undo a.txt; says "write qingwen undo REPORT OUTPUT"
run 2 undo a.txt a.txt --only 1,x; says "“1,x” is no value for --only; it takes 1,3,7-9"
run 2 undo a.txt a.txt --only 3-1; says "is no value for --only"
run 2 undo a.txt a.txt; says "a.txt:line 1: this is no report of qingwen"
gone x

# Help and version go to stdout and are no errors.
run 0 --help; silent; prints "usage: qingwen COMMAND"; prints "Exit code"
run 0 --version; silent; prints "qingwen "
run 0 help clean; prints "usage: qingwen clean INPUT"
for name in clean check convert detect outline explain undo filters rules formats profiles; do
    run 0 "$name" --help; silent; prints "usage: qingwen $name"; prints "--lang"
    run 0 --help; prints "  $name"
    run 0 "$name" -h --lang zh; prints "用法：qingwen $name"; prints "选项："
done
run 0 clean --help; prints "--dry-run"; prints_not "--only"

# Options may stand before the command, behind inputs, together, and after their letter.
cp a.txt b.txt
run 0 -q clean a.txt -oout/ --filters=invisible -j1
only out a.txt
run 0 clean -qj2 -o out b.txt a.txt --filters invisible; silent
only out a.txt b.txt

# After -- everything is an input; - is stdin.
dirty >-n
run 0 clean --filters invisible -- -n; clean >../want; same ../out ../want
run_input 0 a.txt clean --filters invisible -; same ../out ../want
run_input 0 a.txt clean --filters invisible - -o piped/; only piped stdin.txt
finish
