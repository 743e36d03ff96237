#!/usr/bin/python3
"""Proves that includes go one way: arrows.py [ROOT].

Reads the three tables of docs/architecture.md (which folder may include which, which file may use which
library, the order of the pipeline's stages) and holds every #include of the tree to them. Prints each
breach as FILE:LINE: what is wrong, and ends with status 1 if there is one.
"""
import fnmatch
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
CODE = re.compile(r"`([^`]+)`")


def table(lines, heading):
    """Rows of the table that starts with `heading`; each row is the list of its cells."""
    start = next((i for i, line in enumerate(lines) if line.startswith(heading)), None)
    if start is None:
        sys.exit(f"docs/architecture.md: no table starts with {heading!r}")
    rows = []
    for line in lines[start + 2:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|\n").split("|")])
    return rows


class Rules:
    def __init__(self, lines):
        self.folders = {CODE.findall(row[0])[0].rstrip("/"): CODE.findall(row[2])
                        for row in table(lines, "| folder |")}
        self.libraries = [(CODE.findall(row[0])[0], CODE.findall(row[1]))
                          for row in table(lines, "| header |")]
        self.stages = [CODE.findall(row[0]) for row in table(lines, "| stage |")]

    def stage_of(self, path):
        """Number of the stage that a file of pipeline/ belongs to, or None."""
        name = os.path.splitext(os.path.basename(path))[0].replace("-", "_")
        fits = [(len(s), row) for row, names in enumerate(self.stages) for s in names
                if name == s or name.startswith(s + "_")]
        return max(fits)[1] if fits else None


def matches(word, path):
    if word.endswith(".h") or "*" in word:
        return fnmatch.fnmatchcase(path, word)
    return path.startswith(word + "/")


def folder_allows(rules, folder, target):
    words = rules.folders[folder] + [folder]
    return (any(matches(w, target) for w in words if not w.startswith("!"))
            and not any(matches(w[1:], target) for w in words if w.startswith("!")))


def breach(rules, path, own, system):
    """Why `path` may not include "own" or <system>, or None."""
    folder = path.split("/")[0]
    if system is not None:
        for header, places in rules.libraries:
            if fnmatch.fnmatchcase(system, header) and not any(
                    fnmatch.fnmatchcase(path, place) for place in places):
                return f"<{system}> is only for {' '.join(places)}"
        return None
    if own.split("/")[0] not in rules.folders:
        return f'"{own}" does not start at the top of the tree with a folder of ours'
    if not folder_allows(rules, folder, own):
        return f'{folder}/ may not include "{own}"'
    if folder == "pipeline" and own.startswith("pipeline/"):
        here, there = rules.stage_of(path), rules.stage_of(own)
        if here is not None and there is not None and there > here:
            return (f'stage {rules.stages[here][0]} may not include "{own}" '
                    f"of the later stage {rules.stages[there][0]}")
    return None


def sources(root, folders):
    for folder in folders:
        for place, _, names in sorted(os.walk(os.path.join(root, folder))):
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    yield os.path.relpath(os.path.join(place, name), root)


def includes(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            found = INCLUDE.match(line)
            if found:
                yield number, found.group(1), found.group(2)


def cycles(graph):
    """One message for each header that includes itself by way of others (iterative depth-first)."""
    done, found = set(), []
    for start in graph:
        path, work = [], [(start, False)]
        while work:
            node, leaving = work.pop()
            if leaving:
                path.pop()
                done.add(node)
            elif node in path:
                found.append(" -> ".join(path[path.index(node):] + [node]))
            elif node not in done:
                path.append(node)
                work.append((node, True))
                work += [(n, False) for n in graph.get(node, ())]
    return found


def check(root):
    with open(os.path.join(root, "docs/architecture.md"), encoding="utf-8") as text:
        rules = Rules(text.readlines())
    bad, graph = [], {}
    for path in sources(root, rules.folders):
        if path.startswith("pipeline/") and rules.stage_of(path) is None:
            bad.append(f"{path}:1: no stage of docs/architecture.md has this name")
        for number, own, system in includes(root, path):
            graph.setdefault(path, []).extend([own] if own else [])
            why = breach(rules, path, own, system)
            if why:
                bad.append(f"{path}:{number}: {why}")
    return bad + [f"{cycle.split(' ')[0]}:1: a circle of includes: {cycle}" for cycle in cycles(graph)]


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..")
    bad = check(root)
    print("\n".join(bad) if bad else "arrows: every include goes the right way")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
