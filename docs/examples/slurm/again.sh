#!/bin/sh
# Submits those tasks of an array again that did not come to an end:
#
#     again.sh IN OUT     after `sbatch --array=1-N clean.sbatch IN OUT` is through
set -eu
array=$("${QINGWEN:-qingwen}" status "$2" | grep -o -e '--array=[0-9,-]*') || exit 0 # none is missing
sbatch "$array" "$(dirname "$0")/clean.sbatch" "$1" "$2"
