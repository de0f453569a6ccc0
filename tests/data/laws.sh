#!/bin/sh
# The laws over real samples. Skipped (77) without QW_DATA. Usage: laws.sh LAWS-PROGRAM
set -eu
if [ -z "${QW_DATA:-}" ]; then
    echo "skipped: QW_DATA is not set"
    exit 77
fi
exec "$1" "$QW_DATA/seeds" "$QW_DATA/encodings/traditional.txt"
