#!/usr/bin/python3
"""Many articles at once: POST /v1/summaries/batch, and the filter `onrecord extract --ndjson --jobs N`."""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import contract
import service
import sites
import tap

BATCH = "/v1/summaries/batch"
NDJSON = "application/x-ndjson"
SANITIZED = re.search(r"-[at]san", service.ONRECORD)
LINES = 1000 if not SANITIZED else 200
ARCHIVE = 10_000 if not SANITIZED else 200  # lines for the filter
TEXT = ("Canada will send {n} nurses to Haiti by May 1, Health Minister Anna Roy said on Wednesday. "
        "Roy promised to visit Haiti in April. Peru pledged to train {n} doctors.")


def article(n, **more):
    return {"id": str(n), "text": TEXT.format(n=n + 2), "published": "2021-04-07", **more}


def lines_of(*values):
    return b"".join(v if isinstance(v, bytes) else json.dumps(v).encode() + b"\n" for v in values)


class Batch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.running = service.Service("--max-batch-body", "2MiB", "--max-body", "64k", "--deadline", "10").__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def batch(self, body, running=None, **headers):
        code, names, answer = (running or self.running).request("POST", BATCH, body, {"Content-Type": NDJSON, **headers})
        if code != 200:
            return code, answer
        self.assertEqual(names["content-type"], NDJSON)
        self.assertTrue(answer == b"" or answer.endswith(b"\n"))
        return code, [json.loads(line) for line in answer.decode().splitlines()]

    def test_order_and_bad_lines(self):
        given = [article(n) if n % 20 else {"txt": str(n)} for n in range(LINES)]
        code, results = self.batch(lines_of(*given))
        self.assertEqual((code, len(results)), (200, LINES))
        for n, result in enumerate(results):
            if n % 20:
                self.assertEqual(result["id"], str(n))
                self.assertIn(f"send {n + 2} nurses", result["article"]["text"])
            else:
                contract.validate_schema(result, "Problem")
                self.assertEqual((result["status"], result["instance"]), (422, f"{BATCH}#line={n + 1}"))
        contract.validate_schema(results[1], "Summary")
        self.assertEqual(results[7], self.running.post_json(given[7])[2])

    def test_what_a_line_may_be(self):
        long = {"text": "a " * 40_000}
        code, results = self.batch(lines_of(article(1), b"\n", b"{\n", b"\xff\n", long, {"url": "http://127.0.0.1/"})
                                   + json.dumps(article(2)).encode() + b"\r\n" + json.dumps(article(3)).encode())
        self.assertEqual(code, 200)
        self.assertEqual([r.get("id") or r["type"].split("/")[-1] for r in results],
                         ["1", "malformed-json", "malformed-json", "bad-encoding", "too-large", "url-not-allowed", "2", "3"])
        self.assertEqual(self.batch(b""), (200, []))

    def test_refusals(self):
        line = lines_of(article(1))
        self.assertEqual(self.batch(line * 20_000)[0], 413)
        self.assertEqual(self.batch(line, **{"Content-Type": "application/json"})[0], 415)
        self.assertEqual(self.batch(line, **{"Content-Type": NDJSON + "; charset=latin1"})[0], 415)
        self.assertEqual(self.batch(line, **{"Content-Encoding": "gzip"})[0], 415)
        self.assertEqual(self.batch(line, Accept="text/calendar")[0], 406)
        self.assertEqual(self.batch(line, Accept=NDJSON)[0], 200)
        self.assertEqual(self.running.request("POST", BATCH + "?offsets=byte", line, {"Content-Type": NDJSON})[0], 422)
        code, headers, _ = self.running.request("GET", BATCH)
        self.assertEqual((code, headers["allow"]), (405, "POST, OPTIONS"))

    def test_pages(self):
        """Lines that give URLs are fetched side by side, and answered in order."""
        def page_of(path):
            time.sleep(0.2 if path == "/0" else 0)
            return f"<html><title>News</title><body><article><p>{TEXT.format(n=path[1:])}</p></article></body></html>"

        with sites.LocalSite(page_of) as site, service.Service(*site.options) as running:
            _, results = self.batch(lines_of(*({"url": f"{site.origin}/{n}"} for n in range(6))), running)
        for n, result in enumerate(results):
            self.assertIn(f"send {n} nurses", result["article"]["text"])

    def test_line_past_its_deadline(self):
        heavy = service.heavy_text(2.0 if not SANITIZED else 6.0).decode()
        with service.Service("--deadline", "0.5" if not SANITIZED else "3", "--workers", "1") as running:
            _, results = self.batch(lines_of(article(1), {"text": heavy}, article(3)), running)
        self.assertEqual(results[0]["id"], "1")
        self.assertEqual(results[1]["type"], "/problems/deadline")
        self.assertEqual(len(results), 3)


