#!/usr/bin/python3
"""Runs a clang tool over the C files: sources.py format | sources.py tidy BUILD_DIR.

`format` fails where clang-format would change a file. `tidy` runs clang-tidy (.clang-tidy) over every
file of ours that BUILD_DIR/compile_commands.json names, two at a time. Both want version 14: another
version formats otherwise.
"""
import concurrent.futures
import json
import os
import subprocess
import sys

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), ".."))
FOLDERS = "base models data pipeline fetcher handlers server cli training tests".split()


def files(*endings):
    for folder in FOLDERS:
        for place, _, names in sorted(os.walk(os.path.join(TOP, folder))):
            yield from (os.path.join(place, n) for n in sorted(names) if n.endswith(endings))


def check_format():
    command = ["clang-format-14", "--dry-run", "-Werror", "--style=file", *files(".c", ".h")]
    return subprocess.run(command, check=False).returncode


def tidy_one(build, path):
    command = ["clang-tidy-14", "--quiet", "-p", build, path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return path, done.returncode, done.stdout + (done.stderr if done.returncode else "")


def check_tidy(build):
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as text:
        commands = json.load(text)
    paths = {os.path.realpath(os.path.join(c["directory"], c["file"])) for c in commands}
    ours = sorted(paths.intersection(files(".c")))
    if not ours:
        sys.exit(f"sources: {build} compiles no file of ours")
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for path, status, said in pool.map(lambda p: tidy_one(build, p), ours):
            bad += status != 0
            if status:
                print(f"== {os.path.relpath(path, TOP)}\n{said}")
    print(f"clang-tidy: {len(ours)} files, {bad} with findings")
    return 1 if bad else 0


def main():
    if sys.argv[1:] == ["format"]:
        sys.exit(check_format())
    if len(sys.argv) == 3 and sys.argv[1] == "tidy":
        sys.exit(check_tidy(sys.argv[2]))
    sys.exit(__doc__)


if __name__ == "__main__":
    main()
