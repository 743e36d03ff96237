#!/usr/bin/python3
"""The command line: extract as a filter, exit codes, help, healthcheck."""
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
WEIGHTS = os.path.join(HERE, os.pardir, os.pardir, "data", "commitment-weights.tsv")
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import contract
import service
import tap

TEXT = "Kenya agreed on Monday to build a road for Uganda by May 1, 2030."


def run(*arguments, given="", env=None):
    done = subprocess.run([service.ONRECORD, *arguments], input=given, capture_output=True, text=True, check=False,
                          env={**os.environ, **(env or {})})
    return done.returncode, done.stdout, done.stderr


def commitment_weights():
    """What each feature weighs, as an editor reads it."""
    with open(WEIGHTS, encoding="utf-8") as file:
        rows = (line.split("\t") for line in file if not line.startswith("#"))
        return {row[0]: float(row[1]) for row in rows}


class Extract(unittest.TestCase):
    def test_text_from_standard_input(self):
        for operand in ([], ["-"]):
            status, out, err = run("extract", "--published", "2021-04-07", *operand, given=TEXT)
            self.assertEqual((status, err, out.count("\n")), (0, "", 1))
            summary = json.loads(out)
            contract.validate_schema(summary, "Summary")
            self.assertEqual(summary["article"]["text"], TEXT)
            self.assertEqual(summary["reference_date"]["value"], "2021-04-07")

    def test_same_as_over_http(self):
        with service.Service() as running:
            over_http = running.request("POST", "/v1/summaries?offsets=utf16", TEXT.encode(),
                                        {"Content-Type": "text/plain"})[2]
        self.assertEqual(json.loads(run("extract", "--offsets", "utf16", given=TEXT)[1]), over_http)

    def test_formats(self):
        request = json.dumps({"text": TEXT, "id": "desk-7"})
        for arguments, given, wanted in ((["--format", "json"], request, TEXT), ([], "  " + request, TEXT),
                                         (["--format", "text"], request, request)):
            with self.subTest(arguments=arguments):
                status, out, _ = run("extract", *arguments, given=given)
                self.assertEqual((status, json.loads(out)["article"]["text"]), (0, wanted))

    def test_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "article.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(TEXT)
            self.assertEqual(json.loads(run("extract", path)[1])["article"]["text"], TEXT)
            status, out, err = run("extract", os.path.join(folder, "missing"))
            self.assertEqual((status, out), (3, ""))
            self.assertIn("No such file", err)

    def test_explain(self):
        text = "Kenya will build a road for Uganda by May 1, 2030. Analysts expect that prices will rise."
        kept = json.loads(run("extract", "--published", "2021-04-07", given=text)[1])["commitments"]
        status, out, err = run("extract", "--published", "2021-04-07", "--explain", given=text)
        self.assertEqual((status, err), (0, ""))
        *told, last = out.strip().split("\n\n")
        self.assertEqual(last, f"{len(told)} candidates, {len(kept)} commitments")
        self.assertEqual([t.startswith("kept") for t in told], [True, False])
        self.assertIn(f"kept {kept[0]['confidence']:.2f}: {kept[0]['type']}", told[0])
        for line in ("  receivers Uganda\n", "  due       ../2030-05-01\n", '"will": row will/modal'):
            self.assertIn(line, told[0])
        kept_weights = commitment_weights()
        for candidate in told:   # what is told of the features is all that decided
            total = float(re.search(r"  sum +(\S+) by", candidate)[1])
            weights = re.findall(r"[-+]\d+\.\d\d(?= [a-z]|$)", candidate.split("  weighs")[1])
            self.assertAlmostEqual(sum(map(float, weights)), total, places=2)
            shown = re.findall(r"([-+]\d+\.\d\d) (\S+?)(?=, [-+]|; the other)", candidate.split("  weighs")[1])
            self.assertGreater(len(shown), 5)
            for weight, feature in shown:
                self.assertEqual(float(weight), kept_weights[feature], feature)
            probability = float(re.search(r"^\w+ (\d\.\d\d):", candidate)[1])
            self.assertAlmostEqual(1 / (1 + math.exp(-total)), probability, places=2)
        self.assertEqual(run("extract", "--explain", "--ndjson", given="")[0], 2)

    def test_refused(self):
        for arguments, given, words in (([], "  ", "no text"), (["--published", "soon"], TEXT, "--published"),
                                        (["--offsets", "lines"], TEXT, "--offsets"),
                                        (["--format", "json"], "{", "Line 1, column 2"),
                                        (["--max-body", "1k"], TEXT * 100, "--max-body"),
                                        (["--url", "http://127.0.0.1/"], "", "may not be fetched")):
            with self.subTest(arguments=arguments):
                status, out, err = run("extract", *arguments, given=given)
                self.assertEqual((status, out), (1, ""))
                self.assertIn(words, err)

    def test_lines(self):
        lines = [{"text": TEXT, "id": "1"}, {"txt": TEXT}, {"text": TEXT, "id": "3"}, {"text": " "}]
        given = "\n".join([*(json.dumps(line) for line in lines), "{", json.dumps({"text": "a" * 2000})])
        status, out, err = run("extract", "--ndjson", "--max-body", "1k", given=given)
        self.assertEqual((status, err), (1, ""))
        results = [json.loads(line) for line in out.splitlines()]
        for result in results:
            contract.validate_schema(result, "Problem" if "status" in result else "Summary")
        self.assertEqual([r.get("id") or r["type"].split("/")[-1] for r in results],
                         ["1", "invalid-request", "3", "empty-text", "malformed-json", "too-large"])
        self.assertEqual(run("extract", "--ndjson", given=json.dumps(lines[0]) + "\r\n")[0], 0)
        self.assertEqual(run("extract", "--ndjson", given="")[:2], (0, ""))

    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            for arguments in ([], ["--ndjson"]):
                done = subprocess.run([service.ONRECORD, "extract", *arguments], input=json.dumps({"text": TEXT}), text=True,
                                      stdout=full, stderr=subprocess.PIPE, check=False)
                self.assertEqual(done.returncode, 3)
                self.assertIn("No space left", done.stderr)


