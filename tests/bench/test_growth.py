#!/usr/bin/python3
"""Twice the text costs twice the time, whatever is in it (D4): test_growth.py ONRECORD.

Kinds of text that some stage or other may dislike, different names and pronouns among them. Each is read at
two lengths by the program itself; the time is the processor's, less what an empty text takes.
"""
import json
import os
import random
import resource
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..")]
ONRECORD = os.path.abspath(sys.argv.pop(1))
import tap

LONG = os.environ.get("ONRECORD_LONG") == "1"
BYTES = 512 << 10 if LONG else 96 << 10  # of the shorter of the two
MOST = 2.3
TRIES = 2
ATTEMPTS = 3
SMALL = 0.03  # seconds: below it a ratio says nothing


def words(seed=7):
    """Words nobody knows, always the same."""
    dice = random.Random(seed)
    while True:
        yield "".join(dice.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(dice.randint(3, 9)))


def joined(pieces, size):
    got, length = [], 0
    for piece in pieces:
        got.append(piece)
        length += len(piece.encode())
        if length >= size:
            return "".join(got)


def again(piece):
    return lambda size: joined(iter(lambda: piece, None), size)


def made(pieces):
    return lambda size: joined(pieces(), size)


def names():
    new = words()
    while True:
        yield f"{next(new).title()} {next(new).title()} said she will help {next(new).title()} {next(new).title()}. "


def numbered(form):
    return lambda: (form.format(n, n % 28 + 1) for n in range(1 << 30))


PROSE = ("The minister said on Monday that Kenya will build a road for Uganda by May 1, 2030. He added that the two "
         "countries had agreed to share the cost, which the bank put at 40 million dollars.\n\n")
KINDS = {
    "prose": again(PROSE),
    "prose without paragraphs": again(PROSE.replace("\n\n", " ")),
    "no full stop": again("the minister will send help to the north and "),
    "one word": again("a"),
    "one word of capitals": again("A"),
    "unknown words": made(lambda: (f"{w} " for w in words())),
    "digits": again("7"),
    "numbers": again("12,345.67 "),
    "dates": again("on 12 May 2021, "),
    "different dates": made(numbered("by {1} May {0}, ")),
    "relative dates": again("three weeks after last Tuesday "),
    "straight quotes": again('"'),
    "quoted speech": again('"We will help," he said. '),
    "curly quotes that never close": again("\u201cWe will go, "),
    "brackets": again("("),
    "bracketed words": again("(that [he {said ("),
    "full stops": again("."),
    "abbreviations": again("Mr. U.S. Gen. e.g. "),
    "hyphens": again("a-b-"),
    "commas": again("one, "),
    "lines of a word": again("Yes\n"),
    "paragraphs of a word": again("Yes\n\n"),
    "combining marks": again("e\u0301\u0302\u0303"),
    "emoji and joiners": again("\U0001F469\u200d\U0001F680"),
    "no letters of ours": again("\u653f\u5e9c\u306f"),
    "different names": made(names),
    "pronouns": again("He told her that they will give it to him. "),
    "pronouns of an actor": again("Karin Moe said that she told her party it will pay its debts, and she "),
    "commitments": again("Peru will help Chile. "),
}


def seconds(text):
    """CPU seconds that the program takes to read it."""
    line = json.dumps({"text": text, "published": "2021-04-07"}).encode()
    best = None
    for _ in range(TRIES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([ONRECORD, "extract", "--ndjson", "--jobs", "1", "--max-body", "8MiB", "--request-memory", "1GiB", "-"],
                              input=line + b"\n", stdout=subprocess.PIPE, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = took if best is None else min(best, took)
    assert b'"article"' in done.stdout, done.stdout[:300]
    return best


class Growth(unittest.TestCase):
    def test_twice_the_text(self):
        nothing = seconds(".")
        for kind, make in KINDS.items():
            with self.subTest(kind=kind):
                for _ in range(ATTEMPTS):  # a machine that does something else meanwhile says nothing of us
                    once, twice = (max(seconds(make(size)) - nothing, 0.0) for size in (BYTES, 2 * BYTES))
                    ratio = twice / once if once >= SMALL else 0.0
                    if ratio <= MOST:
                        break
                print(f"# D4 {kind}: {once * 1e3:.0f} ms for {BYTES >> 10} KiB, {ratio:.2f} times that for twice as much")
                self.assertLessEqual(ratio, MOST)
                self.assertLess(twice, 60)


if __name__ == "__main__":
    tap.main()
