# A run that is killed outright, at some moments: there is never half a file, and when it is run
# again all is as if nothing had happened. KILLS sets how often (20).
. "$(dirname "$0")/lib.sh"
mkdir in
i=0
while [ $i -lt 300 ]; do
    i=$((i + 1)); folder=in/$((i % 7)); mkdir -p $folder
    { dirty; printf '第%d份材料。扫码关注公众号“松塔文稿屋”，海量范文免费下载\342\200\213\n' $i; } >$folder/$i.txt
done
dates() { (cd "$1" && find . -type f ! -name '.*' -exec cksum {} + | sort -k3); }

run 0 clean in -o whole --report whole.jsonl; dates whole >../want
sed 's/"whole/"out/g' whole.jsonl >../want.jsonl
kills=0 finished=0 half=0 most=${KILLS:-20}
milliseconds=$(awk 'BEGIN { srand(); print int(rand() * 1000) }')
while [ $kills -lt "$most" ]; do
    milliseconds=$(((milliseconds * 7919 + 104729) % 1000))
    "$program" clean in -o out --report out.jsonl -j2 2>/dev/null &
    process=$!
    sleep 0.$(printf '%03d' $((milliseconds % 400)))
    kill -KILL $process 2>/dev/null || finished=$((finished + 1))
    wait $process 2>/dev/null
    kills=$((kills + 1))
    # What the state tells can be read, whatever moment it was.
    if [ -e out/.qingwen.db ]; then
        "$program" status out >../out 2>../err; code=$?; checked
        { [ $code -eq 75 ] || [ $code -eq 0 ]; } && [ ! -s ../err ] || wrong "status: exit code $code"
    fi
    # Every file that has its name is complete.
    if [ -d out ]; then
        dates out >../now
        [ -z "$(grep -vxFf ../want ../now)" ] || half=$((half + 1))
        # Once in a while all is begun anew, so that kills come early and late.
        [ $((kills % 3)) -ne 0 ] || { [ "$(wc -l <../now)" -lt 300 ] || rm -rf out out.jsonl; }
    fi
done
checked; [ $half -eq 0 ] || wrong "half a file after $half of $kills kills"
sleep 0.5 # its workers notice, and end
run 0 clean in -o out --report out.jsonl; dates out >../now; same ../now ../want; same out.jsonl ../want.jsonl
run 0 clean in -o out --report out.jsonl; says "300 done before"
checked; [ -z "$(find out -name '.qingwen-*')" ] || wrong "left over: $(find out -name '.qingwen-*' | head -3)"
# Into an archive: none is there before it is complete, and an older one stays until then.
run 0 clean in --to-archive zip -o whole.zip
kill_packing() { # PAUSE OUT
    "$program" clean in --to-archive zip -o "$2" -j2 2>/dev/null &
    process=$!
    sleep "$1"; kill -KILL $process 2>/dev/null; wait $process 2>/dev/null
}
names() { "$program" detect "$1" 2>/dev/null | wc -l; }
for pause in 0.02 0.06 0.12; do
    command="clean --to-archive, killed after $pause s"; checked
    rm -f packed.zip; kill_packing $pause packed.zip
    [ ! -e packed.zip ] || [ "$(names packed.zip)" -eq 300 ] || wrong "half an archive"
    kill_packing $pause whole.zip; [ "$(names whole.zip)" -eq 300 ] || wrong "the older archive is spoilt"
done
sleep 0.5
run 0 clean in --to-archive zip -o packed.zip; run 0 clean in --to-archive zip -o whole.zip
checked; [ "$(names packed.zip)" -eq 300 ] || wrong "the archive lacks something"
checked; [ -z "$(find . -maxdepth 1 -name '.qingwen-*')" ] || wrong "left over: $(find . -maxdepth 1 -name '.qingwen-*')"
echo "$kills kills, $finished of them after the end"
finish
