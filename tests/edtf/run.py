#!/usr/bin/python3
"""Every EDTF value that onrecord writes parses: run.py ONRECORD. Prints TAP.

The texts are those of tests/cases and, where the public corpora are there, of corpora/dates and
corpora/commitments; the judge is the npm package edtf.
"""
import collections
import glob
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("ONRECORD_SHARED", os.path.join(HERE, "..", "..", "..", "shared"))
CORPORA = ("dates/gum-news/*.jsonl", "dates/wikiwars/*.jsonl", "dates/recognizers/*.jsonl",
           "dates/duckling/*.jsonl", "dates/chrono/*.jsonl", "commitments/gold.*.jsonl")


def own_texts():
    """(text, published) of every case: only what the format keeps on one line."""
    for path in sorted(glob.glob(os.path.join(HERE, "..", "cases", "**", "*.case"), recursive=True)):
        published = None
        for line in open(path, encoding="utf-8"):
            if line.startswith("name:"):
                published = None
            elif line.startswith("published:"):
                published = line.split(":", 1)[1].strip()
            elif line.startswith("text:"):
                yield line.split(":", 1)[1].strip(), published


def public_texts():
    for pattern in CORPORA:
        for path in sorted(glob.glob(os.path.join(SHARED, "corpora", pattern))):
            for line in open(path, encoding="utf-8"):
                row = json.loads(line)
                text = row.get("text") or row.get("Input")
                day = row.get("dct") or row.get("reference") or row.get("published") or "2021-04-07"
                if text:
                    yield text, str(day)[:10]


def values_of(onrecord, texts):
    """How often each value is written."""
    asked = "".join(json.dumps({"text": text, **({"published": day} if day else {})}) + "\n" for text, day in texts)
    done = subprocess.run([onrecord, "extract", "--ndjson"], input=asked.encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False)
    seen = collections.Counter()
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        seen.update(d["edtf"] for d in answer.get("dates", []) if d["edtf"])
        seen.update(c["due"]["edtf"] for c in answer.get("commitments", []) if c["due"])
    return seen


def judge(number, name, seen):
    done = subprocess.run(["node", os.path.join(HERE, "parse.mjs")], input="\n".join(seen), text=True,
                          stdout=subprocess.PIPE, check=True)
    bad = done.stdout.splitlines()
    good = not bad and len(seen) > 20
    print(f"{'ok' if good else 'not ok'} {number} - {len(seen)} different values ({sum(seen.values())} in all) of {name}")
    for line in bad[:40]:
        print(f"#   {line}")
    return good


def main():
    onrecord = sys.argv[1]
    print("TAP version 13\n1..2")
    good = judge(1, "the cases", values_of(onrecord, own_texts()))
    if os.path.isdir(os.path.join(SHARED, "corpora", "dates")):
        good &= judge(2, "the public corpora", values_of(onrecord, public_texts()))
    else:
        print(f"ok 2 # skip no corpora in {SHARED}; set ONRECORD_SHARED")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
