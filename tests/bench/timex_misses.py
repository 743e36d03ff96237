#!/usr/bin/python3
"""The largest classes of misses of dates: timex_misses.py GOLD.jsonl PRED.jsonl [N]

GOLD and PRED as score/ask_service.py and score_timex.py read them. A gold expression is missed if nothing
overlaps it, and wrong if what overlaps it has another value. Classes go by the shape of the gold value:
digits become 0, so "1941-12-07" and "1942-01-02" are one class. Prints the N (5) largest, with an example.
"""
import collections
import json
import re
import sys


def read(path):
    with open(path, encoding="utf-8") as lines:
        return {d.get("doc_id", d.get("id")): d for d in map(json.loads, lines)}


def main():
    gold, found = read(sys.argv[1]), read(sys.argv[2])
    classes = collections.defaultdict(list)
    total = 0
    for key, document in gold.items():
        for t in document["timex"]:
            total += 1
            over = [f for f in found.get(key, {"timex": []})["timex"] if f["start"] < t["end"] and t["start"] < f["end"]]
            if any(f["value"] == t["value"] for f in over):
                continue
            shape = re.sub(r"\d", "0", t["value"] or "no value")
            text = document["text"][t["start"]:t["end"]]
            read_as = over[0]["value"] if over else "-"
            classes["wrong" if over else "missed", shape].append(f"{text!r}: {t['value']}, read {read_as}")
    bad = sum(map(len, classes.values()))
    print(f"{total} expressions, {bad} missed or wrong; the largest classes of them:")
    for (kind, shape), rows in sorted(classes.items(), key=lambda c: -len(c[1]))[:int((sys.argv[3:] or [5])[0])]:
        print(f"  {len(rows):4} {kind:6} {shape:12} {rows[len(rows) // 2]}")


if __name__ == "__main__":
    main()
