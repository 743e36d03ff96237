#!/usr/bin/python3
"""Bytes that no client should send: fuzzers' corpora and naughty strings. Each is answered or the connection ends."""
import json
import os
import re
import socket
import sys
import tarfile
import unittest
from urllib.parse import quote

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import packs
import service
import tap


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = service.Service("--log-level", "error", "--fetch", "off", "--header-timeout", "0.3", "--body-timeout", "0.3",
                                      "--idle-timeout", "0.3", check_contract=False).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def statuses(self, data):
        """Statuses of what came back until the other side closed; fails where it never does."""
        got = b""
        with self.running.connect(5) as s:
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
                while piece := s.recv(65536):
                    got += piece
            except (ConnectionResetError, BrokenPipeError):
                pass
        return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", got)]

    def check(self, statuses, what):
        self.assertFalse([s for s in statuses if s >= 500 and s not in (503, 505)], what)  # 505: the library's own, for HTTP/2.0

    def alive(self):
        self.assertEqual(self.running.request("GET", "/healthz")[0], 200)

    def test_corpus_of_a_server_s_fuzzer(self):
        path = packs.path(self, "h2o-http1-corpus/http1-corpus.tar.gz")
        count, answered = 0, {}
        with tarfile.open(path) as archive:
            for member in archive:
                if not member.isfile():
                    continue
                statuses = self.statuses(archive.extractfile(member).read())
                self.check(statuses, member.name)
                count += 1
                for status in statuses:
                    answered[status] = answered.get(status, 0) + 1
        print(f"# B3 h2o: {count} inputs, answers {dict(sorted(answered.items()))}")
        self.assertGreater(count, 1900)
        self.alive()

    def test_naughty_strings_everywhere(self):
        with open(packs.path(self, "blns/blns.json"), encoding="utf-8") as text:
            strings = json.load(text)
        for string in strings:
            raw = string.encode("utf-8", "surrogatepass")
            line = re.sub(rb"[\r\n]", b" ", raw)
            encoded = quote(raw).encode()
            head = b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            post = b"POST /v1/summaries" + head
            for what, data in (
                    ("header", b"GET /healthz" + head + b"X-Naughty: " + line + b"\r\n\r\n"),
                    ("id", b"GET /healthz" + head + b"X-Request-Id: " + line + b"\r\n\r\n"),
                    ("path", b"GET /" + encoded + head + b"\r\n"),
                    ("raw path", b"GET /" + line + head + b"\r\n"),
                    ("query", b"GET /v1/summaries?url=" + encoded + b"&title=" + encoded + head + b"\r\n"),
                    ("text", post + b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(raw) + raw),
                    ("page", post + b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(raw) + raw),
                    ("type", post + b"Content-Type: " + line + b"\r\nContent-Length: 1\r\n\r\na")):
                with self.subTest(what=what, string=string):
                    self.check(self.statuses(data), string)
        print(f"# B3 blns: {len(strings)} strings, 8 places each")
        self.assertGreater(len(strings), 500)
        self.alive()

    def test_every_refusal_has_its_document(self):
        """B4: a problem with the request's id; the library's own refusals, which say so in HTML, are the exception."""
        big = str(5 << 20)
        for raw, status in (("GET /none HTTP/1.1\r\nHost: a\r\n\r\n", 404), ("PUT /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 405),
                            ("GET /v1/summaries?url=http://a/ HTTP/1.1\r\nHost: a\r\nAccept: image/png\r\n\r\n", 406),
                            (f"POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: {big}\r\n\r\n", 413),
                            ("POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 1\r\n\r\na", 415),
                            ("POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 422)):
            with self.subTest(raw=raw):
                got = self.running.raw(raw.encode().replace(b"Host: a", b"Host: a\r\nX-Request-Id: my-own.id_1"))
                head, _, body = got.partition(b"\r\n\r\n")
                self.assertTrue(head.startswith(b"HTTP/1.1 %d " % status), head)
                self.assertIn(b"application/problem+json", head)
                self.assertEqual(json.loads(body)["request_id"], "my-own.id_1")


if __name__ == "__main__":
    tap.main()
