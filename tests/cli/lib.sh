# lib: what the tests of the command line share. A test is `. lib.sh`, calls, and `finish`; it runs
# in a folder of its own, which is removed. $program is the program under test.
#
#     run CODE ARGS...     runs the program; its exit code must be CODE. What it printed is then in
#                          the files ../out and ../err.
#     prints TEXT          ../out holds TEXT        says TEXT      ../err holds TEXT
#     prints_just TEXT     ../out is TEXT and LF    silent         ../err is empty
#     same A B             the files are alike      holds FILE TEXT
#     gone FILE...         there are no such files  there FILE...
#     only FOLDER NAMES    the folder holds just these names (dot files aside)
set -u
case $1 in /*) program=$1 ;; *) program=$PWD/$1 ;; esac
top=$(mktemp -d)
work=$top/work
mkdir "$work"
cd "$work" || exit 2
trap 'chmod -R u+rwx "$top" 2>/dev/null; rm -rf "$top"' EXIT
LC_ALL=C
export LC_ALL
unset LANG LC_MESSAGES
failures=0
checks=0
command=

wrong() {
    failures=$((failures + 1))
    echo "after: qingwen $command"
    echo "    $1"
    [ ! -s ../err ] || sed 's/^/    stderr: /' ../err
}

checked() { checks=$((checks + 1)); }

run() {
    want=$1
    shift
    command=$*
    checked
    "$program" "$@" >../out 2>../err </dev/null
    code=$?
    [ "$code" -eq "$want" ] || wrong "exit code $code, not $want"
}

run_input() { # CODE FILE ARGS...: with stdin from FILE
    want=$1 input=$2
    shift 2
    command="$* < $input"
    checked
    "$program" "$@" >../out 2>../err <"$input"
    code=$?
    [ "$code" -eq "$want" ] || wrong "exit code $code, not $want"
}

prints() { checked; grep -qF -e "$1" ../out || wrong "stdout lacks: $1"; }
prints_not() { checked; ! grep -qF -e "$1" ../out || wrong "stdout has: $1"; }
says() { checked; grep -qF -e "$1" ../err || wrong "stderr lacks: $1"; }
says_not() { checked; ! grep -qF -e "$1" ../err || wrong "stderr has: $1"; }
silent() { checked; [ ! -s ../err ] || wrong "stderr is not empty"; }
nothing() { checked; [ ! -s ../out ] || wrong "stdout is not empty"; }
prints_just() { checked; [ "$(cat ../out)" = "$1" ] || wrong "stdout is: $(cat ../out)"; }
same() { checked; cmp -s "$1" "$2" || wrong "$1 and $2 differ"; }
differ() { checked; ! cmp -s "$1" "$2" || wrong "$1 and $2 are alike"; }
holds() { checked; grep -qF -e "$2" "$1" || wrong "$1 lacks: $2"; }
there() { checked; for f; do [ -e "$f" ] || wrong "there is no $f"; done; }
gone() { checked; for f; do [ ! -e "$f" ] || wrong "there is a $f"; done; }
lines() { checked; [ "$(wc -l <"$1")" -eq "$2" ] || wrong "$1 has $(wc -l <"$1") lines, not $2"; }

only() { # FOLDER NAMES...
    checked
    folder=$1
    shift
    names=$(cd "$folder" && find . -type f ! -name '.*' | sed 's,^\./,,' | sort | tr '\n' ' ')
    [ "$names" = "$(printf '%s\n' "$@" | sort | tr '\n' ' ')" ] || wrong "$folder holds: $names"
}

no_leftovers() { # temporary files
    checked
    [ -z "$(find . -name '.qingwen-*')" ] || wrong "left over: $(find . -name '.qingwen-*')"
}

finish() {
    echo "$checks checks, $failures failed"
    [ "$failures" -eq 0 ] && [ "$checks" -gt 0 ]
    exit
}

# A document with something to remove (an invisible character), and what it is when it is clean.
dirty() { printf '一、总体情况\n今年以来，各项\342\200\213工作有序推进。\n'; }
clean() { printf '一、总体情况\n今年以来，各项工作有序推进。\n'; }
invisible='--filters invisible'
