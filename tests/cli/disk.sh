# What a disk does to a run: full, read-only, files that go away or change while they are read. A
# small file system in memory stands for the disk; skipped where none may be mounted.
. "$(dirname "$0")/lib.sh"
mkdir disk
mount -t tmpfs -o size=300k tmpfs disk 2>/dev/null || { echo "nothing may be mounted here: skipped"; exit 77; }
trap 'umount disk 2>/dev/null; rm -rf "$top"' EXIT
dirty >a.txt; clean >../want
i=0; while [ $i -lt 2000 ]; do cat a.txt; i=$((i + 1)); done >big.txt
mkdir in; for i in 1 2 3 4 5 6; do cp big.txt in/$i.txt; done; cp a.txt in/7.txt

# Full: what fits is done, the rest fails by name, nothing is half there; with room it is done.
run 75 clean $invisible in -o disk/out -j2
says "cannot write it (the disk is full); nothing was changed there"; no_leftovers
checked; done_before=$(find disk/out -name '*.txt' | wc -l); [ "$done_before" -lt 7 ] || wrong "all had room"
run 0 clean $invisible in -o elsewhere; checked
for f in disk/out/*.txt; do [ ! -e "$f" ] || cmp -s "$f" "elsewhere/${f##*/}" || wrong "$f is not whole"; done
mount -o remount,size=20m disk
run 0 clean $invisible in -o disk/out -j2; only disk/out 1.txt 2.txt 3.txt 4.txt 5.txt 6.txt 7.txt
checked
for f in 1 2 3 4 5 6 7; do cmp -s elsewhere/$f.txt disk/out/$f.txt || wrong "$f.txt differs"; done

# Full, in place: the inputs are as they were.
mount -o remount,size=20m disk; cp big.txt disk/b.txt; cp big.txt ../big
dd if=/dev/zero of=disk/filler bs=1k count=30000 2>/dev/null || :
run 2 clean $invisible disk/b.txt --in-place; says "disk/b.txt: cannot write it (the disk is full)"
same disk/b.txt ../big; gone disk/b.txt.bak; no_leftovers
# Full, into an archive: there is none, and nothing counts as done.
run 2 clean $invisible in --to-archive zip -o disk/new.zip; says "(the disk is full)"; gone disk/new.zip; no_leftovers
rm disk/filler

# Read-only.
mount -o remount,ro disk
run 2 clean $invisible a.txt -o disk/new/; says "(the disk is read-only)"; gone disk/new
run 2 clean $invisible disk/b.txt --in-place; says "disk/b.txt: cannot write it (the disk is read-only)"; same disk/b.txt ../big
run 0 clean $invisible disk/b.txt -o from; there from
mount -o remount,rw disk

# Files that go away after the folder was read, and one that is written to while it is read.
mkdir lost; for i in 1 2 3; do cp a.txt lost/$i.txt; done; mkfifo slow
command='clean slow lost, a file removed meanwhile'; checked
"$program" clean $invisible slow lost -o kept -j1 2>../err &
process=$!
sleep 0.3; rm lost/2.txt; dirty >slow; wait $process; code=$?
case $code in
0) only kept slow.txt lost/1.txt lost/3.txt ;; # it was gone before the folder was read
3) only kept slow.txt lost/1.txt lost/3.txt; says "lost/2.txt: cannot open it (there is none of this name)" ;;
*) wrong "exit code $code" ;;
esac
command='clean, a file that is written to'; checked
i=0; while [ $i -lt 100 ]; do cat big.txt; i=$((i + 1)); done >changing.txt
(while :; do printf '\n' >>changing.txt; done) & writer=$!
# On a busy machine the writer may not come to write while it is read.
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    rm -rf grown
    "$program" clean $invisible changing.txt a.txt -o grown 2>../err; code=$?
    [ $code -ne 3 ] || break
done
kill $writer 2>/dev/null; wait $writer 2>/dev/null
[ $code -eq 3 ] || wrong "exit code $code, not 3"
says "changing.txt: it changed while it was read; run again when nobody writes to it"
only grown a.txt
finish
