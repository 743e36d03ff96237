#!/usr/bin/python3
"""URLs through the whole service: what a client sees, and that slow sites hold nobody else up."""
import concurrent.futures
import json
import os
import statistics
import subprocess
import time

from fetching import Case, say, tap
import service

SANITIZED = os.environ.get("ONRECORD_SANITIZED", "") not in ("", "none")
TEXT = "The ministry will deliver 200 buses to Karachi by 1 May 2021, Transport Minister Ana Lopes said on Monday."
DEADLINE = 2


class Answers(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.running = service.Service("--fetch-timeout", "1")
        cls.running.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)

    def get(self, url):
        return self.running.request("GET", "/v1/summaries?url=" + url.replace("?", "%3F").replace("&", "%26"))

    def problem(self, url):
        status, _, answer = self.get(url)
        return status, answer["type"].rpartition("/")[2]

    def test_a_page_of_plain_text(self):
        status, headers, answer = self.get("http://news.example/article-text")
        self.assertEqual(status, 200)
        self.assertEqual(answer["source"]["final_url"], "http://news.example/article-text")
        self.assertEqual((answer["source"]["kind"], answer["source"]["http_status"]), ("url", 200))
        self.assertIn("£5m", answer["article"]["text"])
        self.assertIn("max-age", headers["cache-control"])
        again = self.get("http://news.example/article-text")[1]
        self.assertEqual(again["etag"], headers["etag"])

    def test_a_page_says_what_its_text_says(self):
        with open(self.shared("seed/gold.jsonl"), encoding="utf-8") as lines:
            seed = json.loads(lines.readline())
        self.sites.article = (seed["title"], seed["published"], seed["text"].split("\n\n"))
        status, _, page = self.get("http://news.example/article")
        _, _, text = self.running.post_json({k: seed[k] for k in ("text", "title", "published")})
        said = [[c["evidence"]["text"] for c in answer["commitments"]] for answer in (page, text)]
        say(f"the seed article as a page: {len(said[0])} commitments, as text: {len(said[1])}; "
            f"published {page['article']['published']}")
        self.assertEqual(status, 200)
        self.assertEqual(page["article"]["published"], seed["published"])
        self.assertEqual(page["article"]["title"], seed["title"])
        self.assertGreater(len(said[0]), 0)
        self.assertEqual(*said)

    def test_a_url_in_a_request_object(self):
        status, _, answer = self.running.post_json({"url": "http://news.example/article-text", "id": "a"})
        self.assertEqual((status, answer["id"], answer["source"]["kind"]), (200, "a", "url"))

    def test_each_failure_has_its_name(self):
        for url, want in (("http://10.0.0.1/", (422, "url-not-allowed")),
                          ("http://private.example/", (422, "url-not-allowed")),
                          ("http://localhost/", (422, "url-not-allowed")),
                          ("ftp://news.example/", (422, "url-not-allowed")),
                          ("http://news.example/type?application/pdf", (422, "not-a-page")),
                          ("http://news.example/endless", (422, "page-too-large")),
                          ("http://news.example/status?404", (502, "upstream")),
                          ("http://news.example/drip", (504, "upstream-timeout"))):
            self.assertEqual(self.problem(url), want, url)
        self.assertIn("404", self.get("http://news.example/status?404")[2]["detail"])

    def test_a_refusal_is_quick_and_tells_nothing(self):
        bodies, slowest = set(), 0
        for url in ("http://10.0.0.1/", "http://[::1]/", "http://localhost/", "http://x.internal/",
                    "http://private.example/", "http://own.example/"):
            start = time.monotonic()
            _, _, answer = self.get(url)
            slowest = max(slowest, time.monotonic() - start)
            bodies.add((answer["type"], answer["title"], answer["detail"]))
        say(f"refusals: {len(bodies)} different text, slowest {slowest * 1000:.0f} ms")
        self.assertEqual(len(bodies), 1)
        self.assertLess(slowest, 0.05 if not SANITIZED else 0.5)

    def test_the_command_line_fetches_too(self):
        def extract(url):
            return subprocess.run([service.ONRECORD, "extract", "--url", url], capture_output=True, check=False)
        done = extract("http://news.example/article-text")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["source"]["url"], "http://news.example/article-text")
        self.assertEqual(extract("http://10.0.0.1/").returncode, 1)


class SlowSites(Case):
    def ask(self, running, count=200):
        """Milliseconds of each of `count` requests with text, one after the other."""
        client, times = running.client(), []
        for _ in range(count):
            start = time.monotonic()
            client.request("POST", "/v1/summaries", TEXT.encode(), {"Content-Type": "text/plain"})
            response = client.getresponse()
            response.read()
            self.assertEqual(response.status, 200)
            times.append((time.monotonic() - start) * 1000)
        client.close()
        return times

    def fetch_slow(self, running, i):
        start = time.monotonic()
        status, _, _ = running.request("GET", f"/v1/summaries?url=http://slow-{i}.example/drip")
        return status, time.monotonic() - start

    def test_fifty_at_once_hold_no_text_up(self):
        options = ("--fetch-timeout", str(DEADLINE), "--fetch-workers", "50")
        with service.Service(*options, check_contract=False) as running:
            self.ask(running, 50)
            idle = statistics.median(self.ask(running))
            with concurrent.futures.ThreadPoolExecutor(50) as pool:
                slow = [pool.submit(self.fetch_slow, running, i) for i in range(50)]
                time.sleep(0.5)
                busy = statistics.median(self.ask(running, 100))
                results = [s.result() for s in slow]
        last = max(took for _, took in results)
        say(f"50 slow sites: text p50 {idle:.2f} ms idle, {busy:.2f} ms meanwhile; "
            f"the last fetch ends after {last:.2f} s, deadline {DEADLINE} s")
        self.assertEqual({status for status, _ in results}, {504})
        self.assertLess(last, DEADLINE + (0.5 if not SANITIZED else 2))
        if not SANITIZED:
            self.assertLess(busy, 2 * idle)

    def test_more_than_the_queue_holds_are_told(self):
        options = ("--fetch-timeout", "1", "--fetch-workers", "2", "--fetch-queue", "2")
        with service.Service(*options, check_contract=False) as running:
            with concurrent.futures.ThreadPoolExecutor(12) as pool:
                results = [f.result() for f in [pool.submit(self.fetch_slow, running, i) for i in range(12)]]
        statuses = [status for status, _ in results]
        say(f"12 slow fetches, 2 workers, queue of 2: {statuses.count(504)} ran, {statuses.count(503)} told busy")
        self.assertLessEqual(set(statuses), {503, 504})
        self.assertGreaterEqual(statuses.count(503), 6)


if __name__ == "__main__":
    tap.main()
