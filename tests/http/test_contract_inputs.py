#!/usr/bin/python3
"""Bad input gets the answer that the contract promises; JSONTestSuite says what is JSON."""
import json
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import packs
import service
import tap

JSON, TEXT, HTML = "application/json", "text/plain", "text/html"
SUMMARIES = "/v1/summaries"

# content type, body, status, problem, words of the detail or pointers of errors[]
ROWS = (
    # malformed JSON: line and column
    (JSON, b'{"text": "a"', 400, "malformed-json", ("line 1", "column 13")),
    (JSON, b'{"text":\n "a" "b"}', 400, "malformed-json", ("line 2", "column 6")),
    (JSON, b'', 400, "malformed-json", ()),
    (JSON, b'{"text": "a"} x', 400, "malformed-json", ("line 1", "column 15")),
    (JSON, b"{'text': 'a'}", 400, "malformed-json", ("line 1", "column 2")),
    (JSON, b'{"text": "a", }', 400, "malformed-json", ()),
    (JSON, b'{"text": "a\nb"}', 400, "malformed-json", ()),
    (JSON, b'{"min_confidence": 01, "text": "a"}', 400, "malformed-json", ()),
    (JSON, b'[' * 100_000, 400, "malformed-json", ()),
    (JSON, b'[' + b'1,' * 200_000 + b'1]', 400, "malformed-json", ()),
    (JSON, b'\xef\xbb\xbf{"text": "a"}', 400, "malformed-json", ()),
    # well-formed, but no request object
    (JSON, b'[]', 422, "invalid-request", [""]),
    (JSON, b'null', 422, "invalid-request", [""]),
    (JSON, b'"text"', 422, "invalid-request", [""]),
    (JSON, b'{"text": "a", "text": "b"}', 422, "invalid-request", ["/text"]),
    (JSON, b'{"text": "a\\u0000b"}', 422, "invalid-request", ["/text"]),
    (JSON, b'{"text": "a\\ud800b"}', 422, "invalid-request", ["/text"]),
    # unknown and wrong members, each named
    (JSON, b'{"text": "a", "publised": "2021-04-07"}', 422, "invalid-request", ["/publised"]),
    (JSON, b'{"text": "a", "a/b~c": 1}', 422, "invalid-request", ["/a~1b~0c"]),
    (JSON, b'{"text": 1}', 422, "invalid-request", ["/text"]),
    (JSON, b'{"text": null}', 422, "invalid-request", ["/text"]),
    (JSON, b'{"text": "a", "published": "2021-02-30"}', 422, "invalid-request", ["/published"]),
    (JSON, b'{"text": "a", "published": "yesterday"}', 422, "invalid-request", ["/published"]),
    (JSON, b'{"text": "a", "offsets": "chars"}', 422, "invalid-request", ["/offsets"]),
    (JSON, b'{"text": "a", "include": ["tokens", "trees"]}', 422, "invalid-request", ["/include/1"]),
    (JSON, b'{"text": "a", "include": "tokens"}', 422, "invalid-request", ["/include"]),
    (JSON, b'{"text": "a", "min_confidence": 1.5}', 422, "invalid-request", ["/min_confidence"]),
    (JSON, b'{"text": "a", "min_confidence": 1e999}', 422, "invalid-request", ["/min_confidence"]),
    (JSON, b'{"text": "a", "id": 7, "title": []}', 422, "invalid-request", ["/id", "/title"]),
    # not exactly one of text, html, url
    (JSON, b'{}', 422, "invalid-request", [""]),
    (JSON, b'{"title": "a"}', 422, "invalid-request", [""]),
    (JSON, b'{"text": "a", "html": "<p>b"}', 422, "invalid-request", None),
    (JSON, b'{"text": "a", "html": "<p>b", "url": "https://a.example/"}', 422, "invalid-request", None),
    # encoding: byte offset
    (JSON, b'{"text": "a\xff"}', 400, "bad-encoding", ("11",)),
    (TEXT, b'ab\xc0\xafc', 400, "bad-encoding", ("2",)),
    (TEXT, b'ab\xed\xa0\x80', 400, "bad-encoding", ("2",)),
    # empty
    (JSON, b'{"text": ""}', 422, "empty-text", ()),
    (JSON, b'{"text": " \\n\\t "}', 422, "empty-text", ()),
    (TEXT, b'', 422, "empty-text", ()),
    (TEXT, b' \r\n ', 422, "empty-text", ()),
    # type
    ("application/xml", b'<a/>', 415, "media-type", ()),
    ("application/x-www-form-urlencoded", b'text=a', 415, "media-type", ()),
    ("text/plain; charset=utf-16", b'a\0', 415, "media-type", ()),
    (None, b'{"text": "a"}', 415, "media-type", ()),
)
QUERIES = (
    ("publised=2021-04-07", ["publised"]),
    ("published=2021-13-01", ["published"]),
    ("offsets=lines", ["offsets"]),
    ("include=tokens,trees", ["include"]),
    ("min_confidence=x", ["min_confidence"]),
)


class Inputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = service.Service()
        cls.service.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__(None, None, None)

    def post(self, kind, body, target=SUMMARIES, **more):
        headers = {"Content-Type": kind} if kind else {}
        return self.service.request("POST", target, body, {**headers, **more})

    def expect(self, got, status, name):
        code, headers, answer = got
        self.assertEqual((code, answer.get("type")), (status, f"/problems/{name}"), answer)
        return headers, answer

    def test_bad_bodies(self):
        for kind, body, status, name, more in ROWS:
            with self.subTest(kind=kind, body=body[:60]):
                _, answer = self.expect(self.post(kind, body), status, name)
                if isinstance(more, list):
                    self.assertEqual([e["pointer"] for e in answer["errors"]], more)
                else:
                    self.assertTrue(answer["detail"])
                    for words in more or ():
                        self.assertIn(words, answer["detail"].lower())

    def test_bad_queries(self):
        for query, names in QUERIES:
            with self.subTest(query=query):
                _, answer = self.expect(self.post(TEXT, b"Kenya agreed.", f"{SUMMARIES}?{query}"), 422, "invalid-request")
                self.assertEqual([e["pointer"].lstrip("/") for e in answer["errors"]], names)

    def test_too_large(self):
        body = b"word " * 900_000
        self.expect(self.post(TEXT, body), 413, "too-large")

    def test_too_large_is_refused_before_it_is_sent(self):
        """Content-Length tells: the answer comes though not one byte of the body was sent."""
        head = f"POST {SUMMARIES} HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 99999999\r\n\r\n"
        self.assertIn(b" 413 ", self.service.raw(head.encode()).split(b"\r\n")[0] + b" ")

    def test_not_found(self):
        self.expect(self.service.request("GET", "/v1/summary"), 404, "not-found")
        self.expect(self.service.request("GET", "/v1"), 404, "not-found")

    def test_metrics_are_not_on_the_main_port(self):
        self.expect(self.service.request("GET", "/metrics"), 404, "not-found")

    def test_wrong_method(self):
        headers, _ = self.expect(self.service.request("DELETE", SUMMARIES), 405, "method-not-allowed")
        self.assertIn("POST", headers["allow"])
        headers, _ = self.expect(self.service.request("POST", "/healthz", b""), 405, "method-not-allowed")
        self.assertIn("GET", headers["allow"])

    def test_not_acceptable(self):
        self.expect(self.post(TEXT, b"Kenya agreed.", Accept="image/png"), 406, "not-acceptable")

    def test_head_and_options(self):
        for path in ("/healthz", "/readyz", "/v1/version", "/openapi.yaml"):
            with self.subTest(path=path):
                self.assertEqual(self.service.request("HEAD", path)[0], 200)
                code, headers, _ = self.service.request("OPTIONS", path)
                self.assertEqual(code, 204)
                self.assertIn("GET", headers["allow"])

    def test_good_answers(self):
        for kind, body in ((JSON, b'{"text": "Kenya agreed to help."}'), (TEXT, b"Kenya agreed to help."),
                           ("text/plain;charset=UTF-8", "Kenya agreed, señor.".encode()),
                           ("application/json; charset=utf-8", b'{"text": "Kenya agreed."}')):
            with self.subTest(kind=kind):
                code, headers, _ = self.post(kind, body)
                self.assertEqual((code, headers["content-type"].split(";")[0]), (200, JSON))

    def test_other_language_is_a_warning(self):
        text = ("Der Minister sagte am Montag, dass die Regierung im kommenden Jahr neue Schulen bauen werde und dass "
                "niemand darauf verzichten müsse. Die Arbeiten sollen im Herbst beginnen.")
        code, _, answer = self.service.post_json({"text": text})
        self.assertEqual(code, 200)
        self.assertTrue(any("English" in w for w in answer["warnings"]), answer["warnings"])

    def test_same_input_same_bytes(self):
        request = {"text": "Kenya agreed to build a road by May 1.", "published": "2021-04-07"}
        answers = {json.dumps(self.service.post_json(request)[2]) for _ in range(5)}
        self.assertEqual(len(answers), 1)
        tags = [self.service.post_json({**request, "published": day})[1]["etag"] for day in ("2021-04-07", "2022-04-07")]
        self.assertNotEqual(*tags)

    def test_id_is_echoed(self):
        self.assertEqual(self.service.post_json({"text": "Kenya agreed.", "id": "desk-7 é"})[2]["id"], "desk-7 é")

    def test_request_id(self):
        _, headers, _ = self.service.request("GET", "/healthz", headers={"X-Request-Id": "desk-7"})
        self.assertEqual(headers["x-request-id"], "desk-7")

    def test_lists_are_left_out_unless_asked_for(self):
        request = {"text": "Kenya agreed to help. It will send ships."}
        plain = self.service.post_json(request)[2]
        self.assertNotIn("tokens", plain)
        full = self.service.post_json({**request, "include": ["tokens", "sentences", "mentions"]})[2]
        self.assertGreater(len(full["tokens"]), 5)
        self.assertEqual(len(full["article"]["sentences"]), 2)


class JsonTestSuite(unittest.TestCase):
    """What is no JSON is answered 400; what is JSON, but no request, 422; the rest either."""

    def check_files(self, prefix, statuses, least):
        folder = packs.path(self, "JSONTestSuite/test_parsing")
        names = sorted(n for n in os.listdir(folder) if n.startswith(prefix))
        self.assertGreaterEqual(len(names), least)
        with service.Service() as running:
            for name in names:
                with self.subTest(name=name), open(os.path.join(folder, name), "rb") as body:
                    code, _, _ = running.request("POST", SUMMARIES, body.read(), {"Content-Type": JSON})
                    self.assertIn(code, statuses)

    def test_n_files_are_400(self):
        self.check_files("n_", (400,), 188)

    def test_y_files_are_422(self):
        self.check_files("y_", (422,), 95)

    def test_i_files_are_400_or_422(self):
        self.check_files("i_", (400, 422), 35)


if __name__ == "__main__":
    tap.main()
