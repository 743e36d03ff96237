#!/usr/bin/python3
"""No URL, name, redirect or proxy variable leads the fetcher to an address that is not public."""
import json

from fetching import Case, say, sites, tap

DENIED_HOSTS = """127.0.0.1 127.1 0 0.0.0.0 2130706433 017700000001 0x7f000001 0x7f.1 0177.1 00127.0.0.1
    127.0.0.1. localhost localhost. LOCALHOST x.localhost ip6-localhost [::1] [::] [::ffff:127.0.0.1]
    [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1%25out] [fec0::1] [fd00::1]
    ①②⑦.⓪.⓪.① 127。0。0。1 169.254.169.254 2852039166 0xA9FEA9FE 0251.0376.0251.0376 [::ffff:a9fe:a9fe]
    metadata metadata.google.internal metadata.goog instance-data kubernetes.default.svc
    host.docker.internal intranet printer.local router.lan nas.home.arpa x.internal x.onion 10.0.0.1
    192.168.0.1 172.16.0.1 100.64.0.1 224.0.0.1 255.255.255.255 168.63.129.16 192.0.0.192
    private.example private6.example half.example own.example 11.0.0.2""".split()
DENIED_URLS = ["ftp://news.example/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_X", "http:///10.0.0.1/",
               "//10.0.0.1/", "http://u@10.0.0.1/", "http://news.example:22/", "http://news.example@10.0.0.1/",
               "data:text/html,x", "javascript:alert(1)"]


