#!/usr/bin/python3
"""Keeps README.md true: readme.py check|write ONRECORD.

Between `<!-- NAME -->` and `<!-- /NAME -->` stands what the program itself says: `options`, the table of
`onrecord help --markdown`; `answer`, the answer to the README's curl line. `check` fails where they
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
    """JSON for reading: what fits stands on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{json.dumps(k, ensure_ascii=False)}: {pretty(v, indent + 4 + len(k))}" for k, v in value.items()]
    else:
        parts = [pretty(v, indent + 2) for v in value]
    joined = f",\n{pad}".join(parts)
    open_, close = "{}" if isinstance(value, dict) else "[]"
    return f"{open_}\n{pad}{joined}\n{' ' * indent}{close}"


def options(onrecord, _):
    return subprocess.run([onrecord, "help", "--markdown"], capture_output=True, text=True, check=True).stdout


def answer(onrecord, readme):
    """What `onrecord extract` says to the text and the date of the README's curl line."""
    command = re.search(r"curl .*?--data '([^']+)'", readme, re.S)
    published = re.search(r"published=([0-9-]+)", command.group(0)).group(1)
    said = subprocess.run([onrecord, "extract", "--published", published, "--format", "text", "-"],
                          input=command.group(1), capture_output=True, text=True, check=True).stdout
    return f"```json\n{pretty(json.loads(said))}\n```\n"


BLOCKS = {"options": options, "answer": answer}


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