class Readers(unittest.TestCase):
    """Clients that read slowly, leave, or are still reading when the service is told to end."""

    def begin(self, running, count):
        body = lines_of(*(article(n) for n in range(count)))
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        s.connect(("127.0.0.1", running.port))
        s.settimeout(service.ANSWER_SECONDS)
        s.sendall(f"POST {BATCH} HTTP/1.1\r\nHost: a\r\nContent-Type: {NDJSON}\r\nContent-Length: {len(body)}\r\n"
                  "Connection: close\r\n\r\n".encode() + body)
        return s

    def rest(self, s):
        got = b""
        while piece := s.recv(1 << 16):
            got += piece
        return re.sub(rb"\r\n[0-9a-fA-F]+\r\n", b"", got)  # a chunk may end within what is counted

    def spent(self, running):
        with open(f"/proc/{running.pid}/stat", encoding="ascii") as stat:
            return sum(map(int, stat.read().split()[13:15]))

    def until(self, holds, seconds=20):
        end = time.monotonic() + seconds
        while not holds() and time.monotonic() < end:
            time.sleep(0.05)
        self.assertTrue(holds())

    def at_rest(self, running):
        before = self.spent(running)
        time.sleep(0.3)
        return self.spent(running) - before <= 1

    def test_slow_reader_holds_its_batch_back(self):
        count = 4000 if not SANITIZED else 1500
        with service.Service("--log-level", "error") as running:
            with self.begin(running, count) as s:
                self.until(lambda: self.at_rest(running), 60)
                self.assertEqual(running.metric("http_in_flight"), 1)
                self.assertEqual(running.post_json(article(1))[0], 200)  # others are served
                self.assertEqual(self.rest(s).count(b'"source":{'), count)
            self.until(lambda: running.metric("http_in_flight") == 0 and running.metric("held_bytes") == 0)

    def test_reader_that_never_reads_is_cut(self):
        with service.Service("--log-level", "error", "--write-timeout", "1") as running:
            with self.begin(running, 4000) as s:
                self.until(lambda: running.metric("http_cut_total") == 1, 90)
                self.until(lambda: running.metric("http_in_flight") == 0 and running.metric("held_bytes") == 0)
                self.assertNotIn(b"\r\n0\r\n\r\n", self.rest(s)[-20:])  # broken off, and the client can tell

    def test_client_that_leaves_frees_its_work(self):
        with service.Service("--log-level", "error") as running:
            with self.begin(running, 3000) as s:
                s.recv(100)
            self.until(lambda: running.metric("http_in_flight") == 0 and running.metric("held_bytes") == 0)
            self.until(lambda: self.at_rest(running))

    def test_drain_loses_no_line(self):
        count = 1000 if not SANITIZED else 100
        with service.Service("--log-level", "error") as running:
            with self.begin(running, count) as s:
                s.recv(1)
                running.signal(signal.SIGTERM)
                self.assertEqual(self.rest(s).count(b'"source":{'), count)
            self.assertEqual(running.wait(), 0)

    def test_end_breaks_off_what_waits(self):
        """Two signals do not wait for a batch."""
        with service.Service("--log-level", "error") as running:
            with self.begin(running, 3000) as s:
                s.recv(1)
                running.signal(signal.SIGINT)
                time.sleep(0.2)
                running.signal(signal.SIGINT)
                self.assertEqual(running.wait(), 0)


class Filter(unittest.TestCase):
    def run_filter(self, given, *options):
        done = subprocess.run([service.ONRECORD, "extract", "--ndjson", *options], input=given, capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def test_jobs_change_nothing_but_the_time(self):
        every = ARCHIVE // 50
        given = lines_of(*(article(n) if n % every else b"{\n" for n in range(ARCHIVE)))
        one = self.run_filter(given, "--jobs", "1")
        self.assertEqual((one[0], one[2], one[1].count(b"\n")), (1, b"", ARCHIVE))
        self.assertEqual([json.loads(line).get("id") for line in one[1].splitlines()],
                         [str(n) if n % every else None for n in range(ARCHIVE)])
        for jobs in ("7", "0"):
            self.assertEqual(self.run_filter(given, "--jobs", jobs), one)

    def test_answers_do_not_wait_for_the_next_line(self):
        with subprocess.Popen([service.ONRECORD, "extract", "--ndjson"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as p:
            for n in range(3):
                p.stdin.write(lines_of(article(n)))
                p.stdin.flush()
                self.assertEqual(json.loads(p.stdout.readline())["id"], str(n))
            p.stdin.close()
            self.assertEqual(p.wait(), 0)

    @tap.unless(SANITIZED)
    def test_memory_is_flat(self):
        def peak(count):
            with subprocess.Popen([service.ONRECORD, "extract", "--ndjson", "--jobs", "2"], stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL) as p:
                piece = lines_of(*(article(n) for n in range(100)))
                for _ in range(count // 100):
                    p.stdin.write(piece)
                most = service.memory_kib(p.pid, "VmHWM")
                p.stdin.close()
                self.assertEqual(p.wait(), 0)
                return most
        long = 100_000 if os.environ.get("ONRECORD_LONG") == "1" else 10_000
        few, many = peak(500), peak(long)
        print(f"# resident at most {few} KiB after 500 lines, {many} KiB after {long}")
        self.assertLess(many, few + 2048)

    def test_reader_that_leaves(self):
        given = lines_of(*(article(n) for n in range(2000)))
        with subprocess.Popen([service.ONRECORD, "extract", "--ndjson"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as p:
            p.stdout.close()
            try:
                p.stdin.write(given)
                p.stdin.close()
            except BrokenPipeError:
                pass
            self.assertEqual(p.wait(), 3)
            self.assertIn(b"cannot be written", p.stderr.read())

    def test_progress_is_for_terminals(self):
        """`script` runs the filter with standard error on a terminal of its own."""
        with open("given.ndjson", "wb") as out:
            out.write(lines_of(*(article(n) if n else b"{\n" for n in range(300))))
        try:
            shown = subprocess.run(["script", "-qec", f"{service.ONRECORD} extract --ndjson < given.ndjson > /dev/null", "/dev/null"],
                                   capture_output=True, text=True, check=False).stdout
        finally:
            os.remove("given.ndjson")
        self.assertRegex(shown, r"300 lines, 1 refused, \d+/s, \d+:\d\d")



if __name__ == "__main__":
    tap.main()
