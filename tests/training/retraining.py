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
OUTPUTS = {"tags": 1, "tree": 2}


class Retraining(unittest.TestCase):
    programs = {}

    @classmethod
    def setUpClass(cls):
        if not TREEBANK.exists():
            if os.environ.get("CI") == "true":
                raise AssertionError(f"{TREEBANK} is needed on the CI machine")
            raise unittest.SkipTest(f"{TREEBANK} is not there")
        cls.sentences = TREEBANK.read_text(encoding="utf-8").split("\n\n")[:SENTENCES]

    def trained(self, name, sentences):
        program = self.programs[name]
        with tempfile.TemporaryDirectory() as folder:
            slice_ = pathlib.Path(folder, "train.conllu")
            out = [pathlib.Path(folder, f"out{i}.bin") for i in range(OUTPUTS[name])]
            slice_.write_text("\n\n".join(sentences) + "\n\n", encoding="utf-8")
            subprocess.run([program, *map(str, out), "2", "2", str(slice_)], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            return [path.read_bytes() for path in out]

    def test_same_weights(self):
        for name in self.programs:
            with self.subTest(name):
                first = self.trained(name, self.sentences)
                self.assertTrue(first == self.trained(name, self.sentences))
                self.assertFalse(first == self.trained(name, self.sentences[:-1]))


if __name__ == "__main__":
    Retraining.programs = dict(zip(("tags", "tree"), sys.argv[1:3]))
    del sys.argv[1:]
    tap.main()
