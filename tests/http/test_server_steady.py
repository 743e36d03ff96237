#!/usr/bin/python3
"""A long life: the same answers alone and in a crowd, flat memory, descriptors and threads, and back to normal after a crowd."""
import concurrent.futures
import http.client
import json
import os
import re
import resource
import sys
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import service
import tap

LONG = os.environ.get("ONRECORD_LONG") == "1"
SANITIZED = re.search(r"-[at]san", service.ONRECORD)
SENTENCES = ("Canada will send {n} nurses to Haiti by May {d}, Health Minister Anna Roy said on Wednesday.", "Roy promised to visit Haiti in April.",
             "“We will not leave before {n} o’clock,” said Ivo Marsh, who leads the union of Port Elm.", "Peru pledged to train {n} doctors.",
             "Acme Inc. plans to build {n} plants in Kenya if the bank agrees.", "It rained for {d} days, and nobody was to blame.")


def article(n):
    return " ".join(s.format(n=n + 2, d=n % 28 + 1) for i, s in enumerate(SENTENCES * 4) if (n >> i % 6) % 3 != 1) or SENTENCES[0]


def mixed(n):
    """(method, path, body, headers) of one request of many kinds."""
    text = article(n)
    kinds = (("POST", "/v1/summaries", json.dumps({"text": text, "published": "2021-04-07"}), {"Content-Type": "application/json"}),
             ("POST", "/v1/summaries?offsets=utf16&include=mentions,tokens", text, {"Content-Type": "text/plain", "Accept-Encoding": "gzip"}),
             ("POST", "/v1/summaries", f"<html><title>News {n}</title><article><p>{text}</p></article>", {"Content-Type": "text/html"}),
             ("POST", "/v1/summaries", '{"txt": 1}', {"Content-Type": "application/json"}),
             ("POST", "/v1/summaries/batch", (json.dumps({"text": text}) + "\n") * 3, {"Content-Type": "application/x-ndjson"}),
             ("POST", "/v1/summaries", json.dumps({"url": "http://127.0.0.1/"}), {"Content-Type": "application/json"}),
             ("GET", "/v1/version", None, {}), ("GET", "/nothing", None, {}), ("GET", "/openapi.yaml", None, {"Accept-Encoding": "gzip"}))
    return kinds[n % len(kinds)]


def proc(running, name):
    with open(f"/proc/{running.pid}/{name}", encoding="ascii") as text:
        return text.read()


def threads_and_files(running):
    return int(re.search(r"Threads:\s+(\d+)", proc(running, "status")).group(1)), len(os.listdir(f"/proc/{running.pid}/fd"))


def ask_many(running, numbers):
    """Status counts of these requests on one connection."""
    client, seen = running.client(), {}
    for n in numbers:
        method, path, body, headers = mixed(n)
        client.request(method, path, body.encode() if body else None, headers)
        reply = client.getresponse()
        reply.read()
        seen[reply.status] = seen.get(reply.status, 0) + 1
    client.close()
    return seen


