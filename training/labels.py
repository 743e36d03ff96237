#!/usr/bin/python3
"""Labels of our own: which candidates of public web pages are commitments.

  training/labels.py PROGRAM SHARED show [FIRST [COUNT]]    candidates that have no label yet, a line each
  training/labels.py PROGRAM SHARED add FIRST COUNT NUMBER...  labels these shown ones; the NUMBERs are commitments

PROGRAM is build/training/evidence. The pages stay in SHARED/corpora/html: training/labels.tsv holds for each
candidate its page, a hash of its sentence, where in it trigger and action begin (code points), and 1 or 0. A
sentence that is read differently one day loses its label, and training/evidence.py says how many still hold.
"""
import gzip
import hashlib
import json
import os
import subprocess
import sys

FILE = os.path.join(os.path.dirname(__file__), "labels.tsv")
SETS = ("htmldate", "readability", "trafilatura", "newspaper4k")
SHORTEST = 500   # code points; less is a page of links
HEAD = """# Which candidates of web pages (SHARED/corpora/html) are commitments; see training/labels.py.
# page, SHA-256 of its sentence cut to 12 digits, where trigger and action begin in it, 1 or 0
"""


def bodies(shared):
    """The articles whose text stands beside the pages of scrapinghub."""
    path = os.path.join(shared, "corpora", "html", "scrapinghub", "truth.json")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            for page, truth in sorted(json.load(file).items()):
                yield {"id": f"scrapinghub/{page[:12]}", "text": truth["articleBody"]}


def pages(program, shared):
    """The English articles that onrecord reads from the pages of the other sets."""
    onrecord = os.path.join(os.path.dirname(program), os.pardir, "onrecord")
    for name in SETS:
        folder = os.path.join(shared, "corpora", "html", name, "pages")
        for page in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            with gzip.open(os.path.join(folder, page)) as file:
                done = subprocess.run([onrecord, "extract", "--format", "html", "-"], input=file.read(),
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            article = json.loads(done.stdout or b"{}").get("article") or {}
            if article.get("language") == "en" and len(article.get("text") or "") >= SHORTEST:
                yield {"id": f"{name}/{page.removesuffix('.html.gz')}", "text": article["text"],
                       "title": article.get("title"), "published": article.get("published")}


def articles(program, shared):
    seen = set()
    for article in [*bodies(shared), *pages(program, shared)]:
        if article["text"][:200] not in seen:   # a page may lie in two sets
            seen.add(article["text"][:200])
            yield article


def key(candidate):
    sentence = candidate["evidence"]
    digest = hashlib.sha256(sentence["text"].encode()).hexdigest()[:12]
    return (candidate["id"], digest, str(candidate["trigger"]["start"] - sentence["start"]),
            str(candidate["action"]["start"] - sentence["start"]))


def read():
    """Labels by key."""
    with open(FILE, encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file if not line.startswith("#"))
        return {tuple(row[:4]): row[4] == "1" for row in rows}


def write(labels):
    with open(FILE, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for row, label in sorted(labels.items()):
            file.write("\t".join([*row, "1" if label else "0"]) + "\n")


def labelled(candidates):
    """Those of the candidates that have a label, with it."""
    labels = read()
    found = []
    for candidate in candidates:
        if key(candidate) in labels:
            candidate["label"] = labels[key(candidate)]
            found.append(candidate)
    print(f"labels: {len(found)} of {len(labels)} hold, {sum(c['label'] for c in found)} of them commitments",
          file=sys.stderr)
    return found


def line(number, candidate):
    sentence, trigger = candidate["evidence"], candidate["trigger"]
    start, end = trigger["start"] - sentence["start"], trigger["end"] - sentence["start"]
    text = sentence["text"].replace("\n", " ")
    return f"{number} {text[max(0, start - 120):start]}«{text[start:end]}»{text[end:end + 170]}"


def main():
    import evidence

    program, shared, command, *numbers = sys.argv[1:]
    numbers = [int(n) for n in numbers]
    labels = read()
    candidates = [c for c in evidence.ask(program, "commitments", list(articles(program, shared)))
                  if key(c) not in labels]
    first, count = (numbers + [0, 200])[:2] if len(numbers) < 2 else numbers[:2]
    shown = list(enumerate(candidates))[first:first + count]
    if command == "show":
        print("\n".join(line(n, c) for n, c in shown))
    elif command == "add":
        labels.update((key(c), n in numbers[2:]) for n, c in shown)
        write(labels)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
