#!/usr/bin/python3
"""Runs tests/cases/*.case against `onrecord extract --ndjson`: run.py ONRECORD [FILE.case]...

README.md beside this file tells the format. Each case is one line of TAP; a failed one says what was
expected and what was found.
"""
import fnmatch
import glob
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REQUEST = {"text": "text", "html": "html", "published": "published", "given title": "title"}


class Case:
    def __init__(self, path, line, name):
        self.where, self.name = f"{os.path.basename(path)}:{line}", name
        self.request = {"include": ["mentions", "sentences", "tokens"]}
        self.expected = []  # (line, kind, fields, negated)


def bad(path, number, why):
    sys.exit(f"{path}:{number}: {why}")


def entries(path):
    """(line number, key, value) of each entry; indented lines go on with the value above them."""
    found, blank = [], 0
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line.strip():
                blank += 1
            elif line.startswith("  "):
                if not found:
                    bad(path, number, "an indented line with nothing above it to go on with")
                value = found[-1][2]
                found[-1][2] = (value + "\n" * (blank + 1) if value else "") + line[2:]
                blank = 0
            elif not line.startswith("#"):
                key, colon, value = line.partition(":")
                if not colon:
                    bad(path, number, "neither `key: value`, nor indented, nor a comment")
                found.append([number, key.strip(), value.strip()])
                blank = 0
    return found


def read(path):
    cases = []
    for number, key, value in entries(path):
        if key == "name":
            cases.append(Case(path, number, value))
        elif not cases:
            bad(path, number, "a case starts with `name:`")
        elif key in REQUEST:
            cases[-1].request[REQUEST[key]] = value
        else:
            negated, kind = key.startswith("not "), key.removeprefix("not ")
            if kind not in KINDS:
                bad(path, number, f"no expectation is called {kind!r}; there are {', '.join(KINDS)}")
            fields = [f.strip() for f in value.split(" | ")]
            cases[-1].expected.append((number, kind, fields, negated))
    for case in cases:
        if not case.expected or not {"text", "html"} & set(case.request):
            bad(path, case.where, "a case needs a text or html, and something that must or must not be found")
    return cases


def fits(pattern, value):
    """`*` fits anything, `-` only null, `…` any words in between; else the value itself."""
    if pattern in ("*", ""):
        return True
    if value is None or pattern == "-":
        return value is None and pattern == "-"
    escaped = "".join(f"[{c}]" if c in "*?[" else c for c in str(pattern))
    return fnmatch.fnmatchcase(str(value), escaped.replace("…", "*"))


def extras(fields, found):
    """The further `key=value` fields, each against found[key]."""
    return all(key in found and fits(value, found[key])
               for key, _, value in (field.partition("=") for field in fields))


def names_of(summary, ident):
    actor = next((a for a in summary["actors"] if a["id"] == ident), None)
    return [actor["name"], *actor["aliases"]] if actor else []


