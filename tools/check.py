#!/usr/bin/python3
"""Builds onrecord in several ways and runs its tests: check.py [--long] [BUILD|SUITE]...

  builds   gcc    release, warnings are errors          suites unit cases http bench browser container
           clang  the same with clang                   suites unit lint
           fuzz   clang, libFuzzer, ASan+UBSan          suite  fuzz: replays tests/fuzz/, then a short run
           asan   AddressSanitizer + UBSan              suites unit cases http
           tsan   ThreadSanitizer                       suites unit http
  --long   also the suite `long` of gcc (soak, overload, clean machine) and long fuzzing

Words choose builds or suites: `check.py gcc`, `check.py unit http`. meson runs the tests; this program
counts what they report (one for each line of TAP, one for a test that reports none), prints a table, the
output of what failed, and as its last line "N passed, N failed[, N skipped]". Skipped is a test that
needs the public packs of ../shared (or $ONRECORD_SHARED) where they are not there; with CI=true that
is a failure, as is a missing tool always.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import time

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), ".."))
SANITIZER_OPTIONS = {
    "ASAN_OPTIONS": "abort_on_error=1:detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    "TSAN_OPTIONS": "halt_on_error=1:second_deadlock_stack=1",
}
SANITIZED = ["--buildtype=debugoptimized", "-Db_lundef=false", "-Dc_args=-DONRECORD_ARENA_SYSTEM"]

# name, compiler, options of meson setup, suites, how much slower than the release build
BUILDS = (
    ("gcc", "gcc", ["--buildtype=release"], ["unit", "cases", "http", "bench", "browser", "container"], 1),
    ("clang", "clang-14", ["--buildtype=release"], ["unit", "lint"], 1),
    ("fuzz", "clang-14", SANITIZED + ["-Dfuzzers=true", "-Db_sanitize=address,undefined"], ["fuzz"], 1),
    ("asan", "gcc", SANITIZED + ["-Db_sanitize=address,undefined"], ["unit", "cases", "http"], 5),
    ("tsan", "gcc", SANITIZED + ["-Db_sanitize=thread"], ["unit", "http"], 5),
)
LONG = {"gcc": ["long"]}
TAP_LINE = re.compile(r"^(ok|not ok)\b[^#\n]*(# *skip\S*)?", re.I | re.M)
LOG_LINES = 80  # of a failed test


class Tally:
    def __init__(self):
        self.rows, self.failures = [], []
        self.passed = self.failed = self.skipped = 0

    def add(self, name, seconds, passed, failed, skipped=0, log=""):
        self.rows.append((name, seconds, passed, failed, skipped))
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        if failed:
            self.failures.append((name, log))

    def table(self):
        width = max([len(row[0]) for row in self.rows] + [5])
        lines = [f"{'suite':{width}} {'seconds':>8} {'passed':>7} {'failed':>7} {'skipped':>8}"]
        lines += [f"{n:{width}} {s:8.1f} {p:7} {f:7} {k:8}" for n, s, p, f, k in self.rows]
        return "\n".join(lines)

    def closing(self):
        return (f"{self.passed} passed, {self.failed} failed"
                + (f", {self.skipped} skipped" if self.skipped else ""))


def say(text):
    print(text, flush=True)


def tail(text, lines=LOG_LINES):
    kept = text.rstrip().splitlines()
    return "\n".join((["…"] if len(kept) > lines else []) + kept[-lines:])


def run(command, env=None):
    done = subprocess.run(command, cwd=TOP, env={**os.environ, **(env or {})}, text=True, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def compile_build(name, compiler, options):
    """Status and output of configuring (once for these options) and compiling build-NAME."""
    folder = os.path.join(TOP, f"build-{name}")
    stamp, wanted = os.path.join(folder, ".options"), json.dumps([compiler, options])
    if not os.path.exists(stamp) or open(stamp, encoding="utf-8").read() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        status, said = run(["meson", "setup", folder, "-Dwerror=true", *options], {"CC": compiler})
        if status:
            return status, said
        with open(stamp, "w", encoding="utf-8") as out:
            out.write(wanted)
    return run(["meson", "compile", "-C", folder])


def count(test):
    """(passed, failed, skipped) of one line of meson's testlog.json."""
    passed = failed = skipped = 0
    for verdict, skip in TAP_LINE.findall(test.get("stdout") or ""):
        if verdict.lower() == "not ok":
            failed += 1
        elif skip:
            skipped += 1
        else:
            passed += 1
    only_skipped = test["result"] == "SKIP" and skipped and not passed
    if test["result"] not in ("OK", "EXPECTEDFAIL") and not only_skipped:
        failed = max(failed, 1)  # also where it crashed, timed out or wanted to be skipped
    elif not passed + failed + skipped:
        passed = 1
    if os.environ.get("CI") == "true":
        failed, skipped = failed + skipped, 0
    return passed, failed, skipped


def failure_log(test):
    said = [line for line in (test.get("stdout") or "").splitlines()
            if not re.match(r"ok\b(?!.*# *skip)", line, re.I)]
    return f"{test['result']}\n" + tail("\n".join(said)) + "\n" + tail(test.get("stderr") or "")


def run_suite(tally, name, suite, slower, long_run):
    folder = os.path.join(TOP, f"build-{name}")
    log = os.path.join(folder, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    env = {**SANITIZER_OPTIONS, "ONRECORD_TOP": TOP, "ONRECORD_BUILD": folder}
    if long_run:
        env["ONRECORD_LONG"] = "1"
    status, said = run(["meson", "test", "-C", folder, "--no-rebuild", "--suite", suite, "--num-processes",
                        "2", "--timeout-multiplier", str(slower)], env)
    tests = []
    if os.path.exists(log):
        with open(log, encoding="utf-8") as lines:
            tests = [json.loads(line) for line in lines]
    for test in tests:
        label = f"{name} {test['name'].replace('onrecord:', '')}"
        tally.add(label, test["duration"], *count(test), log=failure_log(test))
    if not tests or (status and all(count(t)[1] == 0 for t in tests)):
        tally.add(f"{name} {suite}", 0, 0, 1, log=said)


def main():
    words = [w for w in sys.argv[1:] if w != "--long"]
    long_run = "--long" in sys.argv[1:]
    plan = [(n, c, o, s + (LONG.get(n, []) if long_run else []), x) for n, c, o, s, x in BUILDS]
    known = {w for n, _, _, suites, _ in plan for w in [n, *suites]}
    if set(words) - known:
        sys.exit(f"check: no build or suite {', '.join(sorted(set(words) - known))}; "
                 f"there are {', '.join(sorted(known))}")
    tally, begun = Tally(), time.monotonic()
    for name, compiler, options, suites, slower in plan:
        chosen = [s for s in suites if not words or name in words or s in words]
        if not chosen:
            continue
        say(f"check: building build-{name}")
        start = time.monotonic()
        status, said = compile_build(name, compiler, options)
        tally.add(f"{name} build", time.monotonic() - start, status == 0, status != 0, log=tail(said))
        for suite in chosen if status == 0 else ():
            say(f"check: {name}: {suite}")
            run_suite(tally, name, suite, slower, long_run)
    for name, log in tally.failures:
        say(f"\n==== {name} failed: {log}")
    say(f"\n{tally.table()}\n\n{time.monotonic() - begun:.0f} s in all")
    say(tally.closing())
    sys.exit(1 if tally.failed or not tally.passed else 0)


if __name__ == "__main__":
    main()
