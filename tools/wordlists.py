#!/usr/bin/python3
"""Makes C tables of the word lists: wordlists.py OUT.c OUT.h LIST.tsv...

Each LIST.tsv becomes `wordlist_LIST` (pipeline/wordlist.h tells the form of the file), each
LIST-weights.tsv the numbers of `evidence_LIST` (pipeline/evidence.h). A key that stands twice, a key that
is not in lower case, a row with too many columns or with other values than columns.tsv allows ends the
build with the file and line.
"""
import os
import re
import sys

COLUMNS_MAX = 6
MASK = (1 << 64) - 1


def mix(x):
    """hash_mix of base/hash.h."""
    x ^= x >> 33
    x = x * 0xFF51AFD7ED558CCD & MASK
    x ^= x >> 33
    x = x * 0xC4CEB9FE1A85EC53 & MASK
    return x ^ x >> 33


def hash_bytes(data, seed=0):
    """hash_bytes of base/hash.c; tests/unit/pipeline/test-wordlist.c fails if the two differ."""
    h = seed ^ 0xCBF29CE484222325 ^ mix(len(data))
    for i in range(0, len(data), 8):
        h = mix(h ^ int.from_bytes(data[i:i + 8], "little")) * 0x100000001B3 & MASK
    return mix(h)


def quoted(text):
    out = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}"
                  for b in text.encode())
    return f'"{out}"'


def fits(form, value):
    """May a column of this form (columns.tsv) hold the value?"""
    form = form.removeprefix("? ")
    if form == "text":
        return value != ""
    if form == "number":
        return re.fullmatch(r"-?\d+", value) is not None
    if form.startswith("some "):
        return set(value.split(",")) <= set(form[5:].split("|"))
    return value in form.split("|")


def check_values(where, forms, values):
    """`forms`: of the columns behind the key."""
    least = sum(not form.startswith("?") for form in forms)
    if not least <= len(values) <= len(forms):
        sys.exit(f"{where}: {len(values)} columns behind the key; columns.tsv has {least} to {len(forms)}")
    for form, value in zip(forms, values):
        if not fits(form, value):
            sys.exit(f"{where}: {value!r} is not {form!r}, as columns.tsv has it")


def read(path, forms=None):
    rows, seen = [], {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            key, *values = line.split("\t")
            where = f"{path}:{number}"
            if not key or key != key.lower() or key != " ".join(key.split()):
                sys.exit(f"{where}: the key must be lower case, words separated by one space: {key!r}")
            if key in seen:
                sys.exit(f"{where}: {key!r} stands already in line {seen[key]}")
            if len(values) > COLUMNS_MAX:
                sys.exit(f"{where}: {len(values)} columns behind the key, at most {COLUMNS_MAX}")
            if forms is not None:
                check_values(where, forms, values)
            seen[key] = number
            rows.append((key, values))
    if not rows or len(rows) > 65534:
        sys.exit(f"{path}: {len(rows)} rows; 1 to 65534 are possible")
    return rows


def slots_for(keys):
    """Open addressing: for each slot (number of the key, its hash), or None."""
    count = 4
    while count < 2 * len(keys):
        count *= 2
    slots = [None] * count
    for number, key in enumerate(keys):
        h = hash_bytes(key.encode())
        i = h & (count - 1)
        while slots[i]:
            i = (i + 1) & (count - 1)
        slots[i] = (number, h)
    return slots


def table(name, rows):
    slots = slots_for([key for key, _ in rows])
    yield f"static const struct wordlist_row {name}_rows[] = {{"
    for key, values in rows:
        listed = ", ".join(map(quoted, values)) or "NULL"
        yield f"    {{{quoted(key)}, {{{listed}}}}},"
    yield "};"
    listed = ",".join(f"{{{s[0] + 1},{s[1] >> 48}}}" if s else "{0,0}" for s in slots)
    yield f"static const struct wordlist_slot {name}_slots[] = {{{listed}}};"
    yield f"struct wordlist wordlist_{name} = {{{name}_rows, {len(rows)}, {name}_slots, {len(slots)},"
    yield f"    {max(len(k.split()) for k, _ in rows)}, {max(len(k.encode()) for k, _ in rows)}}};"


def weights(name, path, rows):
    """Hundredths, two columns; a row of nothing but zeros would look like an empty slot."""
    hundredths = []
    for key, values in rows:
        numbers = [round(float(v) * 100) for v in values] + [0]
        if not any(numbers) or max(map(abs, numbers)) > 32767:
            sys.exit(f"{path}: {key!r}: a weight must be a number from -327 to 327, and one of them not 0")
        hundredths.append(numbers[:2])
    slots = slots_for([key for key, _ in rows])
    listed = ",".join("{%d,{%d,%d}}" % (s[1] >> 32, *hundredths[s[0]]) if s else "{0,{0,0}}" for s in slots)
    yield f"static const struct evidence_slot {name}_weights[] = {{{listed}}};"
    yield f"const struct evidence_weights evidence_{name} = {{{name}_weights, {len(slots)}}};"


def main():
    out_c, out_h, *paths = sys.argv[1:]
    columns = {key: forms[1:] for p in paths if os.path.basename(p) == "columns.tsv" for key, forms in read(p)}
    names = [os.path.basename(p)[:-len(".tsv")].replace("-", "_") for p in paths]
    lists = [n for n in names if not n.endswith("_weights")]
    with open(out_h, "w", encoding="ascii") as f:
        f.write("/* Made by tools/wordlists.py from data/. */\n")
        f.writelines(f"extern struct wordlist wordlist_{n};\n" for n in lists)
        f.writelines(f"extern const struct evidence_weights evidence_{n[:-len('_weights')]};\n"
                     for n in names if n not in lists)
    with open(out_c, "w", encoding="ascii") as f:
        f.write("/* Made by tools/wordlists.py from data/. */\n#include \"pipeline/evidence.h\"\n\n")
        for name, path in zip(names, paths):
            rows = read(path, columns.get(name.replace("_", "-")))
            lines = table(name, rows) if name in lists else weights(name[:-len("_weights")], path, rows)
            f.writelines(line + "\n" for line in lines)
        f.write("const struct named_wordlist named_wordlists[] = {\n")
        f.writelines(f'    {{"{n.replace("_", "-")}", &wordlist_{n}}},\n' for n in lists)
        f.write("    {NULL, NULL},\n};\n")


if __name__ == "__main__":
    main()
