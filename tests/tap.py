"""Runs unittest cases and reports each as a line of TAP: `import tap; tap.main()` at a test file's end.

A subTest reports on its own only if it fails; a skipped test says why. Arguments are test names, as
unittest takes them. TAP is what meson and tools/check.py count.
"""
import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.count = 0
        self.bad = 0

    def say(self, good, test, note="", detail=""):
        self.count += 1
        self.bad += not good
        name = test.id().replace("__main__.", "").replace("#", "no. ")
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}{note}")
        for line in detail.rstrip().splitlines():
            print(f"#   {line}")
        sys.stdout.flush()

    def addSuccess(self, test):
        self.say(True, test)

    def addSkip(self, test, reason):
        self.say(True, test, f" # SKIP {reason}")

    def addFailure(self, test, err):
        self.say(False, test, detail=self._exc_info_to_string(err, test))

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.failures.append((subtest, ""))  # so that unittest does not call the test a success
            self.addFailure(subtest, err)


def unless(condition):
    """Decorator: leaves the test out, as one that this build has no use for, if `condition` is true."""
    return lambda test: None if condition else test


def main():
    program = unittest.TestProgram(module="__main__", exit=False, testRunner=Runner, argv=sys.argv)
    sys.exit(1 if program.result.bad or not program.result.count else 0)


class Runner:
    """What TestProgram calls; keeps its interface."""

    def __init__(self, **_):
        pass

    def run(self, suite):
        print("TAP version 13")
        result = TapResult()
        suite.run(result)
        print(f"1..{result.count}")
        return result
