#!/usr/bin/python3
"""What every reply has: compression, ETag, CORS, request id, methods; and what logs and metrics tell."""
import gzip
import json
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import service
import tap

TEXT = b"Kenya agreed on Monday to build a road for Uganda by May 1, 2030. " * 20
PLAIN = {"Content-Type": "text/plain"}
CANARY = "c4n4ry"


class Replies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = service.Service("--cors-origin", "https://desk.example,http://localhost:3000")
        cls.service.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__(None, None, None)

    def fetch(self, method, path, body=None, **headers):
        """The reply as it was sent."""
        client = self.service.client()
        client.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = client.getresponse()
        raw = response.read()
        client.close()
        return response, raw

    def test_gzip_where_asked_for_and_worth_it(self):
        plain, body = self.fetch("POST", "/v1/summaries", TEXT, Content_Type="text/plain")
        zipped, squeezed = self.fetch("POST", "/v1/summaries", TEXT, Content_Type="text/plain",
                                      Accept_Encoding="br, gzip;q=0.5")
        self.assertIsNone(plain.getheader("Content-Encoding"))
        self.assertEqual(zipped.getheader("Content-Encoding"), "gzip")
        self.assertEqual(gzip.decompress(squeezed), body)
        self.assertLess(len(squeezed), len(body) / 2)
        self.assertIn("Accept-Encoding", plain.getheader("Vary"))
        self.assertIn("Accept-Encoding", zipped.getheader("Vary"))
        self.assertNotEqual(plain.getheader("ETag"), zipped.getheader("ETag"))

    def test_no_gzip_for_small_replies_or_q_0(self):
        for path, value in (("/v1/version", "gzip"), ("/openapi.yaml", "gzip;q=0"), ("/openapi.yaml", "identity")):
            with self.subTest(path=path, value=value):
                self.assertIsNone(self.fetch("GET", path, Accept_Encoding=value)[0].getheader("Content-Encoding"))

    def test_etag(self):
        first, body = self.fetch("GET", "/openapi.yaml")
        tag = first.getheader("ETag")
        self.assertTrue(body)
        for value in (tag, f'W/{tag}', f'"x", {tag}', "*"):
            with self.subTest(value=value):
                again, nothing = self.fetch("GET", "/openapi.yaml", If_None_Match=value)
                self.assertEqual((again.status, nothing, again.getheader("ETag")), (304, b"", tag))
        self.assertEqual(self.fetch("GET", "/openapi.yaml", If_None_Match='"x"')[0].status, 200)
        self.assertEqual(self.fetch("GET", "/v1/version", If_None_Match=tag)[0].status, 200)

    def test_304_leaves_the_connection_usable(self):
        client = self.service.client()
        client.request("GET", "/v1/version")
        response = client.getresponse()
        tag, _ = response.getheader("ETag"), response.read()
        for _ in range(3):
            client.request("GET", "/v1/version", headers={"If-None-Match": tag})
            response = client.getresponse()
            self.assertEqual((response.status, response.read()), (304, b""))
        client.request("GET", "/v1/version")
        self.assertEqual(client.getresponse().status, 200)
        client.close()

    def test_same_input_same_bytes_and_etag(self):
        replies = [self.fetch("POST", "/v1/summaries", TEXT, Content_Type="text/plain") for _ in range(3)]
        self.assertEqual(len({body for _, body in replies}), 1)
        self.assertEqual(len({r.getheader("ETag") for r, _ in replies}), 1)
        self.assertIn("work;dur=", replies[0][0].getheader("Server-Timing"))

    def test_head_has_the_headers_of_get(self):
        get, body = self.fetch("GET", "/v1/version")
        head, nothing = self.fetch("HEAD", "/v1/version")
        self.assertEqual((head.status, nothing), (200, b""))
        self.assertEqual(head.getheader("Content-Length"), str(len(body)))
        self.assertEqual(head.getheader("ETag"), get.getheader("ETag"))

    def test_cors_by_exact_origin(self):
        for origin in ("https://desk.example", "http://localhost:3000"):
            response, _ = self.fetch("GET", "/v1/version", Origin=origin)
            self.assertEqual(response.getheader("Access-Control-Allow-Origin"), origin)
            self.assertIn("Origin", response.getheader("Vary"))
        for origin in ("null", "https://desk.example.evil.example", "https://evildesk.example", "http://desk.example",
                       "https://DESK.example", "https://desk.example:8443", "https://desk.example/", "*", ""):
            with self.subTest(origin=origin):
                response, _ = self.fetch("GET", "/v1/version", Origin=origin)
                self.assertIsNone(response.getheader("Access-Control-Allow-Origin"))
                self.assertIn("Origin", response.getheader("Vary"))

    def test_preflight(self):
        response, _ = self.fetch("OPTIONS", "/v1/summaries", Origin="https://desk.example",
                                 Access_Control_Request_Method="POST", Access_Control_Request_Headers="content-type")
        self.assertEqual(response.status, 204)
        self.assertEqual(response.getheader("Access-Control-Allow-Origin"), "https://desk.example")
        self.assertIn("POST", response.getheader("Access-Control-Allow-Methods"))
        self.assertIn("Content-Type", response.getheader("Access-Control-Allow-Headers"))

    def test_errors_can_be_read_across_origins(self):
        response, _ = self.fetch("POST", "/v1/summaries", b"{", Content_Type="application/json",
                                 Origin="https://desk.example")
        self.assertEqual((response.status, response.getheader("Access-Control-Allow-Origin")),
                         (400, "https://desk.example"))

    def test_request_id(self):
        for sent, kept in (("desk-7.A_b", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ("é", False)):
            with self.subTest(sent=sent):
                response, _ = self.fetch("GET", "/v1/version", X_Request_Id=sent.encode("latin-1"))
                self.assertEqual(response.getheader("X-Request-Id") == sent, kept)
        made = {self.fetch("GET", "/v1/version")[0].getheader("X-Request-Id") for _ in range(20)}
        self.assertEqual(len(made), 20)

    def test_common_headers(self):
        for path in ("/v1/version", "/nothing"):
            response, _ = self.fetch("GET", path)
            self.assertEqual(response.getheader("X-Content-Type-Options"), "nosniff")
            self.assertEqual(response.getheader("Content-Security-Policy"), "default-src 'none'")

    def test_options_and_methods(self):
        for method, path, status, allow in (("OPTIONS", "/v1/summaries", 204, "GET, HEAD, POST, OPTIONS"),
                                            ("OPTIONS", "/healthz", 204, "GET, HEAD, OPTIONS"),
                                            ("PUT", "/v1/summaries", 405, "GET, HEAD, POST, OPTIONS"),
                                            ("BREW", "/healthz", 405, "GET, HEAD, OPTIONS"),
                                            ("OPTIONS", "/nothing", 404, None)):
            with self.subTest(method=method, path=path):
                response, _ = self.fetch(method, path)
                self.assertEqual((response.status, response.getheader("Allow")), (status, allow))

    def test_paths_are_exact(self):
        for path, status in (("/v1/version", 200), ("/v1/%76ersion", 200), ("/v1/version/", 404), ("/V1/version", 404),
                             ("/v1//version", 404), ("/healthz%00x", 400), ("/healthz%2", 400), ("/%ff", 400),
                             ("/../healthz", 404)):
            with self.subTest(path=path):
                self.assertEqual(self.fetch("GET", path)[0].status, status)

    def test_keep_alive_and_pipelining(self):
        answer = self.service.raw(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" * 20 +
                                  b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        self.assertEqual(answer.count(b"HTTP/1.1 200"), 21)


class Telling(unittest.TestCase):
    def test_logs_tell_what_happened_and_nothing_private(self):
        with service.Service() as running:
            running.request("POST", f"/v1/summaries?title={CANARY}", f"Kenya {CANARY}.".encode(),
                            {**PLAIN, "X-Token": CANARY, "Authorization": f"Bearer {CANARY}", "X-Request-Id": "desk-7"})
            running.request("GET", f"/v1/summaries?url=http://{CANARY}:pw@news.internal/{CANARY}?{CANARY}")
            running.request("GET", f"/{CANARY}")
            running.request("POST", "/v1/summaries", f'{{"text":"{CANARY}"'.encode(), {"Content-Type": "application/json"})
            metrics = running.request("GET", "/metrics", admin=True)[2].decode()
            log = running.log_text()
        self.assertNotIn(CANARY, log + metrics)
        lines = [json.loads(line) for line in log.splitlines()]
        asked = [line for line in lines if line["event"] == "request"]
        self.assertEqual([line["status"] for line in asked], [200, 422, 404, 400])
        self.assertEqual(asked[0]["id"], "desk-7")
        self.assertEqual(asked[0]["route"], "summaries.post")
        self.assertEqual(asked[1]["host"], "news.internal")
        self.assertEqual([line.get("code") for line in asked], [None, "url-not-allowed", "not-found", "malformed-json"])
        self.assertTrue(all(line["ms"] > 0 and len(json.dumps(line)) < 1024 for line in asked))
        self.assertGreater(next(line for line in lines if line["event"] == "start")["memory_bound_bytes"], 0)

    def test_metrics(self):
        with service.Service() as running:
            for _ in range(3):
                running.request("GET", "/v1/version")
            running.request("GET", "/nothing")
            # A request is counted when its reply has left, which is after the client has it.
            last = 'onrecord_http_requests_total{route="none",status="404"} 1'
            end = time.monotonic() + 5
            text = ""
            while last not in text and time.monotonic() < end:
                text = running.request("GET", "/metrics", admin=True)[2].decode()
        self.assertIn('onrecord_http_requests_total{route="version",status="200"} 3', text)
        self.assertIn(last, text)
        self.assertIn('onrecord_stage_cpu_seconds_total{stage="tree"} 0.000000', text)
        self.assertIn('onrecord_http_request_seconds_count{route="version"} 3', text)
        for line in text.splitlines():
            self.assertRegex(line, r"^(# (HELP|TYPE) onrecord_\w+ .+|onrecord_\w+(\{[^}]*\})? [0-9.e+-]+)$")

    def test_admin_port(self):
        with service.Service() as running:
            self.assertEqual(running.request("GET", "/healthz", admin=True)[0], 200)
            self.assertEqual(running.request("GET", "/readyz", admin=True)[0], 200)
            self.assertEqual(running.request("GET", "/v1/version", admin=True)[0], 404)
            self.assertEqual(running.request("POST", "/metrics", b"x", admin=True)[0], 405)


if __name__ == "__main__":
    tap.main()