class Steady(unittest.TestCase):
    def test_alone_and_in_a_crowd_the_same(self):
        """K1: 200 articles, each alone, then from 64 clients at once among other requests."""
        count = 200 if not SANITIZED else 40
        requests = [("POST", "/v1/summaries?published=2021-04-07&include=mentions", article(n), {"Content-Type": "text/plain"}) for n in range(count)]
        with service.Service("--log-level", "error", check_contract=False) as running:
            def ask(number):
                method, path, body, headers = requests[number]
                return running.request(method, path, body.encode(), headers)[2]
            alone = [ask(n) for n in range(count)]
            stop = threading.Event()

            def disturb(first):
                n = first
                while not stop.is_set():
                    n += 1
                    method, path, body, headers = mixed(n)
                    running.request(method, path, body.encode() if body else None, headers)
            others = [threading.Thread(target=disturb, args=(i * 7,)) for i in range(8)]
            for t in others:
                t.start()
            with concurrent.futures.ThreadPoolExecutor(64) as crowd:
                together = list(crowd.map(ask, range(count)))
            stop.set()
            for t in others:
                t.join()
        self.assertEqual(alone, together)
        self.assertGreater(len({json.dumps(a) for a in alone}), count / 4)
        print(f"# K1: {count} of {count} the same")

    @tap.unless(SANITIZED)
    def test_soak(self):
        """E2: memory, threads and descriptors after many mixed requests are what they were after some."""
        total, clients = (200_000 if LONG else 20_000), 8
        with service.Service("--log-level", "error", check_contract=False) as running:
            def round_of(numbers):
                shares = [numbers[i::clients] for i in range(clients)]
                with concurrent.futures.ThreadPoolExecutor(clients) as crowd:
                    return list(crowd.map(lambda share: ask_many(running, share), shares))
            round_of(range(4000))
            before, things = service.memory_kib(running.pid), threads_and_files(running)
            counted = {}
            for seen in round_of(range(total)):
                for status, n in seen.items():
                    counted[status] = counted.get(status, 0) + n
            after = service.memory_kib(running.pid)
            print(f"# E2: {before} KiB before, {after} KiB after {total} requests {dict(sorted(counted.items()))}")
            self.assertEqual(sum(counted.values()), total)
            self.assertEqual(set(counted), {200, 404, 422})
            self.assertLess(after - before, 2048)
            deadline = time.monotonic() + 5
            while threads_and_files(running)[1] > things[1] and time.monotonic() < deadline:
                time.sleep(0.1)
            self.assertLessEqual(threads_and_files(running), things)
            self.assertEqual((running.metric("held_bytes"), running.metric("http_in_flight")), (0, 0))

    @tap.unless(SANITIZED)
    def test_half_open_crowd(self):
        """C1 at 2,000: others are not held up, each costs little, all are cut on time; C4: the admin port answers meanwhile."""
        count = 2000
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 2 * count + 500)), hard))
        with service.Service("--header-timeout", "5", "--max-connections", str(count + 100), "--log-level", "error",
                             env={"MALLOC_PERTURB_": "0"}) as running:  # meson's, which touches memory that nobody uses
            def p99(admin=False, rounds=300):
                client, taken = running.client(admin=admin), []
                for _ in range(rounds):
                    begun = time.monotonic()
                    client.request("GET", "/healthz")
                    client.getresponse().read()
                    taken.append(time.monotonic() - begun)
                client.close()
                return sorted(taken)[rounds * 99 // 100] * 1000
            idle = p99()
            before = service.memory_kib(running.pid)
            held, start = [], time.monotonic()
            for _ in range(count):
                s = running.connect()
                s.sendall(b"GET /heal")
                held.append(s)
            opened = time.monotonic()
            crowded, admin, each = p99(), p99(admin=True, rounds=50), (service.memory_kib(running.pid) - before) / count
            for s in held:
                s.settimeout(12)
                try:
                    while s.recv(4096):
                        pass
                except ConnectionResetError:
                    pass
            ended = time.monotonic()
            for s in held:
                s.close()
        print(f"# C1 {count} half-open: p99 {idle:.2f} -> {crowded:.2f} ms, {each:.1f} KiB each, all cut {ended - opened:.2f} s after the last; "
              f"C4 admin p99 {admin:.2f} ms")
        self.assertLess(crowded, idle + 3)
        self.assertLess(admin, 50)
        self.assertLess(each, 10)
        self.assertLess(ended - opened, 5.5)

    @tap.unless(SANITIZED)
    def test_back_to_normal_after_overload(self):
        """C5: four times what it can do, then idle: as fast as before, and no larger."""
        seconds = 60 if LONG else 6
        heavy = article(3) * 20
        with service.Service("--log-level", "error", "--queue", "16", "--max-in-flight", "64", check_contract=False) as running:
            def rate():
                begun = time.monotonic()
                for n in range(100):
                    running.request("POST", "/v1/summaries", article(n).encode(), {"Content-Type": "text/plain"})
                return 100 / (time.monotonic() - begun)
            before = max(rate() for _ in range(3))
            seen, stop = [], time.monotonic() + seconds

            def push(_):
                while time.monotonic() < stop:
                    try:
                        seen.append(running.request("POST", "/v1/summaries", heavy.encode(), {"Content-Type": "text/plain"})[0])
                    except (OSError, http.client.HTTPException):
                        seen.append(0)
            with concurrent.futures.ThreadPoolExecutor(96) as crowd:
                list(crowd.map(push, range(96)))
            size = service.memory_kib(running.pid)
            time.sleep(2)
            after = max(rate() for _ in range(3))
        print(f"# C5: {len(seen)} requests in {seconds} s, {seen.count(200)} served, {seen.count(503)} refused; "
              f"{before:.0f}/s before, {after:.0f}/s after, {size} KiB at the end")
        self.assertEqual(set(seen), {200, 503})
        self.assertGreater(after, 0.75 * before)

    def test_no_descriptor_is_left(self):
        """F3: with no descriptor to be had it answers those whom it has, and all again once there are some."""
        with service.Service("--log-level", "error", check_contract=False) as running:
            first = running.client()
            first.request("GET", "/healthz")
            first.getresponse().read()
            files = threads_and_files(running)[1]
            resource.prlimit(running.pid, resource.RLIMIT_NOFILE, (files + 3, files + 3))
            held = []
            for _ in range(20):
                held.append(running.connect(1))
                held[-1].sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            first.request("POST", "/v1/summaries", article(1).encode(), {"Content-Type": "text/plain"})
            self.assertEqual(first.getresponse().status, 200)
            for s in held:
                s.close()
            first.close()
            deadline = time.monotonic() + 10
            status = 0
            while status != 200 and time.monotonic() < deadline:
                try:
                    status = running.request("GET", "/healthz")[0]
                except OSError:
                    time.sleep(0.1)
            self.assertEqual(status, 200)


if __name__ == "__main__":
    tap.main()
