#!/usr/bin/python3
"""The same input gives the same weights, byte for byte: trains twice on a slice of EWT and compares.

  tests/training/retraining.py TRAIN-TAGS TRAIN-TREE

Needs the treebanks beside the project (ONRECORD_SHARED). One sentence less must give other weights, or the
comparison would see nothing.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap

TREEBANK = pathlib.Path(os.environ.get("ONRECORD_SHARED", "."), "corpora/treebanks/ewt/train.conllu")
SENTENCES = 150


class Retraining(unittest.TestCase):
    programs = {}

    @classmethod
    def setUpClass(cls):
        if not TREEBANK.exists():
            if os.environ.get("CI") == "true":
                raise AssertionError(f"{TREEBANK} is needed on the CI machine")
            raise unittest.SkipTest(f"{TREEBANK} is not there")
        cls.sentences = TREEBANK.read_text(encoding="utf-8").split("\n\n")[:SENTENCES]

    def trained(self, program, sentences):
        with tempfile.TemporaryDirectory() as folder:
            slice_, out = pathlib.Path(folder, "train.conllu"), pathlib.Path(folder, "out.bin")
            slice_.write_text("\n\n".join(sentences) + "\n\n", encoding="utf-8")
            subprocess.run([program, str(out), "2", "2", str(slice_)], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            return out.read_bytes()

    def test_same_weights(self):
        for name, program in self.programs.items():
            with self.subTest(name):
                first = self.trained(program, self.sentences)
                self.assertTrue(first == self.trained(program, self.sentences))
                self.assertFalse(first == self.trained(program, self.sentences[:-1]))


if __name__ == "__main__":
    Retraining.programs = dict(zip(("tags", "tree"), sys.argv[1:3]))
    del sys.argv[1:]
    tap.main()
