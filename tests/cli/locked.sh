# A state that somebody else holds: waited for, half a minute; then the exit code says that it is
# worth trying again, and nothing is written.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null && python3 -c 'import sqlite3' 2>/dev/null ||
    { echo "no python3 with sqlite3: skipped"; exit 77; }
mkdir in; dirty >in/a.txt; dirty >in/b.txt
run 0 clean $invisible in -o out; cp -r out ../before
hold() { # SECONDS: at most; until the file `held` is gone
    python3 -c 'import os, sqlite3, sys, time
c = sqlite3.connect("out/.qingwen.db", isolation_level=None)
c.execute("BEGIN EXCLUSIVE")
open("held", "w").close()
end = time.time() + float(sys.argv[1])
while os.path.exists("held") and time.time() < end: time.sleep(0.1)' "$1" &
    holder=$!
    while [ ! -e held ] && kill -0 $holder 2>/dev/null; do sleep 0.1; done
}

# It is waited for.
printf '又\342\200\213一行。\n' >>in/a.txt
hold 2; run 0 clean $invisible in -o out; says "1 changed"; wait $holder; rm -f held

# But not for ever.
printf '再\342\200\213一行。\n' >>in/b.txt; cp out/b.txt ../b
hold 60
run 75 clean $invisible in -o out; says "another run is at work there; try again when it is done"
rm held; wait $holder; same out/b.txt ../b
run 0 clean $invisible in -o out; says "1 changed"; holds out/b.txt 再一行。
no_leftovers
finish
