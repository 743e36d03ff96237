#!/usr/bin/python3
"""Runs every snippet of README.md and docs/clients.md as a reader would: snippets.py ONRECORD BROWSER_SNIPPET.

A block of sh, js or python is executed; a block of text right behind it is what it must print. Blocks of one
page share a folder. js runs in a browser, in a page of another origin than the service. The address that the
pages name is that of a service on a free port; a block that installs, builds or needs a container is left to
the suites that are named below.
"""
import functools
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "http"), os.path.join(HERE, "..")]
ONRECORD, BROWSER = map(os.path.abspath, sys.argv[1:3])
os.environ["ONRECORD"] = ONRECORD
import service
import sites
import tap

BLOCK = re.compile(r"^```(sh|js|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.M | re.S)
ELSEWHERE = {"./run": "the suite long", "./test": "tools/check.py itself", "docker": "the suite container"}
PAGE = ("<html><head><title>Pier to be mended</title></head><body><article><h1>Pier to be mended</h1>"
        + "<p>The town of Port Elm will mend its pier by May 1, Mayor Ida Roos said on Tuesday in a long talk.</p>" * 4
        + "</article></body></html>")
FILES = {  # what the README supposes to be there
    "article.txt": "Peru will send 40 doctors by May 1.\n",
    "requests": '{"text": "Peru will send 40 doctors by May 1."}\n',
    "newsroom/roles.tsv": "pier keeper\thead\n",
}


class Snippets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = sites.LocalSite(lambda _: PAGE).__enter__()
        cls.running = service.Service("--cors-origin", cls.site.origin).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.running.__exit__(None, None, None)
        cls.site.__exit__()

    def at_hand(self, code):
        """The snippet with the addresses of this test in place of those that it names."""
        code = code.replace("127.0.0.1:8080", f"127.0.0.1:{self.running.port}")
        return code.replace("--url https://news.example/", " ".join([*self.site.options, f"--url {self.site.origin}/"]))

    def run_block(self, language, code, folder):
        command = {"sh": ["sh", "-eu"], "python": ["/usr/bin/python3", "-"], "js": ["node", BROWSER, self.site.origin]}[language]
        path = os.path.dirname(ONRECORD) + os.pathsep + os.environ["PATH"]
        done = subprocess.run(command, input=self.at_hand(code), cwd=folder, capture_output=True, text=True, check=False,
                              timeout=120, env={**os.environ, "PATH": path})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def run_page(self, name, least):
        with open(os.path.join(HERE, "..", "..", name), encoding="utf-8") as text:
            blocks = BLOCK.findall(text.read())
        executed = 0
        with tempfile.TemporaryDirectory() as folder:
            for file, content in FILES.items():
                os.makedirs(os.path.dirname(os.path.join(folder, file)), exist_ok=True)
                with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                    out.write(content)
            for number, (language, code, wanted) in enumerate(blocks, 1):
                with self.subTest(page=name, block=number, begins=code.splitlines()[0]):
                    where = next((suite for word, suite in ELSEWHERE.items() if code.startswith((word, f"{word} "))), None)
                    if where:
                        print(f"# {name}, block {number}: left to {where}")
                        continue
                    said = self.run_block(language, code, folder)
                    executed += 1
                    if wanted:
                        self.assertEqual(said, wanted)
        self.assertGreaterEqual(executed, least)

    test_readme = functools.partialmethod(run_page, "README.md", 2)
    test_clients = functools.partialmethod(run_page, "docs/clients.md", 10)


if __name__ == "__main__":
    del sys.argv[1:3]
    tap.main()
