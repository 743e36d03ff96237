#!/usr/bin/python3
"""Requests made up after openapi.yaml, right ones and spoiled ones: no answer is outside of the document.

Every operation of the document is asked some hundred times. Parameters, headers and bodies are drawn from its
schemas, and half of the time one of them is replaced by something else. contract.py holds each answer to the
document: its status, headers and body; a 5xx that is not listed for the operation is one that the document
does not have. The seed is fixed and printed; ONRECORD_SEED sets another.
"""
import json
import os
import random
import string
import sys
import unittest
from urllib.parse import quote, urlencode

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import contract
import service
import tap

ROUNDS = 40 if "san" in service.ONRECORD else 200
SEED = int(os.environ.get("ONRECORD_SEED", "7"))
PROSE = ("Canada will send 200 nurses to Haiti by May 1, Health Minister Anna Roy said on Wednesday. ", "Peru agreed to train "
         "police. ", "“We will not go,” he said.\n\n", "Türkiye plans a 🚆 line. ", "\u0301x ", "a\u2028b ", "- ", "<p>", "]]>")
ADDRESSES = ("http://127.0.0.1/", "http://[::1]:8080/x", "https://no-such-host.example/a?b=c", "ftp://a.example/", "http://", "x",
             "http://10.0.0.1/", "http://no-such-host.example:8080/", "http://user@host.invalid/", "https://" + "a" * 300 + ".invalid/")
NASTY = ("", " ", "\x00", "\ud800", "null", "0", "-1", "1e999", "true", "[]", "{}", "2021-02-30", "2021-04-07T25:00:00Z", "\r\nX: y",
         "%", "%zz", "%00", "%ff", "../..", "a" * 5000, "🙂" * 50, "'\"<&")
KINDS = ("application/json", "text/plain", "text/html", "application/x-ndjson", "application/x-www-form-urlencoded", "image/png",
         "text/plain; charset=utf-16", "", "application/json; charset=latin1", "multipart/form-data; boundary=x")
HEADERS = ("Accept", "Content-Type", "Accept-Encoding", "If-None-Match", "X-Request-Id", "Origin", "Content-Encoding", "Expect-CT")


