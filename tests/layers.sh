#!/bin/sh
# layers: who may include what. The folders are the architecture, and this is what keeps it so:
#
#   cli -> include/qingwen.h only        filters -> src/filter.h only
#   format -> text ooxml model base      text, ooxml -> model base      model -> base
#   archive -> text base
#
# Files of a folder may include each other; what lies in src itself joins the layers and may see all
# of them but cli. Each outside library is known to exactly one file; the rest is C11 and POSIX, and
# threads belong to cli. Usage: layers.sh SOURCE-FOLDER
set -eu
cd "$1"

find src filters include \( -name '*.[ch]' -o -name '*.def' \) ! -path '*/build*/*' | sort |
while read -r file; do
    sed -n 's/^[ \t]*#[ \t]*include[ \t]*\(["<][^">]*\)[">].*/\1/p' "$file" |
    while read -r name; do
        case $name in
        '"'*) # resolve as the compiler does: the file's own folder first
            name=${name#?}
            for folder in "$(dirname "$file")" include src src/cli filters; do
                [ -e "$folder/$name" ] && break
            done
            [ -e "$folder/$name" ] || folder=made # by the build
            echo "$file own $folder/$name" ;;
        *) echo "$file outside ${name#?}" ;;
        esac
    done
done | awk '
function layer(path,   part) {
    sub(/^\.\//, "", path)
    if (path ~ /^made\//) return "made"
    split(path, part, "/")
    if (part[1] != "src") return part[1]
    return part[3] == "" ? (part[2] == "filter.h" ? "filter.h" : part[2] ~ /\.def$/ ? "list" : "top") : part[2]
}
BEGIN {
    may["cli"] = "include made"
    may["filters"] = "filter.h made"
    may["filter.h"] = "text model base include"
    may["format"] = "text ooxml model base include list"
    may["text"] = "model base include"
    may["ooxml"] = "model base include"
    may["archive"] = "text base include"
    may["model"] = "base include"
    may["base"] = "include list"
    may["top"] = "filter.h filters format archive text ooxml model base include list"
    may["include"] = may["list"] = ""
    only["iconv.h"] = "src/text/iconv.c"
    only["zip.h"] = "src/base/zip.c"
    only["archive.h"] = only["archive_entry.h"] = "src/archive/libarchive.c"
    only["libxml"] = "src/ooxml/xml.c"
    only["pcre2.h"] = "src/base/regex.c"
    only["utf8proc.h"] = "src/base/unicode.c"
    only["jansson.h"] = "src/base/json.c"
    only["sqlite3.h"] = "src/cli/state/database.c"
    only["xxhash.h"] = "src/cli/output/digest.c"
    standard = " assert ctype errno float inttypes limits locale math setjmp signal stdalign stdarg stdbool stddef stdint stdio stdlib stdnoreturn string strings time wchar arm_neon emmintrin immintrin "
    system_wide = " dirent fcntl ftw getopt glob langinfo poll pthread regex spawn sys/mman sys/resource sys/socket sys/stat sys/time sys/types sys/utsname sys/wait sys/xattr termios unistd "
}
function wrong(file, what) { print file ": " what; failed++ }
$2 == "own" {
    files++
    from = layer($1); to = layer($3)
    if (!(from in may)) wrong($1, "lies in no layer (" from ")")
    else if (from != to && index(" " may[from] " ", " " to " ") == 0)
        wrong($1, "includes " $3 ": " from " may include " (may[from] == "" ? "nothing" : may[from]))
}
$2 == "outside" {
    name = $3; sub(/\/.*/, "", name)
    if (name == "sys") name = $3
    stem = name; sub(/\.h$/, "", stem)
    if (name in only) {
        seen[name]++
        if ($1 != only[name]) wrong($1, "includes <" $3 ">, which only " only[name] " may know")
    } else if (index(system_wide, " " stem " ")) {
        if (layer($1) != "cli") wrong($1, "includes <" $3 ">: the library knows no files and no threads")
    } else if (index(standard, " " stem " ") == 0)
        wrong($1, "includes <" $3 ">, which is neither C11 nor POSIX nor a library of ours")
}
END {
    printf "%d includes of our own, %d against the layers\n", files, failed
    exit failed || files < 50
}'
