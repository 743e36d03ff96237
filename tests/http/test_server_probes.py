#!/usr/bin/python3
"""Raw requests on which two servers might disagree: what is ambiguous is refused, and nothing hidden is served."""
import json
import os
import re
import socket
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import packs
import service
import tap

HIDDEN = "GET /v1/version HTTP/1.1\r\nHost: a\r\n\r\n"
POST = "POST /healthz HTTP/1.1\r\nHost: a\r\n"
# what is sent, and the statuses that may come back
ROWS = (
    ("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", [200]),
    ("GET /healthz HTTP/1.0\r\n\r\n", [200]),
    (f"{POST}Content-Length: 3\r\n\r\nabc{HIDDEN}", [405, 200]),
    (f"{POST}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n{HIDDEN}", [405, 200]),
    (f"GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}", [200]),
    (f"{POST}Content-Length: 0\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}", [400]),
    (f"{POST}Content-Length: {len(HIDDEN)}\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}", [400]),
    (f"{POST}Content-Length: {len(HIDDEN)}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}", [400]),
    (f"{POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}", [400]),
    (f"{POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n{HIDDEN}", [400]),
    (f"{POST}Content-Length : {len(HIDDEN)}\r\n\r\n{HIDDEN}", [400]),
    (f"{POST}Content-Length:\r\n {len(HIDDEN)}\r\n\r\n{HIDDEN}", [400]),
    (f"{POST}Content-Length: +3\r\n\r\nabc{HIDDEN}", [400]),
    (f"{POST}Content-Length: 3\0\r\n\r\nabc{HIDDEN}", [400]),
    (f"{POST}X:y\r\nContent-Length: 3\0\r\n\r\nabc{HIDDEN}", [400]),
    (f"{POST}X:y\r\nContent-Length:\r\n 3\r\n\r\nabc{HIDDEN}", [400]),
    ("POST /healthz HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400]),
    ("GET /healthz HTTP/1.1\r\n\r\n", [400]),
    ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400]),
    ("GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n", [400]),
    ("GET /healthz HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n", [400]),
    ("GET /healthz HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", [400]),
    ("GET /healthz\x01 HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
    ("GET http://b/healthz HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
    (f"GET /healthz HTTP/1.1\r\nHost: a\r\nX: y\n\r\n{HIDDEN}", [400]),
)


class Ambiguous(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = service.Service()
        cls.service.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__(None, None, None)

    def answers(self, raw, pieces=None):
        with self.service.connect(0.3) as s:
            for piece in pieces or [raw]:
                s.sendall(piece)
            got = b""
            try:
                while more := s.recv(65536):
                    got += more
            except OSError:
                pass
        return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3})", got)]

    def test_rows(self):
        for raw, statuses in ROWS:
            with self.subTest(raw=raw):
                got = self.answers(raw.encode("latin-1"))
                # the library's own refusals come with their headers twice
                self.assertEqual(sorted(set(got)) if statuses == [400] else got, statuses)

    def test_byte_by_byte(self):
        """The guard relies on where the library keeps the headers; that must not depend on packets."""
        for raw, statuses in ROWS[:5]:
            with self.subTest(raw=raw):
                data = raw.encode("latin-1")
                self.assertEqual(self.answers(None, [data[i:i + 1] for i in range(len(data))]), statuses)

    def test_large_headers(self):
        many = "".join(f"X-{i}: {'v' * 200}\r\n" for i in range(90))
        raw = f"GET /healthz HTTP/1.1\r\nHost: a\r\n{many}\r\n".encode()
        pieces = [raw[i:i + 777] for i in range(0, len(raw), 777)]
        self.assertEqual(self.answers(None, pieces), [200])

    def test_common_clients(self):
        for headers in ({}, {"Cookie": "a=b; c=d"}, {"X-Empty": ""}, {"X-Spaces": "  padded \t"}):
            with self.subTest(headers=headers):
                self.assertEqual(self.service.request("GET", "/healthz", headers=headers)[0], 200)
        url = f"http://127.0.0.1:{self.service.port}/healthz"
        for options in ([], ["-H", "X-Empty;"], ["--http1.0"], ["-H", "Cookie: a=b", "-A", ""]):
            done = subprocess.run(["curl", "-sf", *options, url], capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, options)


class Packs(unittest.TestCase):
    def probe(self, name, port):
        """How many requests of the pack the server at `port` took wrongly, and served though hidden; and the whole report."""
        cases = packs.path(self, name)
        probe = packs.path(self, "http1-probes/run.py")
        done = subprocess.run([sys.executable, probe, str(port), cases], capture_output=True, text=True, check=False)
        wrong, desync = (int(n) for n in re.search(r"wrong (\d+) desync (\d+)", done.stdout).groups())
        print(f"# {name}: {done.stdout.strip().splitlines()[-1]}")
        return wrong, desync, done.stdout

    def run_pack(self, name, wrong_at_most):
        with service.Service() as running:
            wrong, desync, report = self.probe(name, running.port)
        self.assertEqual(desync, 0, report)
        self.assertLessEqual(wrong, wrong_at_most, report)

    def test_http1_probes(self):
        self.run_pack("http1-probes/probes.jsonl", 0)

    def test_the_probes_can_fail(self):
        """The library without the guard: 40 wrong and 16 hidden requests served when this was written."""
        bare = subprocess.Popen([os.environ["ONRECORD_UNGUARDED"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(bare.communicate)
        wrong, desync, report = self.probe("http1-probes/probes.jsonl", int(bare.stdout.readline()))
        self.assertGreaterEqual(wrong, 30, report)
        self.assertGreaterEqual(desync, 12, report)

    def test_llhttp(self):
        """The one is answered, then closed: bytes behind a request of HTTP/1.0, which ends its connection."""
        self.run_pack("llhttp-http1/cases.jsonl", 1)


if __name__ == "__main__":
    tap.main()
