# What is never written to, and what is only with --force.
. "$(dirname "$0")/lib.sh"
clean >../want; dirty >a.txt; cp a.txt ../source

# The input itself, by whatever name.
run 2 clean $invisible a.txt -o a.txt; says "a.txt: the output would be the input itself, or another input; give -o another name"
run 2 clean $invisible a.txt -o ./a.txt --force; says "the output would be the input itself"
run 2 clean $invisible a.txt -o . --force; says "the output would be the input itself"
ln a.txt hard.txt; ln -s a.txt soft.txt
run 2 clean $invisible a.txt -o hard.txt --force; says "the output would be the input itself"
run 2 clean $invisible a.txt -o soft.txt --force; says "the output would be the input itself"
run 2 clean $invisible soft.txt -o a.txt --force; says "the output would be the input itself"
run_input 2 a.txt clean $invisible - -o a.txt --force; says "the output would be the input itself"
run 2 clean $invisible a.txt --report a.txt --force -o x/; says "the output would be the input itself"
same a.txt ../source

# What somebody else wrote.
echo mine >b.txt
run 2 clean $invisible a.txt -o b.txt; says "b.txt: it exists, and qingwen did not write it for a.txt; use another name, or --force"
holds b.txt mine
run 2 clean $invisible a.txt -o b.txt --dry-run; holds b.txt mine
run 0 clean $invisible a.txt -o b.txt --force; same b.txt ../want; silent

# What the program wrote for this input may be replaced …
cp -p b.txt ../dated; touch -t 200001010000 b.txt
run 0 clean $invisible a.txt -o b.txt; same b.txt ../want
checked; [ -n "$(find b.txt ! -newer ../dated)" ] || wrong "the same output was written anew"
printf '又一行\342\200\213。\n' >>a.txt
run 0 clean $invisible a.txt -o b.txt; holds b.txt 又一行。
run 0 convert a.txt -o b.txt; same a.txt b.txt
# … not for another input, nor after somebody changed it, nor when its folder's list is lost.
dirty >other.txt
run 2 clean $invisible other.txt -o b.txt; says "did not write it for other.txt"; same a.txt b.txt
echo 'by hand' >>b.txt
run 2 clean $invisible a.txt -o b.txt; says "did not write it for a.txt"; holds b.txt 'by hand'
run 0 clean $invisible a.txt -o b.txt -f
rm .qingwen.db
run 2 clean $invisible a.txt -o b.txt; says "b.txt: it exists"

# The same in a folder: one refusal, and the others are done.
mkdir in; dirty >in/1.txt; dirty >in/2.txt; dirty >"in/a 100%.txt"
run 0 clean $invisible in -o out; run 0 clean $invisible in -o out;
says "3 files: 0 changed, 0 unchanged, 0 failed, 3 done before"
echo 'by hand' >>out/2.txt
run 3 clean $invisible in -o out; says "out/2.txt: it exists"; says "1 failed"; holds out/2.txt 'by hand'
run 0 clean $invisible in -o out --force; same out/2.txt ../want
# Paths of the input may be written otherwise: it is the same file.
(cd in && "$program" clean -q $invisible ../in -o ../out) || wrong "the same input by another path"

# Folders and links in the way, and what is no file.
mkdir -p out3/1.txt
run 3 clean $invisible in -o out3; says "out3/1.txt: there is a folder of that name"; there out3/2.txt
echo target >target.txt; ln -s target.txt link.txt; ln -s nowhere dangling.txt
run 2 clean $invisible a.txt -o link.txt; says "link.txt: it exists"
run 2 clean $invisible a.txt -o dangling.txt; says "dangling.txt: it exists"; gone nowhere
run 0 clean $invisible a.txt -o link.txt --force; holds target.txt target; holds link.txt 又一行
run 0 clean $invisible a.txt -o /dev/null; [ -c /dev/null ] || wrong "/dev/null is no device any more"
mkfifo pipe; cat pipe >../piped & run 0 clean $invisible a.txt -o pipe; wait; holds ../piped 又一行; there pipe

# Reports are outputs too.
echo '{}' >r.jsonl
run 2 clean $invisible a.txt --report r.jsonl; says "r.jsonl: it exists"; nothing; holds r.jsonl '{}'
run 0 clean $invisible a.txt --report new.jsonl; run 0 clean $invisible a.txt --report new.jsonl
run 2 clean $invisible other.txt --report new.jsonl; says "new.jsonl: it exists"

# So is whatever any command writes: each says what it would have been for.
refused() {
    run 2 "$@"
    says "taken: it exists, and qingwen did not write it for in; use another name, or --force"
    holds taken mine
}
echo mine >taken
refused learn in -o taken; says_not "cannot write it"
refused clean $invisible in -o reported --report taken
run 0 clean $invisible in -o reported --report reported.jsonl; mv in aside; mv reported in
refused merge in --report taken
refused report in -o taken
rm -r in; mv aside in
refused clean $invisible in --to-archive zip -o taken
run 0 clean $invisible a.txt -o undone.txt --report undone.jsonl
run 2 undo undone.jsonl undone.txt -o taken; says "did not write it for undone.txt; use"; holds taken mine
run 2 learn in -o taken --lang zh; says "不是本程序为 in 写出的"

# Two inputs with one output: the second fails, the same way for any number of jobs.
mkdir -p p/x q; dirty >p/same.txt; dirty >q/same.txt
for jobs in 1 2 8; do
    rm -rf clash
    run 3 clean $invisible p/same.txt q/same.txt -o clash -j$jobs
    says "q/same.txt: another input of this run has the output clash/same.txt; rename one of the two"
    cp ../err ../err$jobs
done
same ../err1 ../err2; same ../err1 ../err8
run 3 clean $invisible p/same.txt q/same.txt -o clash -f; says "another input of this run"
run 3 clean $invisible p/same.txt q/same.txt -o never --dry-run; says "another input of this run"; gone never
# No input is written to, whichever input the output is for, and whatever is forced.
mkdir -p over/k; dirty >over/KEEP.txt; clean >over/k/KEEP.txt; dirty >kept
run 2 clean $invisible over/k/KEEP.txt over/KEEP.txt -o over --force; says "or another input"
same over/KEEP.txt kept; clean >kept
run 2 clean $invisible over/k -o over/out --report over/k/KEEP.txt --force; says "or another input"
same over/k/KEEP.txt kept; gone over/out
for again in 1 2; do run 0 clean $invisible over/k -o over/out --report over/k/r.jsonl; done

# In a folder only documents are cleaned; what is named is taken as it is, and convert takes all text.
mkdir mixed; dirty >mixed/a.txt; dirty >mixed/noext; printf 'a\tb\t\n' >mixed/t.tsv
run 0 clean $invisible mixed -o cleaned; only cleaned a.txt noext.txt; says "1 left out"
run 0 clean $invisible mixed/t.tsv; prints "$(printf 'a\tb\t')"
run 0 convert mixed -o decoded; there decoded/t.tsv.txt

no_leftovers
finish