class Names(Case):
    def test_public_pages_arrive(self):
        for url in ("http://news.example/page", "http://six.example/page", "http://9.9.9.9/page",
                    "http://[2a00:99::9]/page", "http://news.example:8080/page"):
            self.assertEqual(self.fetch(url, "--bodies")[0].get("body", "").encode(), sites.PAGE, url)

    def test_tls_is_verified(self):
        result = self.fetch("https://news.example/page", "--ca-file", self.ca)[0]
        self.assertEqual(result["code"], "ok")
        self.assertEqual(self.code("https://news.example/page"), "upstream")
        self.assertEqual(self.code("https://wrong.example/page", "--ca-file", self.ca), "upstream")

    def test_names_of_private_addresses(self):
        for name in ("private", "private6", "half", "own"):
            self.assertEqual(self.code(f"http://{name}.example/"), "url-not-allowed", name)
        self.assertEqual(self.connections.take(), [])

    def test_no_such_name(self):
        self.assertEqual(self.code("http://unknown.example/"), "upstream")
        self.assertEqual(self.code("http://many.example/"), "upstream")

    def test_a_pack_of_urls(self):
        with open(self.shared("reliability/ssrf/urls.jsonl"), encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        results = self.fetch([r["url"].replace("\0", "\x01") for r in rows])
        refused = [r for r in results if r["code"] == "url-not-allowed"]
        for row, result in zip(rows, results):
            if row["want"] == "deny":
                self.assertEqual(result["code"], "url-not-allowed", row["url"])
        slowest = max(r["ms"] for r in refused)
        denied = self.denied(self.connections.take())
        say(f"A2 {len(rows)} URLs: {len(refused)} refused, slowest {slowest} ms, "
            f"{len(denied)} connections to a denied address")
        self.assertEqual(denied, [])
        self.assertLessEqual(slowest, 50)

    def test_rebinding_names(self):
        urls = [f"http://rebind-{i}.example/page" for i in range(600)]
        urls += [f"http://rebind-r{i}.example/to?/page" for i in range(200)]
        urls += [f"http://mixed-{i}.example/page" for i in range(200)]
        results = self.fetch(urls, "--threads", "8")
        seen = self.connections.take()
        denied = self.denied(seen)
        say(f"A3 {len(urls)} rebinding names: {len(denied)} of {len(seen)} connections to a denied address")
        self.assertEqual(denied, [])
        self.assertEqual({r["code"] for r in results[:600]}, {"ok"})
        self.assertEqual({r["code"] for r in results[600:]}, {"url-not-allowed"})


class Redirects(Case):
    def test_to_denied_forms(self):
        forms = [f"http://{h}/" for h in DENIED_HOSTS] + DENIED_URLS
        results = self.fetch(["http://news.example/to?" + f for f in forms])
        denied = self.denied(self.connections.take())
        say(f"A4 redirects to {len(forms)} denied forms: {len(denied)} connections to a denied address")
        self.assertEqual(denied, [])
        for form, result in zip(forms, results):
            self.assertEqual(result["code"], "url-not-allowed", form)

    def test_five_hops_and_no_more(self):
        self.assertEqual(self.fetch("http://news.example/hops?5")[0]["redirects"], 5)
        result = self.fetch("http://news.example/hops?6")[0]
        self.assertEqual((result["code"], result["upstream_status"]), ("upstream", 302))

    def test_never_from_https_to_http(self):
        down, up = "https://news.example/to?http://other.example/page", "http://news.example/to?https://other.example/page"
        self.assertEqual(self.code(down, "--ca-file", self.ca), "url-not-allowed")
        result = self.fetch(up, "--ca-file", self.ca)[0]
        self.assertEqual((result["code"], result["final_url"]), ("ok", "https://other.example/page"))

    def test_relative_locations(self):
        result = self.fetch("http://news.example/to?//other.example/to?/page")[0]
        self.assertEqual(result["final_url"], "http://other.example/page")

    def test_nothing_is_carried_along(self):
        self.sites.requests.clear()
        self.assertEqual(self.code("http://news.example/cookie"), "ok")
        _, _, headers = self.sites.requests[-1]
        self.assertEqual(sorted(headers), ["accept", "accept-encoding", "accept-language", "host", "user-agent"])


class Proxies(Case):
    def test_the_environment_is_not_asked(self):
        sink = sites.Sink(3128)
        there = "http://127.0.0.1:3128"
        environment = {k: there for n in ("http_proxy", "https_proxy", "all_proxy") for k in (n, n.upper())}
        environment["NO_PROXY"] = ""
        results = self.fetch(["http://news.example/page", "https://news.example/page"], "--ca-file", self.ca,
                             environment=environment)
        say(f"A5 proxy variables: {sink.bytes} bytes at the proxy")
        self.assertEqual([r["code"] for r in results], ["ok", "ok"])
        self.assertEqual(sink.bytes, 0)

    def test_an_egress_proxy_gets_everything_but_what_is_refused(self):
        self.sites.requests.clear()
        there = "http://9.9.9.9:8080"
        results = self.fetch(["http://news.example/page", "http://10.0.0.1/", "http://x.internal/",
                              "http://private.example/page"], "--egress-proxy", there)
        self.assertEqual([r["code"] for r in results], ["ok", "url-not-allowed", "url-not-allowed", "ok"])
        targets = [target for _, target, _ in self.sites.requests]
        self.assertEqual(targets, ["http://news.example/page", "http://private.example/page"])
        self.assertEqual({a for a, _ in self.connections.take()}, {"9.9.9.9"})


class Forms(Case):
    def test_users_ports_and_schemes(self):
        allowed = {80, 443, 8080, 8443}
        ports = [p for p in (*range(0, 1100), *range(5000, 9000, 7), 65535) if p not in allowed]
        urls = [f"http://news.example:{p}/" for p in ports]
        urls += [f"{s}://news.example/" for s in "ftp ftps file gopher dict ldap smb tftp imap pop3 telnet scp ws "
                 "wss rtsp mqtt sftp httpx".split()]
        urls += [f"http://{u}@news.example/" for u in ("u", "u:p", ":p", "", "u%40", "news.example")]
        results = self.fetch(urls)
        refused = sum(r["code"] == "url-not-allowed" for r in results)
        seen = self.connections.take()
        say(f"A6 users, ports, schemes: {refused} of {len(urls)} refused, {len(seen)} connections")
        self.assertEqual((refused, seen), (len(urls), []))

    def test_what_an_operator_opens(self):
        def code(url, *options):
            return self.code(url, *options)
        self.assertEqual(code("http://10.0.0.1/page", "--allow-cidr", "10.0.0.0/24"), "ok")
        self.assertEqual(code("http://private.example/page", "--allow-cidr", "10.0.0.0/24"), "ok")
        self.assertEqual(code("http://10.0.1.1/page", "--allow-cidr", "10.0.0.0/24"), "url-not-allowed")
        self.assertEqual(code("http://9.9.9.9/page", "--deny-cidr", "9.0.0.0/8"), "url-not-allowed")
        self.assertEqual(code("http://news.example:9000/page", "--allow-port", "9000"), "upstream")

    def test_an_intranet_name(self):
        url = "http://cms.internal/page"
        self.assertEqual(self.code(url), "url-not-allowed")
        self.assertEqual(self.code(url, "--allow-host", "cms.internal"), "ok")

    def test_robots(self):
        urls = ["http://news.example/page", "http://news.example/charset?x"]
        self.assertEqual([r["code"] for r in self.fetch(urls)], ["ok", "ok"])
        self.assertEqual([r["code"] for r in self.fetch(urls, "--robots")], ["ok", "url-not-allowed"])

    def test_we_say_who_we_are(self):
        self.sites.requests.clear()
        self.fetch("http://news.example/page", "--contact", "https://desk.example/bot")
        _, _, headers = self.sites.requests[-1]
        self.assertEqual(headers["user-agent"], "onrecord/0.1.0 (+https://desk.example/bot)")


if __name__ == "__main__":
    tap.main()
