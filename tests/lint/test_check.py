#!/usr/bin/python3
"""tools/check.py must count what tests report, and never take a crash or a skip for a success."""
import os
import sys
import unittest
from unittest import mock

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path[:0] = [os.path.join(TOP, "tools"), os.path.join(TOP, "tests")]
import check
import tap

# result, standard output, CI, (passed, failed, skipped)
ROWS = (
    ("OK", "1..2\nok 1 - a\nok 2 - b\n", "", (2, 0, 0)),
    ("OK", "ok 1 - a\n    ok 1 - part of a\nok\n", "", (2, 0, 0)),
    ("FAIL", "ok 1 - a\nnot ok 2 - b\n# ok, not so\n", "", (1, 1, 0)),
    ("OK", "ok 1 - a # SKIP no pack\nok 2 - b\n", "", (1, 0, 1)),
    ("OK", "ok 1 - a # SKIP no pack\nok 2 - b\n", "true", (1, 1, 0)),
    ("OK", "ok 1 - skips a beat\n", "true", (1, 0, 0)),
    ("OK", "", "", (1, 0, 0)),
    ("FAIL", "", "", (0, 1, 0)),
    ("TIMEOUT", "ok 1 - a\n", "", (1, 1, 0)),
    ("ERROR", "ok 1 - a\nok 2 - b\n", "", (2, 1, 0)),
    ("SKIP", "", "", (0, 1, 0)),
    ("SKIP", "1..1\nok 1 # skip no pack\n", "", (0, 0, 1)),
    ("SKIP", "1..1\nok 1 # skip no pack\n", "true", (0, 1, 0)),
)


class Check(unittest.TestCase):
    def test_counts(self):
        for result, stdout, ci, wanted in ROWS:
            with self.subTest(result=result, stdout=stdout), mock.patch.dict(os.environ, {"CI": ci}):
                self.assertEqual(check.count({"result": result, "stdout": stdout}), wanted)

    def test_closing_line(self):
        tally = check.Tally()
        tally.add("a", 1.0, 3, 0)
        self.assertEqual(tally.closing(), "3 passed, 0 failed")
        tally.add("b", 1.0, 0, 1, 2, "why")
        self.assertEqual(tally.closing(), "3 passed, 1 failed, 2 skipped")
        self.assertEqual(tally.failures, [("b", "why")])

    def test_plan_names_each_build_once(self):
        names = [build[0] for build in check.BUILDS]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    tap.main()
