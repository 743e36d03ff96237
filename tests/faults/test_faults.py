#!/usr/bin/python3
"""Faults of the machine: every allocation failing in turn, no memory to be had, interrupts, and a calendar's clock that jumps (faulty.c)."""
import collections
import concurrent.futures
import gzip
import json
import mmap
import os
import re
import resource
import socket
import struct
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "http"), os.path.join(HERE, "..")]
import service
import tap

FAULTY = os.path.abspath(os.environ["ONRECORD_FAULTY"])
COUNTDOWN, FAILED, SHIFT, ALLOCATIONS, INTERRUPT, CALLS = range(6)
TEXT = "Canada will send 200 nurses to Haiti by May 1, Health Minister Anna Roy said on Wednesday. Roy promised to visit Haiti in April. " * 3
# Whatever makes libxml2 allocate: names that it has not met, attributes, values with references, faults of markup.
ODD = "".join(f"<x{i} a{i}='v&amp;&eacute;&#65;{i}' b{i}=c><!-- {i} --><?p{i} q?><p id=n{i} class='k{i} l'>Peru will send {i} nurses &mdash; by May 1.<b{i}>"
              for i in range(120))
PAGE = ("<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN' 'http://www.w3.org/TR/html4/strict.dtd'><!DOCTYPE html><html lang=en><head>"
        "<meta charset=utf-8><title>Peru will help</title><meta name=author content='Ana Roy'><style>p{}</style>"
        "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Peru will help\"}</script></head><body><article>"
        + "<p>Peru will send 20 nurses to Haiti by May 1, Health Minister Ana Roy promised on Wednesday.</p>" * 6
        + "</article><![CDATA[x]]></nothing><table><tr><td>1<td>2<svg><script>a</script></table></body>")
REQUESTS = (
    ("text", "POST", "/v1/summaries", "application/json", json.dumps({"text": TEXT, "published": "2021-04-07"})),
    ("batch", "POST", "/v1/summaries/batch", "application/x-ndjson", (json.dumps({"text": TEXT}) + "\n") * 3 + "{\n"),
    ("page", "POST", "/v1/summaries", "text/html", PAGE),
    ("odd page", "POST", "/v1/summaries", "text/html", PAGE.replace("</article>", ODD + "</article>")),
    ("form", "POST", "/", "application/x-www-form-urlencoded", "text=Peru+will+help+by+May+1."),
    ("refusal", "POST", "/v1/summaries", "application/json", '{"txt": [1, 2, {"a": "b"}]}'),
    ("URL", "GET", "/v1/summaries?url=http%3A%2F%2F127.0.0.1%2F", "", ""),
    ("version", "GET", "/v1/version", "", ""),
)


class Faults:
    """A service with faulty.c in it, and the numbers that both share."""

    def __init__(self, test, *options):
        self.file = tempfile.NamedTemporaryFile()
        self.file.write(bytes(4096))
        self.file.flush()
        self.numbers = mmap.mmap(self.file.fileno(), 4096)
        env = {"LD_PRELOAD": FAULTY, "ONRECORD_FAULTS": self.file.name}
        self.running = service.Service("--log-level", "error", *options, env=env, check_contract=False)
        self.running.__enter__()
        test.addCleanup(self.running.__exit__, None, None, None)

    def __getitem__(self, i):
        return struct.unpack_from("q", self.numbers, i * 8)[0]

    def __setitem__(self, i, value):
        struct.pack_into("q", self.numbers, i * 8, value)