class Data(unittest.TestCase):
    """Word lists of an editor's own: --data-dir and check-data."""

    TEXT = "Loremaster Ana Roy foreswore on Monday to visit Peru. Acme Unltd will pay $5 million by May 1."

    def folder(self, **lists):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        for name, rows in lists.items():
            with open(os.path.join(made.name, name.replace("_", "-") + ".tsv"), "w", encoding="utf-8") as out:
                out.write(rows)
        return made.name

    def test_rows_are_in_effect(self):
        ours = self.folder(roles="loremaster\thead\tcivil\n", organisations="acme unltd\tknown\tcompany\n",
                           commitment_triggers="forswear/verb\tpledge\tinf\n# no row\n")
        before, after = (json.loads(run("extract", *more, given=self.TEXT)[1]) for more in ([], ["--data-dir", ours]))
        self.assertNotIn("Loremaster", [a["role"] for a in before["actors"]])
        self.assertIn("Loremaster", [a["role"] for a in after["actors"]])
        self.assertNotEqual(before["id"], after["id"])
        with service.Service("--data-dir", ours) as running:
            self.assertEqual(running.post_json({"text": self.TEXT})[2], after)
            self.assertRegex(running.request("GET", "/v1/version")[2]["version"], r"^\d+\.\d+\.\d+\+data\.[0-9a-f]{8}$")

    def test_wrong_rows(self):
        bad = self.folder(roles="loremaster\thead\nwarden\thed\n", rolls="a\n", columns="roles\ttext\n")
        status, out, err = run("check-data", bad)
        self.assertEqual(status, 1)
        for words in ("roles.tsv:2: column 2 is \"hed\"", "Did you mean head?", "there is no list rolls; did you mean roles?",
                      "the list columns cannot be changed"):
            self.assertIn(words, err)
        self.assertIn("roles.tsv: 1 added, 0 replaced, 0 taken away, 1 wrong", out)
        for command in (["extract"], ["serve", "--listen", "127.0.0.1:0"]):
            status, out, err = run(*command, "--data-dir", bad, given=TEXT)
            self.assertEqual((status, out), (3, ""))
            self.assertIn("roles.tsv:2", err)

    def test_folders(self):
        good = self.folder(groups="marshals\tarmed\n")
        self.assertEqual(run("check-data", good)[0], 0)
        self.assertEqual(run("check-data", self.folder())[0], 0)
        self.assertEqual(run("check-data", good + "/none")[0], 3)
        self.assertEqual(run("check-data")[0], 2)
        self.assertEqual(run("check-data", "--help")[0], 0)
        os.mkdir(os.path.join(good, "roles.tsv"))
        self.assertEqual(run("check-data", good)[0], 3)


class Program(unittest.TestCase):
    def test_usage(self):
        for arguments, words in (([], "usage: onrecord COMMAND"), (["serv"], "did you mean serve?"),
                                 (["serve", "--lisen", ":1"], "did you mean --listen?"),
                                 (["serve", "--workers"], "wants a value"), (["serve", "extra"], "options only"),
                                 (["serve", "--allow-cidr", "10.0.0.0/99"], "10.0.0.0/99"),
                                 (["extract", "a", "b"], "one file"),
                                 (["extract", "--url", "http://a.example/", "b"], "instead of a file")):
            with self.subTest(arguments=arguments):
                status, out, err = run(*arguments)
                self.assertEqual((status, out), (2, ""))
                self.assertIn(words, err)

    def test_help_and_version(self):
        for arguments in (["help"], ["--help"], ["serve", "--help"], ["extract", "--help"], ["healthcheck", "-h"]):
            status, out, err = run(*arguments)
            self.assertEqual((status, err), (0, ""))
            self.assertIn("usage", out)
        for arguments in (["version"], ["--version"]):
            self.assertRegex(run(*arguments)[1], r"^onrecord \d+\.\d+\.\d+ \(.+\)\n$")

    def test_address_in_use(self):
        with service.Service() as running:
            status, out, err = run("serve", "--listen", f"127.0.0.1:{running.port}")
            self.assertEqual((status, out), (3, ""))
            self.assertIn("Address already in use", err)

    def test_healthcheck(self):
        with service.Service() as running:
            address = f"127.0.0.1:{running.port}"
            self.assertEqual(run("healthcheck", "--address", address)[0], 0)
            self.assertEqual(run("healthcheck", env={"ONRECORD_LISTEN": f":{running.port}"})[0], 0)
        self.assertEqual(run("healthcheck", "--address", address)[0], 1)


if __name__ == "__main__":
    tap.main()
