#!/usr/bin/python3
"""The runner of tests/cases must notice what is missing and what is too much."""
import os
import sys
import tempfile
import unittest

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path[:0] = [os.path.join(TOP, "tests/cases"), os.path.join(TOP, "tests")]
import run
import tap

TEXT = "Ghana pledged to plant trees by May 1. It rained."


def found(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


SUMMARY = {
    "article": {"text": TEXT, "title": None, "sentences": [{"start": 0, "end": 38}, {"start": 39, "end": 49}]},
    "reference_date": {"value": None, "from": "none"},
    "key_sentences": [], "warnings": ["No reference date is known."],
    "actors": [{"id": "a1", "name": "Ghana", "type": "country", "role": None, "affiliation": None, "aliases": ["Accra"],
                "identifiers": {"iso3166": "GH", "wikidata": None}, "mentions": [{**found("Ghana"), "kind": "name"}]}],
    "commitments": [{"id": "c1", "type": "pledge", "actors": ["a1"], "speaker": None, "beneficiaries": [],
                     "contested_by": [], "action": found("plant trees"), "trigger": found("pledged"),
                     "evidence": found(TEXT[:38]), "due": {"edtf": "../XXXX-05-01", "date": "d1"}, "quantities": [],
                     "polarity": "positive", "strength": "firm", "conditional": False, "condition": None,
                     "quoted": False, "missing": ["quantity"], "same_as": None}],
    "dates": [{**found("May 1"), "timex": "XXXX-05-01", "edtf": "XXXX-05-01", "type": "date", "relative": True}],
    "tokens": [{**found("Ghana"), "upos": "PROPN", "lemma": "ghana"},
               {**found("pledged"), "upos": "VERB", "lemma": "pledge"}],
}
HOLD = """
commitment: pledge | Ghana | plant trees | ../XXXX-05-01
commitment: pledge | Accra | plant … | * | trigger=pledged | quoted=false | missing=quantity | speaker=-
commitment: * | * | * | * | polarity=positive
not commitment: threat
not commitment: rained
not commitment: pledge | Togo
date: May 1 | XXXX-05-01 | type=date
date: … | XXXX-05-01
not date: May 2
actor: Ghana | country | - | - | alias=Accra | iso3166=GH
not actor: Togo
mention: Ghana | Ghana | name
mention: Accra | Ghana
not mention: * | It
sentence: It rained.
not sentence: It
tokens: Ghana pledged
token: pledged | VERB | pledge
title: -
reference: -
warning: …reference…
""".strip().splitlines()
BREAK = """
commitment: threat
commitment: pledge | Togo | plant trees
commitment: pledge | Ghana, Togo | plant trees
commitment: pledge | - | plant trees
commitment: pledge | Ghana | plant
commitment: pledge | Ghana | plant trees | -
commitment: pledge | Ghana | plant trees | * | quoted=true
commitment: pledge | Ghana | plant trees | * | nonsense=1
not commitment: *
not commitment: plant trees
date: May 1 | 2021-05-01
not date: May 1
actor: Ghana | person
actor: Ghana | country | King
actor: Ghana | country | - | - | alias=Lome
not actor: Accra
mention: Ghana | Ghana | pronoun
mention: Togo | Ghana
not mention: Accra | *
sentence: It
tokens: Ghana rained
token: pledged | NOUN
title: Trees
not title: -
""".strip().splitlines()


def case_of(line):
    with tempfile.NamedTemporaryFile("w", suffix=".case", encoding="utf-8") as file:
        file.write(f"name: one\ntext: {TEXT}\n{line}\n")
        file.flush()
        return run.read(file.name)[0]


class Cases(unittest.TestCase):
    def test_what_holds(self):
        for line in HOLD:
            with self.subTest(line=line):
                self.assertEqual(list(run.complaints(case_of(line), SUMMARY)), [])

    def test_what_does_not(self):
        for line in BREAK:
            with self.subTest(line=line):
                self.assertTrue(list(run.complaints(case_of(line), SUMMARY)))

    def test_problem_is_a_failure(self):
        self.assertTrue(list(run.complaints(case_of("not commitment: *"), {"type": "/problems/empty-text"})))

    def test_paragraphs(self):
        case = case_of("not date: x\ntext: One\n\n  two\n  three")
        self.assertEqual(case.request["text"], "One\n\ntwo\nthree")

    def test_wrong_files_are_refused(self):
        for line in ("nonsense: x", "no colon", ""):
            with self.subTest(line=line), self.assertRaises(SystemExit):
                case_of(line)


if __name__ == "__main__":
    tap.main()
