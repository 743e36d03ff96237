#!/usr/bin/python3
"""What is measured on is never learned from: training/ reads no gold.dev and no dev or test split.

  tests/lint/training_reads.py ROOT

Twice: by the names that stand in the sources (the programs named evaluate* measure, and may), and by the
files that training/evidence.py opens when it runs, told by an audit hook.
"""
import json
import os
import pathlib
import re
import runpy
import sys
import tempfile

HELD_OUT = re.compile(r"gold\.dev|\b(dev|test)\.(conllu|bio|jsonl)")


def naming_held_out(root):
    sources = [p for p in sorted((root / "training").iterdir()) if p.suffix in (".c", ".h", ".py", ".sh")]
    return [p.name for p in sources
            if not p.name.startswith("evaluat") and HELD_OUT.search(p.read_text(encoding="utf-8"))]


def opened_by(script, shared):
    """The files under `shared` that the script opens; it runs in this process."""
    opened = []
    sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
    (shared / "score").mkdir()
    (shared / "score" / "score_summary.py").write_text("def norm(s): return s\ndef pair_up(a, b): return []\n")
    corpus = shared / "corpora" / "commitments"
    corpus.mkdir(parents=True)
    row = {"id": "a", "text": "x", "commitments": [], "actors": []}
    for name in ("gold.train", "gold.dev", "gmb-labelled", "ewt-propbank-commitments"):
        (corpus / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    del opened[:]
    sys.argv = [str(script), "/bin/true", str(shared)]
    runpy.run_path(str(script), run_name="__main__")
    return sorted({os.path.basename(p) for p in opened if p.endswith(".jsonl")})


def main():
    root = pathlib.Path(sys.argv[1])
    wrong = naming_held_out(root)
    with tempfile.TemporaryDirectory() as shared:
        read = opened_by(root / "training" / "evidence.py", pathlib.Path(shared))
    wrong += [name for name in read if HELD_OUT.search(name)]
    if "gold.train.jsonl" not in read:
        wrong.append("gold.train.jsonl was not seen being read, so this test sees nothing")
    print("\n".join(f"training reads what is held out: {w}" for w in wrong) or f"ok: {read}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
