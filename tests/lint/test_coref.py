#!/usr/bin/python3
"""The scores of tests/bench/coref.py, against examples worked out by hand."""
import os
import sys
import unittest

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path[:0] = [os.path.join(TOP, "tests/bench"), os.path.join(TOP, "tests")]
import coref
import tap

# Two entities, 1 2 3 and 4 5; what was found has mention 3 in the wrong one.
GOLD = {1: "A", 2: "A", 3: "A", 4: "B", 5: "B"}
FOUND = {1: "x", 2: "x", 3: "y", 4: "y", 5: "y"}


def mention(start, end, head, chain="A"):
    return coref.Mention(start, end, *head, chain, "PERSON", False)


class Scores(unittest.TestCase):
    def test_b_cubed(self):
        right, whole = coref.b_cubed(GOLD, FOUND)
        self.assertAlmostEqual(right, 1 + 1 + 1 / 3 + 2 / 3 + 2 / 3)
        self.assertAlmostEqual(whole, 2 / 3 + 2 / 3 + 1 / 3 + 1 + 1)

    def test_b_cubed_of_mentions_without_partner(self):
        self.assertEqual(coref.b_cubed({1: "A", 2: "A"}, {1: "x", 9: "x"}), (0.5, 0.5))
        self.assertEqual(coref.b_cubed({1: "A"}, {}), (0, 0))

    def test_ceaf_e(self):
        same, found, gold = coref.ceaf_e(GOLD, FOUND)
        self.assertAlmostEqual(same, 2 * 2 / 5 + 2 * 2 / 5)
        self.assertEqual((found, gold), (2, 2))

    def test_best_match_is_no_greedy_one(self):
        self.assertAlmostEqual(coref.best_match([[0.9, 0.8], [0.8, 0.1]]), 1.6)
        self.assertAlmostEqual(coref.best_match([[0.2], [0.7], [0.3]]), 0.7)
        self.assertEqual(coref.best_match([]), 0)

    def test_the_tally_is_over_all_documents(self):
        tally = coref.Tally()
        tally.add(GOLD, FOUND)
        tally.add({1: "A"}, {})
        (p, r, _), (b_p, b_r, _), _ = tally.figures()
        self.assertEqual((p, r), (1, 5 / 6))
        self.assertAlmostEqual(b_p, (11 / 3) / 5)
        self.assertAlmostEqual(b_r, (11 / 3) / 6)


class Pairs(unittest.TestCase):
    def test_a_name_is_paired_with_the_smallest_mention_that_it_heads(self):
        # "Airbus parent EADS": Airbus, Airbus parent, all of it.
        gold = [mention(0, 18, (14, 18)), mention(0, 13, (7, 13)), mention(0, 6, (0, 6))]
        self.assertEqual(coref.pair(gold, [(0, 6, "a"), (14, 18, "b")]), {0: 2, 1: 0})

    def test_a_word_beside_the_head_is_no_partner(self):
        self.assertEqual(coref.pair([mention(0, 13, (7, 13))], [(0, 6, "a")]), {})

    def test_names_of_one_surname_are_one(self):
        text = "Karin Moe left. Moe and Moe Ltd met."
        names = [("Karin", "B-person"), ("Moe", "I-person"), ("left", "O"), ("Moe", "B-person"),
                 ("Moe", "B-organisation"), ("Ltd", "I-organisation")]
        tokens, at = [], 0
        for word, label in names:
            at = text.index(word, at)
            tokens.append({"start": at, "end": at + len(word), "name": label})
            at += len(word)
        found = coref.by_name({"article": {"text": text}, "tokens": tokens})
        self.assertEqual([text[start:end] for start, end, _ in found], ["Karin Moe", "Moe", "Moe Ltd"])
        full, short, company = [entity for _, _, entity in found]
        self.assertEqual(full, short)
        self.assertNotEqual(short, company)


class Reading(unittest.TestCase):
    def test_text_is_written_as_an_editor_does(self):
        line = [("It", True), ("does", False), ("n't", False), (".", True)]
        self.assertEqual(coref.written([(line, "\n\n"), ([("Yes", True)], " ")]),
                         ("It doesn't.\n\nYes", [(0, 2), (3, 7), (7, 10), (10, 11), (13, 16)]))

    def test_a_capital_at_the_start_of_a_sentence_names_nobody(self):
        text = "Farmers met. Then Moe spoke."
        mentions = [mention(0, 7, (0, 7), "farmers"), mention(18, 21, (18, 21), "moe")]
        self.assertEqual(coref.named_chains(text, mentions), {"moe"})


if __name__ == "__main__":
    tap.main()
