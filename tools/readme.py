#!/usr/bin/python3
"""Keeps README.md true: readme.py check|write ONRECORD.

Between `<!-- NAME -->` and `<!-- /NAME -->` stands what the program itself says: `options`, the table of
`onrecord help --markdown`; `answer`, the answer to the README's curl line; `commitments`, that part of it. `check` fails where they
differ, `write` puts them right.
"""
import difflib
import json
import os
import re
import subprocess
import sys

README = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "README.md")
WIDTH = 110


def pretty(value, indent=0):
    """JSON for reading: lines are filled up to WIDTH, what needs more than one line stands by itself."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= WIDTH or not isinstance(value, (dict, list)):
        return flat
    keys = [json.dumps(k, ensure_ascii=False) + ": " for k in value] if isinstance(value, dict) else [""] * len(value)
    members = value.values() if isinstance(value, dict) else value
    lines = [""]
    for key, member in zip(keys, members):
        part = key + pretty(member, indent + 2) + ","
        fits = "\n" not in part + lines[-1] and indent + 2 + len(lines[-1]) + len(part) < WIDTH
        if lines[-1] and not fits:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + part
    pad, (open_, close) = "\n" + " " * (indent + 2), "{}" if isinstance(value, dict) else "[]"
    return open_ + pad + pad.join(lines)[:-1] + "\n" + " " * indent + close


def options(onrecord, _):
    return subprocess.run([onrecord, "help", "--markdown"], capture_output=True, text=True, check=True).stdout


def ask(onrecord, readme):
    """What `onrecord extract` says to the text and the date of the README's curl line."""
    command = re.search(r"curl .*?--data '([^']+)'", readme, re.S)
    published = re.search(r"published=([0-9-]+)", command.group(0)).group(1)
    said = subprocess.run([onrecord, "extract", "--published", published, "--format", "text", "-"],
                          input=command.group(1), capture_output=True, text=True, check=True).stdout
    return json.loads(said)


def answer(onrecord, readme):
    return f"```json\n{pretty(ask(onrecord, readme))}\n```\n"


def commitments(onrecord, readme):
    return f"```json\n{pretty(ask(onrecord, readme)['commitments'])}\n```\n"


BLOCKS = {"options": options, "commitments": commitments, "answer": answer}


def filled(onrecord, readme):
    for name, make in BLOCKS.items():
        marked = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        if not marked.search(readme):
            sys.exit(f"README.md has no block {name}")
        readme = marked.sub(lambda m: m.group(1) + make(onrecord, readme) + m.group(2), readme)
    return readme


def main():
    what, onrecord = sys.argv[1:]
    with open(README, encoding="utf-8") as text:
        before = text.read()
    after = filled(onrecord, before)
    if what == "write":
        with open(README, "w", encoding="utf-8") as out:
            out.write(after)
    elif before != after:
        sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), after.splitlines(True), "README.md",
                                                   "what the program says"))
        sys.exit("README.md differs from what the program says: tools/readme.py write ONRECORD")


if __name__ == "__main__":
    main()
