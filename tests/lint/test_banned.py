#!/usr/bin/python3
"""tools/banned.py must fire on a banned call and must not on what only looks like one."""
import os
import sys
import unittest

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path[:0] = [os.path.join(TOP, "tools"), os.path.join(TOP, "tests")]
import banned
import tap

FIRES = (
    ("base/a.c", "strcpy(to, from);"),
    ("base/a.c", "return sprintf (b, f);"),
    ("pipeline/a.c", "x = malloc(3);"),
    ("pipeline/a.c", "time(NULL);"),
    ("models/a.c", "free(x);"),
    ("handlers/a.c", 'printf("x");'),
    ("cli/a.c", "atoi(argv[1])"),
)
QUIET = (
    ("base/a.c", "snprintf(to, n, f);"),
    ("base/a.c", "free(x);"),
    ("pipeline/a.c", "/* malloc(3) would be wrong here */"),
    ("pipeline/a.c", 'text_of("time(x)")'),
    ("pipeline/a.c", "date_time(x); x.time(y); x->free(y);"),
    ("cli/a.c", 'printf("x");'),
)


class Banned(unittest.TestCase):
    def test_fires(self):
        for path, code in FIRES:
            with self.subTest(path=path, code=code):
                self.assertEqual(len(list(banned.check_text(path, code))), 1)

    def test_quiet(self):
        for path, code in QUIET:
            with self.subTest(path=path, code=code):
                self.assertEqual(list(banned.check_text(path, code)), [])

    def test_line(self):
        self.assertIn("base/a.c:3:", next(banned.check_text("base/a.c", "/* a\n b */\ngets(x);")))


if __name__ == "__main__":
    tap.main()
