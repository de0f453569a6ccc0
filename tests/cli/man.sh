# The man pages name every command, option, filter, profile and format, and are good mdoc.
. "$(dirname "$0")/lib.sh"
for language in en zh; do
    page=$QW_MAN/$language/qingwen.1
    there "$page"
    for name in clean check convert detect outline pipe explain undo filters rules formats profiles; do
        holds "$page" ".It Cm $name"
        "$program" $name --help | grep -o -e '--[a-z-]*' >>../options
    done
    for option in $(sort -u ../options); do holds "$page" "Fl Fl ${option#--}"; done
    for list in filters profiles formats; do
        for name in $("$program" $list | grep -o '^[a-z]*'); do holds "$page" "Cm $name"; done
    done
    if command -v mandoc >/dev/null; then
        mandoc -T lint -W error "$page" >../out 2>../err || wrong "mandoc: $(cat ../out)"
    fi
done
finish
