#!/usr/bin/python3
"""openapi.yaml and the C tables must name the same things: errors, routes, enumerations."""
import os
import re
import sys
import unittest

import yaml

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(TOP, "tests"))
import tap

# schema, property, file, macro of the C table
ENUMS = (
    ("Source", "kind", "models/request.h", "SOURCE_KINDS"),
    ("ReferenceDate", "from", "models/summary.h", "REFERENCES"),
    ("Actor", "type", "models/actor.h", "ACTOR_TYPES"),
    ("Mention", "kind", "models/actor.h", "MENTION_KINDS"),
    ("Commitment", "type", "models/commitment.h", "COMMITMENT_TYPES"),
    ("Commitment", "strength", "models/commitment.h", "STRENGTHS"),
    ("Date", "type", "models/date.h", "DATE_TYPES"),
    ("Date", "mod", "models/date.h", "DATE_MODS"),
    ("Offsets", None, "models/request.h", "OFFSET_UNITS"),
)


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as text:
        return text.read()


def table(path, macro):
    """The published names of an X-macro table, the empty one left out."""
    body = re.search(rf"#define {macro}\(X\)((?:[^\n]*\\\n)*[^\n]*)", read(path)).group(1)
    return {name for name in re.findall(r'X\(\w+,\s*"([^"]*)"', body) if name}


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.document = yaml.safe_load(read("openapi.yaml"))
        cls.schemas = cls.document["components"]["schemas"]

    def test_problem_types(self):
        names = table("base/error.h", "ERR_TABLE") - {"ok"}
        self.assertEqual(set(self.schemas["Problem"]["properties"]["type"]["enum"]), {f"/problems/{n}" for n in names})

    def test_statuses_are_documented(self):
        statuses = set(re.findall(r'X\(ERR_\w+,\s*"[^"]+",\s*(\d+)', read("base/error.h"))) - {"200", "404", "405"}
        self.assertLessEqual(statuses, set(self.document["paths"]["/v1/summaries"]["post"]["responses"]))

    def test_enumerations(self):
        for schema, member, path, macro in ENUMS:
            with self.subTest(schema=schema, member=member):
                place = self.schemas[schema]
                listed = (place["properties"][member] if member else place)["enum"]
                self.assertEqual({v for v in listed if v is not None}, table(path, macro))

    def test_routes(self):
        rows = re.findall(r'\{METHOD_(\w+), (true|false), "([^"]+)"', read("handlers/routes.c"))
        served = {(path, method.lower()) for method, _, path in rows}
        written = {(path, method) for path, item in self.document["paths"].items() for method in item}
        self.assertEqual(served, written)
        for method, guarded, path in rows:
            told = {"401", "4XX"} & set(self.document["paths"][path][method.lower()]["responses"])
            with self.subTest(method=method, path=path):
                self.assertTrue(told if guarded == "true" else "401" not in told)


if __name__ == "__main__":
    tap.main()
