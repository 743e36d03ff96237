#!/usr/bin/python3
"""Property test: for any Unicode text, in all three units, every span of an answer equals its slice.

10,000 random texts go through `onrecord extract --ndjson`, a sample of them over HTTP, and with them
the public packs blns and utf8tests.
"""
import json
import os
import random
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import contract
import packs
import service
import spans
import tap

UNITS = ("codepoint", "utf16", "byte")
# One thread reads them, so ThreadSanitizer, the slowest build, has little to see.
TEXTS = 1_000 if os.environ.get("ONRECORD_SANITIZED") == "thread" else 10_000
CHUNK, SEED = 1_000, 20210407
INCLUDE = ["mentions", "sentences", "tokens"]

WORDS = """Russia Canada Kenya Anna Roy Lavrov Taliban Mr. Dr. U.S. NATO the The a of to in by for and or will would
    won't pledged vowed agreed plans promised offered must refused threatened said told Minister President Prime
    Foreign company talks bridge troops aid vaccine 5 million 200 3.5% $40 May April 7 1 2021 2021-04-07 Monday
    tomorrow yesterday later month next week year two-day deadline if unless until “We” 'we' he she they it its
    don't Russia's Müller café naïve Zürich São 東京 مصر Россия Ελλάδα हिन्दी 👩‍👩‍👧 🇨🇦 e\u0301 ﬁ ½ ² İstanbul ẞ ß""".split()
ENDS = [".", ".", ".", "?", "!", "…", ",", ";", ":", " —", "”", ")", "\n", "\n\n", "\r\n", "\r", "\u2028", "\u0085"]
RANGES = ((0x01, 0x7F), (0x80, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x6FF), (0x900, 0xDFF),
          (0x2000, 0x206F), (0x2190, 0x27FF), (0x3040, 0x9FFF), (0xE000, 0xE0FF), (0xFE00, 0xFEFF), (0xFFF0, 0xFFFF),
          (0x1D400, 0x1D7FF), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1FAFF), (0xE0000, 0xE01EF), (0x10FFF0, 0x10FFFF))


def any_character(rng):
    return chr(rng.randint(*rng.choice(RANGES)))


def random_text(rng):
    """From pure noise to nearly news: words that the finders know among characters of all planes."""
    noise, parts = rng.choice((0.02, 0.1, 0.5, 1.0)), []
    for _ in range(rng.randint(1, 60)):
        if rng.random() < noise:
            parts.append("".join(any_character(rng) for _ in range(rng.randint(1, 5))))
        else:
            parts.append(rng.choice(WORDS))
        if rng.random() < 0.15:
            parts.append(rng.choice(ENDS))
        if rng.random() < 0.9:
            parts.append(" ")
    return "".join(parts)


def extract(requests):
    lines = "".join(json.dumps(r) + "\n" for r in requests).encode()
    done = subprocess.run([service.ONRECORD, "extract", "--ndjson"], input=lines, capture_output=True, check=False)
    return [json.loads(a) for a in done.stdout.split(b"\n") if a], done


class Spans(unittest.TestCase):
    def check_texts(self, texts):
        """Puts every text to the service in all units; the slices must be the same words in each."""
        requests = [{"text": t, "published": "2021-04-07", "offsets": u, "include": INCLUDE} for t in texts for u in UNITS]
        answers, done = extract(requests)
        self.assertEqual(len(answers), len(requests), f"exit {done.returncode}: {done.stderr[-2000:]!r}")
        for i, text in enumerate(texts):
            self.check_units(text, answers[3 * i:3 * i + 3])

    def check_units(self, text, answers):
        if "article" not in answers[0]:
            for answer in answers:
                self.assertEqual(answer["type"], "/problems/empty-text", repr(text))
            return
        for unit, answer in zip(UNITS[1:], answers[1:]):
            self.assertEqual(set(answer), set(answers[0]), unit)
        contract.validate_schema(answers[0], "Summary")
        found = [spans.check(text, answer, unit) for unit, answer in zip(UNITS, answers)]
        self.assertEqual(found[0], found[1], repr(text))
        self.assertEqual(found[0], found[2], repr(text))

    def test_random_texts(self):
        rng = random.Random(SEED)
        for _ in range(TEXTS // CHUNK):
            self.check_texts([random_text(rng) for _ in range(CHUNK)])

    def test_random_texts_over_http(self):
        rng = random.Random(SEED + 1)
        with service.Service() as running:
            for i in range(300):
                text, unit = random_text(rng), UNITS[i % 3]
                status, _, answer = running.post_json({"text": text, "offsets": unit, "include": INCLUDE})
                self.assertIn(status, (200, 422), repr(text))
                if status == 200:
                    spans.check(text, answer, unit)

    def test_naughty_strings(self):
        with open(packs.path(self, "blns/blns.json"), encoding="utf-8") as text:
            strings = json.load(text)
        self.assertGreater(len(strings), 500)
        self.check_texts(strings)

    def test_utf8_cases(self):
        """Well-formed bytes get an answer with right spans, others 400 with the offset."""
        rows = packs.utf8_rows(self)
        self.assertGreater(len(rows), 200)
        with service.Service() as running:
            for number, valid, raw in rows:
                with self.subTest(number=number):
                    status, _, answer = running.request("POST", "/v1/summaries?include=tokens", raw,
                                                        {"Content-Type": "text/plain"})
                    if valid:
                        self.assertIn(status, (200, 422))
                        if status == 200:
                            spans.check(raw.decode("utf-8"), answer, "codepoint")
                        else:
                            self.assertEqual(answer["type"], "/problems/empty-text")
                    else:
                        self.assertEqual((status, answer["type"]), (400, "/problems/bad-encoding"))
                        self.assertRegex(answer["detail"], r"\b\d+\b")


if __name__ == "__main__":
    tap.main()
