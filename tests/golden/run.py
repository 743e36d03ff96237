#!/usr/bin/python3
"""Whole answers, kept: run.py check|write ONRECORD.

For each NAME.request.json of this folder `check` compares the answer of `onrecord extract --ndjson` with
NAME.answer.json and prints TAP; `write` stores today's answers, to be read in the diff before they are
committed. The id is left out: it changes with the version.
"""
import difflib
import glob
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tools"))
from readme import pretty


def answer(onrecord, path):
    with open(path, encoding="utf-8") as text:
        request = json.dumps(json.load(text)) + "\n"
    said = subprocess.run([onrecord, "extract", "--ndjson"], input=request, capture_output=True, text=True,
                          check=False)
    summary = json.loads(said.stdout)
    summary.pop("id", None)
    return pretty(summary) + "\n"


def main():
    what, onrecord = sys.argv[1:]
    requests = sorted(glob.glob(os.path.join(HERE, "*.request.json")))
    print(f"TAP version 13\n1..{len(requests)}")
    failed = 0
    for number, path in enumerate(requests, 1):
        now, kept_in = answer(onrecord, path), path.replace(".request.", ".answer.")
        if what == "write":
            with open(kept_in, "w", encoding="utf-8") as out:
                out.write(now)
        with open(kept_in, encoding="utf-8") as text:
            kept = text.read()
        failed += kept != now
        print(f"{'ok' if kept == now else 'not ok'} {number} - {os.path.basename(path)}")
        for line in difflib.unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", lineterm=""):
            print(f"#   {line}")
    sys.exit(1 if failed or not requests else 0)


if __name__ == "__main__":
    main()
