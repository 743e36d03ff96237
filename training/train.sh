#!/bin/sh
# Trains everything anew: training/train.sh CORPORA [WORDNET-FOLDER] [OUT-FOLDER]
#
# Each step reads what the one before it wrote, through the rebuilt binary: the tagger needs the
# lexicon, the name finder the tags. OUT-FOLDER is data/weights unless told otherwise; with another
# folder the committed weights stay in use, and the result must be equal to them byte for byte.
set -eu
cd "$(dirname "$0")/.."
corpora=$1
wordnet=${2:-/usr/share/wordnet}
out=${3:-data/weights}
treebanks="$corpora/treebanks/ewt/train.conllu $corpora/treebanks/gum-open/train.conllu"
raw="$treebanks $corpora/ner/gmb-silver/train-a.bio $corpora/ner/gmb-silver/train-b.bio
     $corpora/ner/wnut17/train.bio $corpora/ner/crossner-politics/train.bio
     $corpora/ner/crossner-other/train.bio"

[ -d build ] || meson setup build
run() {
    meson compile -C build "$1" >/dev/null
    program=build/training/$1
    shift
    "$program" "$@"
}
mkdir -p "$out"
pages=$(mktemp)
trap 'rm -f "$pages"' EXIT
meson compile -C build training/tokenise >/dev/null
training/pages.py build/training/tokenise "$corpora/.." >"$pages"
# shellcheck disable=SC2086 # lists of files
run train-words "$out/words.bin" "$wordnet" $raw "$pages"
# shellcheck disable=SC2086
run train-tags "$out/tags.bin" 5 10 $treebanks
# shellcheck disable=SC2086
run train-tree "$out/moves.bin" "$out/labels.bin" 8 10 "web=$corpora/treebanks/ewt/train.conllu" \
    "$corpora/treebanks/gum-open/train.conllu"
run train-names "$out/names.bin" 10 6 "$corpora"
