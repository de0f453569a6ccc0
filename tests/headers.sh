#!/bin/sh
# headers: the public header compiles alone, as C11 and as C++11, without a warning.
# Usage: headers.sh HEADER C-COMPILER C++-COMPILER ("" when there is none)
set -eu
warnings="-Wall -Wextra -Wpedantic -Werror -fsyntax-only"
"$2" -std=c11 $warnings -x c "$1"
if [ -n "$3" ]; then
    "$3" -std=c++11 $warnings -x c++ "$1"
else
    echo "no C++ compiler: checked as C only"
fi
