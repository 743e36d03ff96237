#!/usr/bin/python3
"""Token and sentence F1 on the raw text of a treebank: score_tokens.py TOKENISE FILE.conllu...

The raw text is rebuilt exactly: sentences follow each other with one space unless SpaceAfter=No
stands on their last token, paragraphs (# newpar, # newdoc) with a blank line. TOKENISE (the program
of training/tokenise.c) reads it from standard input and prints one token a line as "START END" in
bytes, and an empty line behind every sentence. A span counts as right if both its ends are.

--misses N prints the first N wrong stretches; use it on train files only.
"""
import argparse
import subprocess


class Raw:
    """Raw text of one treebank with its gold spans, in bytes."""

    def __init__(self):
        self.text, self.tokens, self.sentences = bytearray(), [], []

    def paragraph(self):
        if self.text:
            while self.text.endswith(b" "):
                self.text.pop()
            self.text += b"\n\n"

    def add(self, form, parts, space_after):
        """`parts` are the syntactic words of the surface form, which may spell it differently."""
        start = len(self.text)
        self.text += form.encode()
        if "".join(parts) != form:
            parts = [form]
        for part in parts:
            end = start + len(part.encode())
            self.tokens.append((start, end))
            start = end
        if space_after:
            self.text += b" "


def rows_of(lines):
    """(form, parts, space after) of one sentence's token lines; multiword ranges come as one."""
    out, last = [], 0
    for line in lines:
        number, form, *_, misc = line.split("\t")
        if "." in number:
            continue
        if "-" in number:
            last = int(number.split("-")[1])
            out.append((form, [], "SpaceAfter=No" not in misc))
        elif int(number) <= last:
            out[-1][1].append(form)
        else:
            out.append((form, [form], "SpaceAfter=No" not in misc))
    return out


def add_sentence(raw, lines):
    first = len(raw.tokens)
    for row in rows_of(lines):
        raw.add(*row)
    raw.sentences.append((raw.tokens[first][0], raw.tokens[-1][1]))


def read(path):
    raw, lines = Raw(), []
    with open(path, encoding="utf-8") as source:
        for line in source:
            line = line.rstrip("\n")
            if line.startswith("# newdoc") or line == "# newpar" or line.startswith("# newpar id"):
                raw.paragraph()
            elif line and not line.startswith("#"):
                lines.append(line)
            elif not line and lines:
                add_sentence(raw, lines)
                lines = []
    return raw


def cut(program, text):
    done = subprocess.run([program], input=bytes(text), stdout=subprocess.PIPE, check=True)
    tokens, sentences, first = [], [], 0
    for line in done.stdout.decode().split("\n"):
        if line:
            start, end = line.split()
            tokens.append((int(start), int(end)))
        elif len(tokens) > first:
            sentences.append((tokens[first][0], tokens[-1][1]))
            first = len(tokens)
    return tokens, sentences


def f1(gold, got):
    right = len(set(gold) & set(got))
    return 100 * right / len(got), 100 * right / len(gold), 200 * right / (len(got) + len(gold))


def show_misses(raw, tokens, sentences, limit):
    for name, gold, got in (("token", raw.tokens, tokens), ("sentence", raw.sentences, sentences)):
        got_set, gold_set, shown = set(got), set(gold), 0
        wrong = sorted([(s, "-", e) for s, e in gold_set - got_set]
                       + [(s, "+", e) for s, e in got_set - gold_set])
        for start, sign, end in wrong[:limit]:
            piece = bytes(raw.text[start:end]).decode(errors="replace")
            near = bytes(raw.text[max(0, start - 25):end + 25]).decode(errors="replace")
            if name == "sentence":
                piece, near = piece[:60] + " … " + piece[-60:], ""
            print(f"{name} {sign} {piece!r} {near!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    for path in options.files:
        raw = read(path)
        tokens, sentences = cut(options.program, raw.text)
        for name, gold, got in (("tokens", raw.tokens, tokens),
                                ("sentences", raw.sentences, sentences)):
            print("%s %-9s precision %.2f recall %.2f F1 %.2f" % (path, name, *f1(gold, got)))
        show_misses(raw, tokens, sentences, options.misses)


if __name__ == "__main__":
    main()
