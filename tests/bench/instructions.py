#!/usr/bin/python3
"""Guards the price of an article: instructions.py BINARY [--write]

Counts with callgrind the instructions that the pipeline and the writer of the answer spend on the seed
article: a figure that no noisy neighbour changes. Fails (TAP) when it is more than a tenth above the one
kept in instructions.json. --write keeps the new figure: do so on purpose, and say in the commit what
the instructions are spent on. The figure holds for processors with AVX2.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, "instructions.json")
SHARED = os.environ.get("ONRECORD_SHARED", os.path.join(HERE, "..", "..", "..", "shared"))
ARTICLE = os.path.join(SHARED, "seed", "article.txt")
COUNTED = ("pipeline_run", "summary_to_json")
TOLERANCE = 0.10


def instructions(binary):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind.out")
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}",
             *(f"--toggle-collect={name}" for name in COUNTED),
             binary, "extract", "--published", "2021-04-07", ARTICLE],
            capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"1..1\nnot ok 1 - callgrind runs\n# {done.stderr[-2000:]}")
        return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def main():
    binary = sys.argv[1]
    if not os.path.exists(ARTICLE):
        print(f"1..1\nok 1 # skip no seed article at {ARTICLE}; set ONRECORD_SHARED")
        return
    now = instructions(binary)
    if "--write" in sys.argv[2:]:
        with open(KEPT, "w", encoding="ascii") as out:
            json.dump({"seed": now}, out)
            out.write("\n")
    with open(KEPT, encoding="ascii") as kept:
        before = json.load(kept)["seed"]
    change = now / before - 1
    print(f"1..1\n{'not ok' if change > TOLERANCE else 'ok'} 1 - the seed article costs {now} instructions, "
          f"{change:+.1%} against the {before} kept")
    if change > TOLERANCE:
        print(f"# More than {TOLERANCE:.0%} dearer. Find out what costs it; if it is worth it: "
              "tests/bench/instructions.py build/onrecord --write")
        sys.exit(1)


if __name__ == "__main__":
    main()