def ask(running, method, path, kind, body):
    """The statuses of what came back."""
    got = b""
    with socket.create_connection(("127.0.0.1", running.port), 20) as s:
        try:
            s.sendall(f"{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: {kind}\r\nAccept-Encoding: gzip\r\n"
                      f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
            while piece := s.recv(65536):
                got += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
    check_whole(got)
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", got)]


def check_whole(got):
    """An answer is as long as it says, what is zipped unpacks, and JSON is JSON. One in chunks may break off: the last is missing then."""
    head, _, body = got.partition(b"\r\n\r\n")
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if b"Content-Length" in fields and not body.startswith(b"HTTP/1.1 "):  # the library's own refusals come twice
        assert len(body) == int(fields[b"Content-Length"]), (head, len(body))
        plain = gzip.decompress(body) if fields.get(b"Content-Encoding") == b"gzip" else body
        if b"json" in fields.get(b"Content-Type", b""):
            json.loads(plain)


class Memory(unittest.TestCase):
    def test_every_allocation_fails_in_turn(self):
        """F2: an answer that makes sense, or none and the connection closed; never a crash or a hang, and the next request is fine."""
        faults = Faults(self)
        sites, told, silent = 0, {}, 0
        for what, *request in REQUESTS:
            usual = ask(faults.running, *request)
            self.assertEqual(len(usual), 1, what)
            number = 1
            while True:
                before = faults[FAILED]
                faults[COUNTDOWN] = number
                statuses = ask(faults.running, *request)
                faults[COUNTDOWN] = 0
                self.assertTrue(set(statuses) <= {*usual, 200, 500, 502, 503}, f"{what}, allocation {number}: {statuses}")
                if faults[FAILED] == before:
                    break
                sites += 1
                silent += not statuses
                for status in statuses:
                    told[status] = told.get(status, 0) + 1
                number += 1
            self.assertEqual(ask(faults.running, *request), usual, f"{what} after {number} failures")
        print(f"# F2: {sites} allocations failed in turn: {dict(sorted(told.items()))}, {silent} connections closed without an answer")
        self.assertGreaterEqual(sites, 2000)
        deadline = time.monotonic() + 5
        while faults.running.metric("http_in_flight") and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual((faults.running.metric("http_in_flight"), faults.running.metric("held_bytes")), (0, 0))
        for line in faults.running.log_text().splitlines():
            self.assertIsInstance(json.loads(line), dict, "a library wrote between the log's lines")


class Bound(unittest.TestCase):
    """E1: as many requests at once as may be in flight, each with as large a body as it may have."""

    CLIENTS = 64
    BODY = json.dumps({"text": (TEXT + "\n\n") * 2500})[:256 << 10]

    def start(self):
        running = service.Service("--max-body", "256KiB", "--request-memory", "64MiB", "--held-memory", "128MiB",
                                  "--max-in-flight", str(self.CLIENTS), "--deadline", "5", "--log-level", "info", check_contract=False)
        running.__enter__()
        self.addCleanup(running.__exit__, None, None, None)
        return running

    def storm(self, running):
        """How often each status came; 0 stands for a connection closed without an answer."""
        body = self.BODY[:-2].rstrip("\\") + '"}'
        with concurrent.futures.ThreadPoolExecutor(self.CLIENTS) as clients:
            answers = clients.map(lambda _: ask(running, "POST", "/v1/summaries", "application/json", body), range(self.CLIENTS))
            return collections.Counter((statuses or [0])[-1] for statuses in answers)

    def test_within_the_bound_that_it_tells(self):
        running = self.start()
        bound = next(json.loads(line)["memory_bound_bytes"] for line in running.log_text().splitlines() if '"start"' in line)
        told = self.storm(running)
        most = service.memory_kib(running.pid, "VmHWM") * 1024
        print(f"# E1: {self.CLIENTS} bodies of 256 KiB at once: {dict(told)}; {most >> 20} MiB at most, {bound >> 20} MiB told")
        self.assertLessEqual(set(told), {200, 503})
        self.assertGreater(told[200], 0)
        self.assertLess(most, bound)

    def test_where_the_system_gives_no_more(self):
        running = self.start()
        room = service.memory_kib(running.pid, "VmSize") * 1024 + (48 << 20)
        resource.prlimit(running.pid, resource.RLIMIT_AS, (room, room))
        told = self.storm(running)
        print(f"# E1: 48 MiB to be had by {self.CLIENTS} requests: {dict(told)}")
        self.assertLessEqual(set(told), {0, 200, 500, 503})
        self.assertGreater(told[500] + told[503] + told[0], 0)
        self.assertEqual(ask(running, *REQUESTS[0][1:]), [200])


class Interrupts(unittest.TestCase):
    def test_each_second_call_that_waits(self):
        """F3: signals that come while a call waits are nobody's end: all answers as without."""
        faults = Faults(self)
        usual = [ask(faults.running, *request) for _, *request in REQUESTS]
        for every in (2, 3, 7):
            faults[INTERRUPT] = every
            for (what, *request), wanted in zip(REQUESTS, usual):
                self.assertEqual(ask(faults.running, *request), wanted, f"{what}, each {every}th call")
            self.assertGreater(faults[CALLS], 10)
        faults[INTERRUPT] = 0


class Clock(unittest.TestCase):
    def test_a_day_back_and_forth(self):
        """F4: deadlines are held by a clock that does not jump."""
        faults = Faults(self, "--deadline", "5", "--idle-timeout", "5")
        client = faults.running.client()
        for shift in (86400, -86400, 0):
            faults[SHIFT] = shift
            for _ in range(5):
                client.request("POST", "/v1/summaries", TEXT, {"Content-Type": "text/plain"})
                reply = client.getresponse()
                body = json.loads(reply.read())
                self.assertEqual(reply.status, 200)
                day = time.strftime("%d", time.gmtime(time.time() + shift))
                self.assertIn(f", {day} ", reply.getheader("Date"))
                self.assertIsNone(body["reference_date"]["value"])  # what a clock says is in no summary
                time.sleep(0.05)
        client.close()
        self.assertEqual(faults.running.metric("http_cut_total"), 0)
        self.assertEqual(faults.running.metric("http_abandoned_total"), 0)


if __name__ == "__main__":
    tap.main()
