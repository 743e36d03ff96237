#!/usr/bin/python3
"""Limits of the server: sizes, deadlines of slow clients, full queues, and health while all is taken."""
import json
import os
import re
import sys
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import service
import tap

SLOW = 5 if re.search(r"-[at]san", service.ONRECORD) else 1  # sanitizers
HEAD = "POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
SMALL = b"Kenya agreed to build a road by May 1."
LARGE = b"a" * 2_000_000


def status_of(answer):
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found.group(1)) if found else None


def seconds(call):
    start = time.monotonic()
    result = call()
    return time.monotonic() - start, result


class Sizes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = service.Service("--max-body", "64k")
        cls.service.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__(None, None, None)

    def test_declared_size_is_refused_before_the_body(self):
        spent, answer = seconds(lambda: self.service.raw(f"{HEAD}Content-Length: 70000\r\n\r\n".encode()))
        self.assertEqual(status_of(answer), 413)
        self.assertIn(b"Connection: close", answer)
        self.assertLess(spent, 4)

    def test_expect_gets_the_refusal_and_no_100(self):
        answer = self.service.raw(f"{HEAD}Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n".encode())
        self.assertEqual(status_of(answer), 413)

    def test_expect_gets_100_where_the_body_is_wanted(self):
        with self.service.connect(5) as s:
            s.sendall(f"{HEAD}Expect: 100-continue\r\nContent-Length: {len(SMALL)}\r\n\r\n".encode())
            self.assertEqual(status_of(s.recv(1000)), 100)
            s.sendall(SMALL)
            self.assertEqual(status_of(s.recv(65536)), 200)

    def test_chunks_are_counted(self):
        body = b"2000\r\n" + b"a" * 0x2000 + b"\r\n"
        answer = self.service.raw(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode() + body * 40)
        self.assertEqual(status_of(answer), 413)
        self.assertEqual(json.loads(answer.split(b"\r\n\r\n")[1])["type"], "/problems/too-large")

    def test_the_whole_body_may_be_sent_before_the_refusal_is_read(self):
        """The refusal is not lost to a reset, though megabytes come after it."""
        answer = self.service.raw(f"{HEAD}Content-Length: 3000000\r\n\r\n".encode() + b"a" * 3_000_000)
        self.assertEqual(status_of(answer), 413)

    def test_largest_body_is_taken(self):
        body = b"Kenya agreed. " * 4681
        self.assertEqual(self.service.request("POST", "/v1/summaries", body, {"Content-Type": "text/plain"})[0], 200)

    def test_a_refused_small_body_keeps_the_connection(self):
        client = self.service.client()
        for _ in range(3):
            client.request("POST", "/nothing", SMALL)
            response = client.getresponse()
            self.assertEqual((response.status, response.getheader("Connection")), (404, None))
            response.read()
        client.close()

    def test_long_targets_and_headers(self):
        for raw, statuses in ((f"GET /{'a' * 40000} HTTP/1.1\r\nHost: a\r\n\r\n", (414, 431)),
                              (f"GET / HTTP/1.1\r\nHost: a\r\nX: {'a' * 40000}\r\n\r\n", (431,)),
                              (f"GET /healthz HTTP/1.1\r\nHost: a\r\n{'X: a' + chr(13) + chr(10)}" * 1
                               + "X: a\r\n" * 200 + "\r\n", (400, 431))):
            with self.subTest(start=raw[:20]):
                self.assertIn(status_of(self.service.raw(raw.encode())), statuses)


