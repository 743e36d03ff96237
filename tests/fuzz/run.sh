#!/bin/sh
# run.sh TARGET CORPUS: replays the corpus, then fuzzes for a while: 15 s, or ten minutes for ./test --long.
# New inputs go into a folder that is thrown away; a crash is left as crash-* in the build folder.
set -eu
target=$1 corpus=$2
seconds=15
[ -z "${ONRECORD_LONG:-}" ] || seconds=600
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
set -- "$found"
[ ! -d "$corpus" ] || set -- "$found" "$corpus"
exec 2>&1
"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -verbosity=0 "$@" || exit 1 # not 77, which libFuzzer means as "crashed" and meson as "skipped"
