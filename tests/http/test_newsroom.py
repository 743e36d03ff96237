#!/usr/bin/python3
"""The newsroom page and the forms for people: HTML without scripts, calendar, Markdown."""
import json
import os
import re
import subprocess
import sys
import unittest
from html.parser import HTMLParser
from urllib.parse import urlencode

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import packs
import service
import tap

FORM = "application/x-www-form-urlencoded"
TEXT = ("Canada will send 200 nurses to Haiti by May 1, Health Minister Anna Roy said on Wednesday. "
        "Roy promised to visit Haiti in April. Peru pledged to train doctors.")
WEB_BYTES_MAX = 120_000


class Marks(HTMLParser):
    """Every element of a page, and its visible text."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text, self.ids = [], "", []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.ids += [value for key, value in attrs if key == "id"]

    def handle_data(self, data):
        self.text += data


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = service.Service().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def form(self, kind=FORM, **fields):
        code, headers, body = self.running.request("POST", "/", urlencode(fields).encode(), {"Content-Type": kind})
        return code, headers, body.decode()

    def accept(self, kind, **request):
        code, headers, body = self.running.post_json(request, Accept=kind)
        self.assertEqual(code, 200)
        self.assertTrue(headers["content-type"].startswith(kind))
        return body.decode()

    def test_page_and_its_files(self):
        code, headers, body = self.running.request("GET", "/")
        self.assertEqual(code, 200)
        total = len(body)
        policy = headers["content-security-policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        marks = Marks(body.decode())
        self.assertFalse([e for e in marks.elements if any(k.startswith("on") or k == "style" for k in e[1])])
        files = re.findall(r'(?:src|href)="(/web/[^"]+)"', body.decode())
        self.assertGreaterEqual(len(files), 2)
        for path in files + ["/web/example.js", "/web/timeline.js"]:
            code, headers, body = self.running.request("GET", path)
            self.assertEqual((code, headers["x-content-type-options"]), (200, "nosniff"))
            total += len(body)
        self.assertLessEqual(total, WEB_BYTES_MAX)
        self.assertEqual(self.running.request("GET", "/web/other.js")[0], 404)

    def test_form_answers_with_cards(self):
        code, headers, page = self.form(text=TEXT, published="2021-04-07", url="")
        self.assertEqual((code, headers["content-type"]), (200, "text/html; charset=utf-8"))
        marks = Marks(page)
        self.assertEqual(sum("card" == e[1].get("class") for e in marks.elements), 3)
        self.assertIn("by 2021-05-01", marks.text)
        self.assertEqual(len(marks.ids), len(set(marks.ids)))
        wanted = {e[1]["href"][1:] for e in marks.elements if e[1].get("href", "").startswith("#")}
        self.assertLessEqual(wanted, set(marks.ids))

    def test_hostile_text_is_only_text(self):
        text = ("</textarea><script>alert(1)</script><img src=x onerror=alert(1)> \"Peru\" & 'Chile' "
                "will pay 5 euros by May 1, <b>Ann Lee</b> said. <!--result--> <!--text-->")
        before = Marks(self.running.request("GET", "/")[2].decode())
        marks = Marks(self.form(text=text, published="2021-04-07")[2])
        count = lambda m, tag: sum(e[0] == tag for e in m.elements)
        for tag in ("script", "img", "textarea", "form"):
            self.assertEqual(count(marks, tag), count(before, tag), tag)
        self.assertEqual(marks.text.count("<script>alert(1)</script>"), 2)  # in its field and in the article

    def test_form_tells_what_is_wrong(self):
        for fields, code, said in (({"text": ""}, 422, "Paste an article"), ({"url": "http://10.0.0.1/"}, 422, "fetched"),
                                   ({"text": "x", "published": "soon"}, 422, "day that exists")):
            with self.subTest(fields=fields):
                got, _, page = self.form(**fields)
                self.assertEqual(got, code)
                self.assertIn(said, Marks(page).text)
        self.assertEqual(self.form("application/json", text="x")[0], 415)
        for body in (b"text=%ff", b"", b"q=42", b"texts=x&ur=l"):  # no UTF-8; not this page's form
            self.assertEqual(self.running.request("POST", "/", body, {"Content-Type": FORM})[0], 400, body)

    def test_calendar(self):
        calendar = self.accept("text/calendar", text=TEXT, published="2021-04-07")
        again = self.accept("text/calendar", text=TEXT, published="2021-04-07")
        self.assertEqual(calendar, again)
        self.assertEqual(re.findall(r"DTSTART;VALUE=DATE:(\d+)\r\nDTEND;VALUE=DATE:(\d+)\r\n", calendar),
                         [("20210501", "20210502"), ("20210401", "20210501")])
        uids = re.findall(r"UID:(\S+)", calendar)
        self.assertEqual(len(set(uids)), 2)
        self.assertNotIn("ATTENDEE", calendar)
        undated = self.running.post_json({"text": TEXT, "published": "2021-04-07"})[2]["commitments"][2]
        self.assertIsNone(undated["due"])
        self.assertIn("due", undated["missing"])

    def test_calendar_escapes_and_folds(self):
        text = "Peru; Chile, and others\\allies said “Ελλάδα 😀😀😀😀😀😀😀😀😀😀” will pay by May 1."
        calendar = self.accept("text/calendar", text=text, published="2021-04-07")
        self.assertTrue(all(len(line.encode()) <= 75 for line in calendar.split("\r\n")))
        self.assertNotIn("\n", calendar.replace("\r\n", ""))
        whole = calendar.replace("\r\n ", "")
        if "DESCRIPTION" in whole:
            self.assertIn("Peru\\; Chile\\, and others\\\\allies", whole)

    def test_markdown(self):
        card = self.accept("text/markdown", text=TEXT + " *Peru* will <b>pay</b> [x](y) tomorrow.", title="A #1 | card",
                           published="2021-04-07")
        self.assertTrue(card.startswith("# A \\#1 \\| card\n"))
        self.assertIn("**Canada**: send 200 nurses to Haiti (by 2021-05-01) – ", card)
        self.assertIn(", said by Anna Roy\n  > Canada will send",
                      card)
        self.assertNotRegex(card, r"(?<!\\)[<\[]")

    def test_least_confidence_counts(self):
        for kind in ("text/calendar", "text/markdown"):
            card = self.accept(kind, text=TEXT, published="2021-04-07", min_confidence=1)
            self.assertNotIn("nurses", card)

    def test_calendar_library_reads_all_of_gold_dev(self):
        gold = os.path.join(packs.SHARED, "corpora", "commitments", "gold.dev.jsonl")
        if not os.path.exists(gold):
            self.skipTest("corpora/commitments is not here")
        calendars = []
        for line in open(gold, encoding="utf-8"):
            article = json.loads(line)
            calendars.append(self.accept("text/calendar", text=article["text"], published=(article["published"] or "2021-04-07")[:10]))
        uids = [uid for c in calendars for uid in re.findall(r"UID:(\S+)", c)]
        self.assertEqual(len(uids), len(set(uids)))
        script = os.path.join(HERE, "..", "browser", "calendars.mjs")
        done = subprocess.run(["node", script], input="".join(json.dumps(c) + "\n" for c in calendars), text=True,
                              stdout=subprocess.PIPE, check=True)
        *wrong, counted = done.stdout.splitlines()
        self.assertEqual(wrong, [])
        self.assertEqual(counted, f"{len(uids)} events")
        self.assertGreater(len(uids), 10)


if __name__ == "__main__":
    tap.main()
