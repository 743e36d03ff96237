"""What the tests of the fetcher share: the network, its sites, and the driver that fetches."""
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import network

network.enter()

import sites  # noqa: E402
import tap  # noqa: E402, F401

DRIVER = os.environ["ONRECORD_FETCH_DRIVER"]
SHARED = os.environ.get("ONRECORD_SHARED", "")
PUBLIC, PUBLIC6 = "9.9.9.9", "2a00:99::9"


def say(text):
    print(f"# {text}", flush=True)


def answer(name, kind, n):
    """The names of the test's Internet."""
    first = name.split(".")[0]
    if name.startswith("rebind-"):  # public when asked first, private ever after
        return ([PUBLIC] if n == 0 else ["127.0.0.1"]) if kind == "A" else []
    if name.startswith("mixed-"):  # public and private at once
        private = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1")[n % 4]
        return [PUBLIC, private] if kind == "A" else []
    table = {
        "hang": network.NameServer.HANG,
        "unknown": None,
        "private": ["10.0.0.1"] if kind == "A" else [],
        "private6": [] if kind == "A" else ["fd00::1"],
        "half": [PUBLIC] if kind == "A" else ["::1"],
        "six": [] if kind == "A" else [PUBLIC6],
        "own": [network.HERE] if kind == "A" else [],
        "many": [f"9.9.1.{i}" for i in range(40)] if kind == "A" else [],
    }
    return table.get(first, [PUBLIC] if kind == "A" else [PUBLIC6])


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not hasattr(Case, "network"):
            Case.network = network.Network()
            Case.names = network.NameServer(Case.network, answer)
            Case.sites = sites.Sites(Case.network)
            Case.connections = network.Connections()
            Case.ca, Case.tls = sites.certificate(Case.network.folder, "news.example", "other.example")
            for port in (80, 8080):
                Case.sites.serve(port)
            Case.sites.serve(443, Case.tls)
            sites.Garbage(Case.network, 8443)

    def setUp(self):
        self.connections.take()

    def shared(self, name):
        """The path of a public pack; skips the test where it is missing, fails on the CI machine."""
        path = os.path.join(SHARED, name)
        if not os.path.exists(path):
            self.assertNotEqual(os.environ.get("CI"), "true", f"{path} is needed on the CI machine")
            self.skipTest(f"{path} is not there")
        return path

    def fetch(self, urls, *options, environment=None):
        """One result object for each URL, in their order; .extra holds the options."""
        urls = [urls] if isinstance(urls, str) else urls
        stdin = b"\0".join(u.encode("utf-8", "surrogatepass") for u in urls) + b"\0"
        done = subprocess.run([DRIVER, *options, "-"], input=stdin, stdout=subprocess.PIPE, timeout=300,
                              env={**os.environ, **(environment or {})}, check=True)
        results = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(results), len(urls))
        return sorted(results, key=lambda r: r["index"])

    def code(self, url, *options):
        return self.fetch(url, *options)[0]["code"]

    def denied(self, seen):
        """Those connections that may never be made."""
        return [s for s in seen if s[0] not in (PUBLIC, PUBLIC6)]
