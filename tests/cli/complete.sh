# The completions work in the shells themselves: each shell that is here is asked what it would offer.
. "$(dirname "$0")/lib.sh"
folder=$QW_COMPLETIONS
for shell in bash zsh fish; do
    command -v $shell >/dev/null && found="${found:-} $shell"
done
[ -n "${found:-}" ] || { echo "no bash, zsh or fish here"; exit 77; }
PATH=$(dirname "$program"):$PATH
printf 'x' >novel.txt
mkdir rules

offers() { # LINE WORD...: every shell offers these words for this line
    line=$1
    shift
    for shell in $found; do
        command="($shell) $line"
        ask_$shell "$line" >../out 2>../err
        for word; do
            checked
            grep -qE "(^|[ ,=])$word([ /:,=	]|\$)" ../out ||
                wrong "$word is not offered, but: $(tr '\n' ' ' <../out | cut -c 1-300)"
        done
    done
}

offers_not() { # LINE WORD...
    line=$1
    shift
    for shell in $found; do
        command="($shell) $line"
        ask_$shell "$line" >../out 2>../err
        for word; do
            checked
            ! grep -qE "(^|[ ,=])$word([ /:,=	]|\$)" ../out || wrong "$word is offered"
        done
    done
}

# shellcheck disable=SC2016
ask_bash() { # as readline does: the words, "=" one of its own
    bash --norc --noprofile -c '. "$1"
        line=$2 COMP_WORDS=()
        for word in $line; do
            case $word in --*=*) COMP_WORDS+=("${word%%=*}" =); word=${word#*=}; [ -n "$word" ] || continue ;; esac
            COMP_WORDS+=("$word")
        done
        case $line in *" ") COMP_WORDS+=("") ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line}
        _qingwen qingwen "" ""
        printf "%s\n" "${COMPREPLY[@]}"' bash "$folder/bash/qingwen" "$1"
}

# A shell in a terminal of its own gets the line, two tabs, and a key that prints the line as it
# stands then. What it drew, less the colours.
ask_zsh() {
    cat >../zshrc <<END
PS1=
fpath=($folder/zsh \$fpath)
LISTMAX=9999
stty rows 200 cols 300
setopt no_list_beep no_always_last_prompt
unset zle_bracketed_paste
autoload -U compinit
compinit -u -D
show_line() { zle -I; print -r -- "line: \$BUFFER"; print ov""er }
zle -N show_line
bindkey '^X' show_line
END
    # shellcheck disable=SC2016
    zsh -f -c 'zmodload zsh/zpty
        zpty asked "zsh -f -i"
        zpty -w asked "source ../zshrc"
        zpty -n -w asked "$1"$'"'\\t\\t\\030'"'
        zpty -r -m asked drawn "*over*"
        print -r -- "$drawn"
        zpty -d asked' zsh "$1" |
        sed 's/\x1b\[[0-9;?]*[A-Za-z]//g' | tr '\r\a' '\n\n'
}

ask_fish() {
    HOME=$top fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$folder/fish/qingwen.fish" "$1"
}

offers 'qingwen cl' clean
offers 'qingwen co' convert
offers 'qingwen ' clean check convert detect undo formats
offers 'qingwen clean --pro' --profile
offers_not 'qingwen detect --la' --layout
offers 'qingwen clean --la' --layout --lang
offers 'qingwen clean --profile ' samples official
offers 'qingwen check --format=' text diff json
offers 'qingwen clean --to ' txt docx md
offers 'qingwen clean --to txt,m' md
offers 'qingwen clean --filters ads,invis' invisible
offers 'qingwen clean no' 'novel\.txt'
offers 'qingwen clean --rules ' rules
finish
