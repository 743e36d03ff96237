#!/usr/bin/python3
"""tools/arrows.py must fire on a wrong include and must not on a right one."""
import os
import shutil
import sys
import tempfile
import unittest

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path[:0] = [os.path.join(TOP, "tools"), os.path.join(TOP, "tests")]
import arrows
import tap

# file, what it includes, a piece of the message or None where it is right
ROWS = (
    ("base/span.c", '"base/span.h"', None),
    ("base/span.c", "<string.h>", None),
    ("base/span.c", '"models/actor.h"', 'base/ may not include "models/actor.h"'),
    ("base/json_read.c", "<cjson/cJSON.h>", None),
    ("models/request_json.c", "<cjson/cJSON.h>", "is only for base/json*.c"),
    ("models/request.h", '"base/error.h"', None),
    ("models/request.h", '"pipeline/run.h"', "models/ may not include"),
    ("pipeline/dates.c", '"models/date.h"', None),
    ("pipeline/dates.c", '"models/summary_json.h"', "pipeline/ may not include"),
    ("pipeline/dates.c", '"handlers/exchange.h"', "pipeline/ may not include"),
    ("pipeline/dates.c", '"pipeline/tags.h"', None),
    ("pipeline/dates_clock.c", '"pipeline/dates.h"', None),
    ("pipeline/dates.c", '"pipeline/dates_clock.h"', None),
    ("pipeline/dates_clock.c", '"pipeline/actors.h"', "stage dates may not include"),
    ("pipeline/stops.c", '"pipeline/sentences.h"', None),
    ("pipeline/stops.c", '"pipeline/token_ends.h"', "stage sentences may not include"),
    ("pipeline/dates.c", "<time.h>", "<time.h> is only for"),
    ("pipeline/page_body.c", "<libxml/HTMLparser.h>", None),
    ("pipeline/text.c", "<libxml/HTMLparser.h>", "is only for pipeline/page*"),
    ("pipeline/poetry.c", "<string.h>", "no stage of docs/architecture.md has this name"),
    ("pipeline/datesmith.c", "<string.h>", "no stage of docs/architecture.md has this name"),
    ("handlers/summaries.c", '"pipeline/run.h"', None),
    ("handlers/summaries.c", '"pipeline/dates.h"', "handlers/ may not include"),
    ("handlers/summaries.c", "<microhttpd.h>", "is only for server/*"),
    ("server/reply.c", "<microhttpd.h>", None),
    ("server/reply.c", '"pipeline/run.h"', "server/ may not include"),
    ("fetcher/guard.c", "<curl/curl.h>", None),
    ("fetcher/guard.c", '"models/request.h"', "fetcher/ may not include"),
    ("cli/serve.c", "<curl/curl.h>", "is only for fetcher/*"),
    ("cli/serve.c", '"server/server.h"', None),
    ("cli/serve.c", '"tests/unit/check.h"', "cli/ may not include"),
    ("cli/serve.c", '"serve.h"', "does not start at the top of the tree"),
    ("tests/unit/pipeline/test-dates.c", '"pipeline/dates.h"', None),
)


class Tree:
    """A source tree with our docs/architecture.md and the files given."""

    def __init__(self, files):
        self.files = files

    def __enter__(self):
        self.root = tempfile.mkdtemp()
        os.mkdir(os.path.join(self.root, "docs"))
        shutil.copy(os.path.join(TOP, "docs/architecture.md"), os.path.join(self.root, "docs"))
        for path, includes in self.files.items():
            os.makedirs(os.path.dirname(os.path.join(self.root, path)), exist_ok=True)
            with open(os.path.join(self.root, path), "w", encoding="utf-8") as out:
                out.writelines(f"#include {i}\n" for i in includes)
        return self.root

    def __exit__(self, *_):
        shutil.rmtree(self.root)


class Arrows(unittest.TestCase):
    def test_rows(self):
        for path, include, message in ROWS:
            with self.subTest(path=path, include=include), Tree({path: [include]}) as root:
                bad = arrows.check(root)
                if message is None:
                    self.assertEqual(bad, [])
                else:
                    self.assertEqual(len(bad), 1, bad)
                    self.assertIn(message, bad[0])

    def test_line_is_told(self):
        with Tree({"base/a.c": ["<string.h>", '"server/x.h"']}) as root:
            self.assertTrue(arrows.check(root)[0].startswith("base/a.c:2: "))

    def test_circle(self):
        circle = {"base/a.h": ['"base/b.h"'], "base/b.h": ['"base/c.h"'], "base/c.h": ['"base/a.h"']}
        with Tree(circle) as root:
            self.assertIn("base/a.h -> base/b.h -> base/c.h -> base/a.h", arrows.check(root)[0])

    def test_diamond_is_no_circle(self):
        diamond = {"base/a.h": ['"base/b.h"', '"base/c.h"'], "base/b.h": ['"base/d.h"'],
                   "base/c.h": ['"base/d.h"']}
        with Tree(diamond) as root:
            self.assertEqual(arrows.check(root), [])


if __name__ == "__main__":
    tap.main()