def same_actors(summary, wanted, idents):
    """The comma-separated names mean just these actors, in any order."""
    if wanted == "*":
        return True
    wanted = [w.strip() for w in wanted.split(",")] if wanted != "-" else []
    left = list(idents)
    for name in wanted:
        match = next((i for i in left if name in names_of(summary, i)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def slice_text(found):
    return found["text"] if found else None


def commitment(summary, fields, c):
    if len(fields) == 1:
        return fields[0] == "*" or fields[0] in c["evidence"]["text"]
    fields = fields + ["*"] * (4 - len(fields))
    kind, actors, action, due = fields[:4]
    more = dict(f.partition("=")[::2] for f in fields[4:])
    people = {"speaker": [c["speaker"]] if c["speaker"] else [], "for": c["beneficiaries"],
              "contested": c["contested_by"]}
    plain = {"polarity": c["polarity"], "strength": c["strength"], "trigger": slice_text(c["trigger"]),
             "if": slice_text(c["condition"]), "quoted": str(c["quoted"]).lower(), "same": c["same_as"],
             "conditional": str(c["conditional"]).lower(), "missing": ",".join(c["missing"]),
             "quantity": ",".join(f"{q['value']:g} {q['unit'] or ''}".strip() for q in c["quantities"])}
    return (fits(kind, c["type"]) and same_actors(summary, actors, c["actors"])
            and fits(action, slice_text(c["action"])) and fits(due, (c["due"] or {}).get("edtf"))
            and all(same_actors(summary, v, people[k]) if k in people else extras([f"{k}={v}"], plain)
                    for k, v in more.items()))


def date(_, fields, d):
    fields = fields + ["*"] * (2 - len(fields))
    found = {**d, "relative": str(d["relative"]).lower()}
    return fits(fields[0], d["text"]) and fits(fields[1], d["timex"]) and extras(fields[2:], found)


def actor(summary, fields, a):
    fields = fields + ["*"] * (4 - len(fields))
    name, kind, role, affiliation = fields[:4]
    aliases = [f.partition("=")[2] for f in fields[4:] if f.startswith("alias=")]
    rest = [f for f in fields[4:] if not f.startswith("alias=")]
    theirs = names_of(summary, a["affiliation"]) or [None]
    return (any(fits(name, n) for n in [a["name"], *a["aliases"]]) and fits(kind, a["type"])
            and fits(role, a["role"]) and any(fits(affiliation, n) for n in theirs)
            and all(alias in a["aliases"] for alias in aliases)
            and extras(rest, {"name": a["name"], "iso3166": a["identifiers"]["iso3166"]}))


def mention(_, fields, m):
    fields = fields + ["*"] * (3 - len(fields))
    name, text, kind = fields
    return any(fits(name, n) for n in m["names"]) and fits(text, m["text"]) and fits(kind, m["kind"])


def mentions(summary):
    """Every mention with the names of its actor."""
    return [{**m, "names": [a["name"], *a["aliases"]]} for a in summary["actors"] for m in a.get("mentions", [])]


def words(_, fields, value):
    return fits(" | ".join(fields), value)


def token(_, fields, t):
    fields = fields + ["*"] * (3 - len(fields))
    return fits(fields[0], t["text"]) and fits(fields[1], t["upos"]) and fits(fields[2], t["lemma"])


def sliced(summary, spans):
    text = summary["article"]["text"]
    return [{**s, "text": text[s["start"]:s["end"]]} for s in spans]


def token_runs(summary):
    """Every run of tokens of up to 12, as the words with spaces between them."""
    tokens = [t["text"] for t in sliced(summary, summary.get("tokens", []))]
    return [" ".join(tokens[i:j]) for i in range(len(tokens)) for j in range(i + 1, min(i + 13, len(tokens) + 1))]


# kind: (what there is, does one of it fit the fields)
KINDS = {
    "commitment": (lambda s: s["commitments"], commitment),
    "date": (lambda s: s["dates"], date),
    "actor": (lambda s: s["actors"], actor),
    "mention": (mentions, mention),
    "sentence": (lambda s: [t["text"] for t in sliced(s, s["article"].get("sentences", []))], words),
    "key sentence": (lambda s: [k["text"] for k in s["key_sentences"]], words),
    "tokens": (token_runs, words),
    "token": (lambda s: sliced(s, s.get("tokens", [])), token),
    "title": (lambda s: [s["article"]["title"]], words),
    "language": (lambda s: [s["article"]["language"]], words),
    "reference": (lambda s: [s["reference_date"]["value"]], words),
    "warning": (lambda s: s["warnings"], words),
}


def brief(summary, kind, item):
    if kind == "commitment":
        who = ", ".join(n[0] for n in (names_of(summary, i) for i in item["actors"]) if n)
        return " | ".join([item["type"], who, slice_text(item["action"]) or "-", (item["due"] or {}).get("edtf") or "-"])
    if kind == "date":
        return f"{item['text']} | {item['timex']} | edtf={item['edtf']}"
    if kind == "actor":
        theirs = (names_of(summary, item["affiliation"]) or ["-"])[0]
        return f"{item['name']} | {item['type']} | {item['role'] or '-'} | {theirs} | aliases {item['aliases']}"
    if kind == "mention":
        return f"{item['names'][0]} | {item['text']} | {item['kind']}"
    return json.dumps(item, ensure_ascii=False)


def complaints(case, summary):
    if "article" not in summary:
        yield f"answered {json.dumps(summary, ensure_ascii=False)}"
        return
    for number, kind, fields, negated in case.expected:
        listed, fit = KINDS[kind]
        found = listed(summary)
        if any(fit(summary, fields, item) for item in found) == negated:
            yield f"line {number}: {'not ' if negated else ''}{kind}: {' | '.join(fields)}"
            if kind != "tokens":
                yield from (f"      found {brief(summary, kind, item)}" for item in found)


def ask(onrecord, requests):
    """One answer for each request, or None where the program did not give one for each."""
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in requests)
    done = subprocess.run([onrecord, "extract", "--ndjson"], input=lines.encode(), capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(requests) or done.returncode < 0:
        return None, done.stderr.decode(errors="replace")
    return answers, ""


def answers_for(onrecord, cases):
    """All at once; where that fails one by one, so that the case that breaks the program is known."""
    answers, _ = ask(onrecord, [c.request for c in cases])
    if answers is not None:
        return answers
    single = [ask(onrecord, [c.request]) for c in cases]
    return [a[0] if a else {"the program failed": error[-2000:]} for a, error in single]


def main():
    onrecord, *paths = sys.argv[1:]
    cases = [c for p in paths or sorted(glob.glob(os.path.join(HERE, "**", "*.case"), recursive=True)) for c in read(p)]
    print(f"TAP version 13\n1..{len(cases)}")
    failed = 0
    for i, (case, summary) in enumerate(zip(cases, answers_for(onrecord, cases)), 1):
        wrong = list(complaints(case, summary))
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {i} - {case.where} {case.name}")
        for line in wrong:
            print("#   " + line.replace("\n", "\n#   "))
    sys.exit(1 if failed or not cases else 0)


if __name__ == "__main__":
    main()