class Maker:
    """Draws values that a schema of the document allows, and others."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, p):
        return self.random.random() < p

    def text(self):
        return "".join(self.random.choices(PROSE, k=self.random.randint(0, 12)))

    def string(self, schema):
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        if schema.get("pattern", "").startswith("^[0-9]{4}"):
            day = f"{self.random.randint(1, 9999):04}-{self.random.randint(0, 13):02}-{self.random.randint(0, 32):02}"
            return day + self.random.choice(("", "T10:00:00Z", "T23:59:60+14:00", "t1"))
        if schema.get("format") == "uri":
            return self.random.choice(ADDRESSES)
        return self.random.choice((self.text(), self.random.choice(NASTY), "".join(self.random.choices(string.printable, k=8))))

    def value(self, schema, depth=0):
        schema = contract.resolve(schema)
        for several in ("oneOf", "anyOf", "allOf"):
            if several in schema and "properties" not in schema:
                return self.value(self.random.choice(schema[several]), depth + 1)
        kind = schema.get("type", "string")
        kind = self.random.choice(kind) if isinstance(kind, list) else kind
        if kind == "object":
            members = schema.get("properties", {})
            required = set(schema.get("required", ()))
            kept = {n: s for n, s in members.items() if n in required or self.chance(0.3)}
            return {n: self.value(s, depth + 1) for n, s in kept.items()} if depth < 6 else {}
        if kind == "array":
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(self.random.randint(0, 3))]
        if kind in ("number", "integer"):
            return self.random.choice((0, 1, 0.5, -1, 2, 1e308))
        if kind == "string":
            return self.string(schema)
        return self.chance(0.5) if kind == "boolean" else None

    def spoil(self, value):
        """Another value in some place of `value`."""
        if isinstance(value, dict) and value and self.chance(0.8):
            name = self.random.choice(list(value))
            spoiled = dict(value)
            if self.chance(0.3):
                del spoiled[name]
            elif self.chance(0.2):
                spoiled[name + "x"] = spoiled.pop(name)
            else:
                spoiled[name] = self.spoil(value[name])
            return spoiled
        return self.random.choice((None, True, -7, 1.5, [], {}, ["x"], {"a": {}}, *NASTY, self.text()))

    def request_object(self):
        made = self.value({"$ref": "#/components/schemas/Request"})
        sources = [n for n in ("text", "html", "url") if n in made]
        if len(sources) != 1 and self.chance(0.8):
            for name in sources:
                del made[name]
            source = self.random.choice(("text", "text", "html", "url"))
            made[source] = self.random.choice(ADDRESSES) if source == "url" else self.text()
        return self.spoil(made) if self.chance(0.4) else made

    def body(self, kind):
        if kind == "application/json":
            return json.dumps(self.request_object())
        if kind == "application/x-ndjson":
            return "\n".join(json.dumps(self.request_object()) for _ in range(self.random.randint(0, 5)))
        if kind == "application/x-www-form-urlencoded":
            return urlencode({n: self.string({}).encode("utf-8", "replace") for n in ("text", "url", "published", "x") if self.chance(0.6)})
        return self.text()

    def target(self, path, operation):
        asked = []
        for parameter in map(contract.resolve, operation.get("parameters", ())):
            if parameter["in"] != "query" or not (parameter.get("required") or self.chance(0.3)):
                continue
            value = self.value(parameter["schema"]) if self.chance(0.7) else self.random.choice(NASTY)
            value = ",".join(map(str, value)) if isinstance(value, list) else str(value)
            asked.append(f"{parameter['name']}={quote(value.encode('utf-8', 'replace'))}")
        if self.chance(0.1):
            asked.append(quote(self.random.choice(("x=1", "offsets=utf16", "=", "text=a", "%"))))
        return path + ("?" + "&".join(asked) if asked else "")

    def headers(self, kind):
        made = {"Content-Type": kind} if kind else {}
        if self.chance(0.5):
            made["Accept"] = self.random.choice(("*/*", "application/json", "text/calendar", "text/markdown;q=0.5, */*;q=0.1",
                                                 "image/png", "application/x-ndjson", "text/html", ",,;q=x"))
        if self.chance(0.3):
            value = self.random.choice([n for n in NASTY if n.isascii() and n.isprintable()])
            made[self.random.choice(HEADERS)] = value
        return made


class Document(unittest.TestCase):
    def test_no_answer_is_outside_of_the_document(self):
        make = Maker(SEED)
        seen = {}
        with service.Service("--log-level", "error", "--fetch-timeout", "1") as running:
            for path, operations in contract.DOCUMENT["paths"].items():
                for method, operation in operations.items():
                    for number in range(ROUNDS):
                        kinds = list(contract.resolve(operation.get("requestBody", {})).get("content", {}))
                        kind = make.random.choice(kinds if kinds and make.chance(0.8) else KINDS)
                        body = make.body(kind).encode("utf-8", "replace") if kinds or make.chance(0.1) else None
                        target, headers = make.target(path, operation), make.headers(kind if body is not None else "")
                        asked = make.random.choice(("HEAD", "PUT", "DELETE", "OPTIONS")) if make.chance(0.05) else method.upper()
                        with self.subTest(seed=SEED, number=number, method=asked, target=target[:200], headers=headers):
                            status = running.request(asked, target, body, headers)[0]
                            seen.setdefault(status, set()).add(path)
                            self.assertTrue(200 <= status < 500 or status in (502, 503, 504), status)
            print("# " + ", ".join(f"{status}: {len(paths)} paths" for status, paths in sorted(seen.items())))
        for status in (200, 400, 405, 406, 415, 422, 502):
            self.assertIn(status, seen, "the requests are too tame")


if __name__ == "__main__":
    tap.main()