class SlowClients(unittest.TestCase):
    """An absolute deadline ends a client that drips; an inactivity timeout would not."""

    @classmethod
    def setUpClass(cls):
        cls.service = service.Service("--header-timeout", "1", "--body-timeout", "1", "--idle-timeout", "1.5",
                                      "--write-timeout", "1")
        cls.service.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__(None, None, None)

    def drip(self, first, piece=b"a", pause=0.1):
        """Seconds until the other side closes, and what it said."""
        start, got = time.monotonic(), b""
        with self.service.connect(pause) as s:
            s.sendall(first)
            while time.monotonic() - start < 10:
                try:
                    s.sendall(piece)
                    more = s.recv(65536)
                    if not more:
                        break
                    got += more
                except TimeoutError:
                    continue
                except OSError:
                    break
        return time.monotonic() - start, got

    def test_headers(self):
        spent, got = self.drip(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: ")
        self.assertEqual(status_of(got), 408)
        self.assertTrue(0.8 < spent < 1 + 0.7 * SLOW, spent)

    def test_body(self):
        spent, got = self.drip(f"{HEAD}Content-Length: 1000\r\n\r\n".encode())
        self.assertEqual(status_of(got), 408)
        self.assertIn(b'"request_id"', got)
        self.assertTrue(0.8 < spent < 1 + 0.7 * SLOW, spent)

    def test_nothing_at_all(self):
        spent, got = seconds(lambda: self.service.raw(b"", wait=5))
        self.assertTrue(0.8 < spent < 1 + 0.7 * SLOW, spent)

    def test_idle(self):
        spent, got = seconds(lambda: self.service.raw(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", wait=5))
        self.assertEqual(status_of(got), 200)
        self.assertTrue(1.2 < spent < 1.5 + 0.7 * SLOW, spent)

    def test_many_drips_harm_nobody(self):
        held = [self.service.connect() for _ in range(200)]
        for s in held:
            s.sendall(b"GET /heal")
        spent = max(seconds(lambda: self.service.request("GET", "/healthz"))[0] for _ in range(20))
        self.assertLess(spent, 0.2 * SLOW)
        for s in held:
            s.close()

    def test_slow_reader(self):
        """A reply that nobody reads is given up, and its memory too."""
        body = LARGE
        with self.service.connect(30) as s:
            s.setsockopt(1, 8, 4096)  # SO_RCVBUF
            s.sendall(f"{HEAD}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            s.recv(10)
            deadline = time.monotonic() + 5 * SLOW
            while self.service.metric("held_bytes") and time.monotonic() < deadline:
                time.sleep(0.1)
            self.assertEqual(self.service.metric("held_bytes"), 0)


class Full(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.heavy = service.heavy_text()

    def wait_until(self, holds):
        deadline = time.monotonic() + 10 * SLOW
        while not holds():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def post_all(self, running, bodies):
        """(seconds, status, headers) of each body, sent at the same time."""
        results = [None] * len(bodies)

        def post(i):
            spent, (status, headers, _) = seconds(lambda: running.request(
                "POST", "/v1/summaries", bodies[i], {"Content-Type": "text/plain"}))
            results[i] = (spent, status, headers)

        threads = [threading.Thread(target=post, args=(i,)) for i in range(len(bodies))]
        for t in threads:
            t.start()
        return threads, results

    def test_queue_full_is_503_at_once(self):
        with service.Service("--workers", "1", "--queue", "2", "--deadline", "60") as running:
            first, at_work = self.post_all(running, [self.heavy])
            self.wait_until(lambda: running.metric("http_in_flight") == 1 and running.metric("queue_depth") == 0)
            others, waiting = self.post_all(running, [self.heavy] * 2)
            self.wait_until(lambda: running.metric("queue_depth") == 2)
            self.assertEqual(running.request("GET", "/readyz")[0], 503)
            self.assertEqual(running.request("GET", "/healthz")[0], 200)
            threads, results = self.post_all(running, [SMALL] * 10)
            for t in threads:
                t.join()
            refused = [r for r in results if r[1] == 503]
            self.assertGreaterEqual(len(refused), 8, [r[:2] for r in results])
            for spent, _, headers in refused:
                self.assertLess(spent, 0.3 * SLOW)
                self.assertTrue(headers["retry-after"].isdigit())
            for t in first + others:
                t.join()
            self.assertEqual([r[1] for r in at_work + waiting], [200] * 3)  # what was accepted is answered
            self.assertEqual(running.request("GET", "/readyz")[0], 200)

    def test_requests_in_flight_are_bounded(self):
        with service.Service("--workers", "1", "--max-in-flight", "2", "--deadline", "60") as running:
            heavy, taken = self.post_all(running, [self.heavy] * 2)
            deadline = time.monotonic() + 10
            while running.metric("http_in_flight") < 2 and time.monotonic() < deadline:
                time.sleep(0.01)
            status, headers, _ = running.request("POST", "/v1/summaries", SMALL, {"Content-Type": "text/plain"})
            self.assertEqual((status, "retry-after" in headers), (503, True))
            for t in heavy:
                t.join()
            self.assertEqual([r[1] for r in taken], [200] * 2)

    def test_work_past_its_deadline_is_answered(self):
        with service.Service("--workers", "1", "--deadline", "0.1") as running:
            spent, (status, _, answer) = seconds(lambda: running.request(
                "POST", "/v1/summaries", self.heavy, {"Content-Type": "text/plain"}))
            self.assertEqual((status, answer["type"]), (503, "/problems/deadline"))
            self.assertLess(spent, 1 * SLOW)
            deadline = time.monotonic() + 20 * SLOW  # the worker comes to its end by itself
            while running.metric("http_in_flight") and time.monotonic() < deadline:
                time.sleep(0.1)
            self.assertEqual(running.metric("http_in_flight"), 0)
            self.assertEqual(running.metric("http_abandoned_total"), 1)

    def test_held_memory_is_bounded(self):
        with service.Service("--held-memory", "1MiB", check_contract=False) as running:
            answer = running.raw(f"{HEAD}Content-Length: {len(LARGE)}\r\n\r\n".encode() + LARGE)
            self.assertEqual(status_of(answer), 503)
            self.assertEqual(running.metric("held_bytes"), 0)
            self.assertEqual(running.request("POST", "/v1/summaries", SMALL, {"Content-Type": "text/plain"})[0], 200)

    def test_memory_stays_within_the_bound_that_was_told(self):
        """Far more and larger requests at once than there is memory for: answered or refused, never beyond the bound."""
        with service.Service("--request-memory", "48MiB", "--held-memory", "16MiB", "--fetch-workers", "1", "--max-connections",
                             "64", "--deadline", "120", "--body-timeout", "120", "--write-timeout", "120") as running:
            start = json.loads(running.log_text().splitlines()[0])
            threads, results = self.post_all(running, [self.heavy] * (12 // SLOW) + [LARGE] * (20 // SLOW))
            for t in threads:
                t.join()
            peak = service.memory_kib(running.pid, "VmHWM") * 1024
            statuses = sorted(r[1] for r in results)
        print(f"# peak {peak >> 20} MiB of {start['memory_bound_bytes'] >> 20}; statuses {statuses}")
        self.assertTrue(set(statuses) <= {200, 503}, statuses)
        if SLOW == 1:  # sanitizers have memory of their own
            self.assertLess(peak, start["memory_bound_bytes"])

    def test_connections_beyond_the_limit(self):
        """Some more are answered 503; the admin port answers whatever happens to the main one."""
        with service.Service("--max-connections", "8") as running:
            held = [running.connect() for _ in range(8)]
            deadline = time.monotonic() + 5
            while running.metric("http_connections") < 8 and time.monotonic() < deadline:
                time.sleep(0.01)
            self.assertEqual(running.request("POST", "/v1/summaries", SMALL, {"Content-Type": "text/plain"})[0], 503)
            held += [running.connect() for _ in range(100)]  # now the library accepts no more
            for path in ("/healthz", "/readyz", "/metrics"):
                spent, (status, _, _) = seconds(lambda p=path: running.request("GET", p, admin=True))
                self.assertEqual(status, 200)
                self.assertLess(spent, 0.05 * SLOW + 0.05)
            for s in held:
                s.close()


if __name__ == "__main__":
    tap.main()
