#!/usr/bin/python3
"""Makes C tables of the word lists: wordlists.py OUT.c OUT.h LIST.tsv...

Each LIST.tsv becomes `wordlist_LIST` (pipeline/wordlist.h tells the form of the file). A key that
stands twice, a key that is not in lower case, a row with too many columns or with other values than
columns.tsv allows ends the build with the file and line.
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


def table(name, rows):
    slot_count = 4
    while slot_count < 2 * len(rows):
        slot_count *= 2
    slots = [0] * slot_count
    for number, (key, _) in enumerate(rows, 1):
        i = hash_bytes(key.encode()) & (slot_count - 1)
        while slots[i]:
            i = (i + 1) & (slot_count - 1)
        slots[i] = number

    yield f"static const struct wordlist_row {name}_rows[] = {{"
    for key, values in rows:
        listed = ", ".join(map(quoted, values)) or "NULL"
        yield f"    {{{quoted(key)}, {{{listed}}}}},"
    yield "};"
    yield f"static const uint16_t {name}_slots[] = {{{','.join(map(str, slots))}}};"
    yield f"struct wordlist wordlist_{name} = {{{name}_rows, {len(rows)}, {name}_slots, {slot_count},"
    yield f"    {max(len(k.split()) for k, _ in rows)}, {max(len(k.encode()) for k, _ in rows)}}};"


def main():
    out_c, out_h, *paths = sys.argv[1:]
    columns = {key: forms[1:] for p in paths if os.path.basename(p) == "columns.tsv" for key, forms in read(p)}
    names = [os.path.basename(p)[:-len(".tsv")].replace("-", "_") for p in paths]
    with open(out_h, "w", encoding="ascii") as f:
        f.write("/* Made by tools/wordlists.py from data/. */\n")
        f.writelines(f"extern struct wordlist wordlist_{n};\n" for n in names)
    with open(out_c, "w", encoding="ascii") as f:
        f.write("/* Made by tools/wordlists.py from data/. */\n#include \"pipeline/wordlist.h\"\n\n")
        for name, path in zip(names, paths):
            f.writelines(line + "\n" for line in table(name, read(path, columns.get(name.replace("_", "-")))))
        f.write("const struct named_wordlist named_wordlists[] = {\n")
        f.writelines(f'    {{"{n.replace("_", "-")}", &wordlist_{n}}},\n' for n in names)
        f.write("    {NULL, NULL},\n};\n")


if __name__ == "__main__":
    main()
