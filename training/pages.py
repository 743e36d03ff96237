#!/usr/bin/python3
"""Raw text for word classes: the words of public web pages and of the articles to train on.

  training/pages.py TOKENISE SHARED > words.bio

One token a line with the label O, an empty line behind every sentence, as training/rawtext.h reads it. Only
running text is taken: no label of these corpora is looked at. The program itself need not run, so that its
weights may be of an older version.
"""
import glob
import gzip
import json
import os
import subprocess
import sys

SETS = ("scrapinghub", "htmldate", "readability", "trafilatura", "newspaper4k")
BEGINNING = 400   # bytes; a page may lie in two sets


def sources(shared):
    """(how to cut it, bytes) of each text."""
    corpora = os.path.join(shared, "corpora")
    for name in SETS:
        for page in sorted(glob.glob(os.path.join(corpora, "html", name, "pages", "*.html.gz"))):
            with gzip.open(page) as file:
                yield "--page", file.read()
    with open(os.path.join(corpora, "commitments", "gold.train.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            yield "--words", json.loads(line)["text"].encode()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tokenise, shared = sys.argv[1:]
    seen = set()
    for how, source in sources(shared):
        words = subprocess.run([tokenise, how], input=source, stdout=subprocess.PIPE, check=True).stdout
        if words[:BEGINNING] not in seen:
            seen.add(words[:BEGINNING])
            sys.stdout.buffer.write(words + b"\n")


if __name__ == "__main__":
    main()
