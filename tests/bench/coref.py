#!/usr/bin/python3
"""Who is who, measured: coref.py ONRECORD CORPORA [--train] [--misses]

Asks the program `onrecord extract` for articles whose mentions and chains are known: CORPORA/events/
meantime.dev.jsonl and the news and interview documents of CORPORA/coref/gum-open/gum/dev (--train: of train).
Three rows a set: onrecord's actors, the same without their pronouns, and a name match in the same run: every name that
onrecord's name finder labels, names of one normalised string or persons of one surname being one entity.

A found mention is paired with the smallest gold mention that it lies in and whose head it covers a part of;
each has one partner at most. Then precision, recall and F1 of mentions, B-cubed and CEAF-e, over all documents.

"all" is every gold mention, also of what onrecord never tells: products, sums, dates, animals, things. "actors"
is what it should tell of: chains of persons and organisations with a name in them, and of places that
data/countries.tsv knows; of MEANTIME in the title and the first sentences, the only ones in which everything was
annotated. Found mentions that lie elsewhere, or whose partner is a person or an organisation without a name or
another place, are then neither right nor wrong.

--misses prints instead how many gold mentions of "actors" of each kind were found and put with a name of theirs.
"""
import argparse
import collections
import glob
import json
import os
import re
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(TOP, "tests/cases"))
import run

Mention = collections.namedtuple("Mention", "start end head_start head_end chain type pronoun")
PERSONS = {"PERSON", "person"}
BODIES = {"ORGANIZATION", "organization"}
PLACES = {"LOCATION", "place"}
PRONOUNS = set("he she him her his hers himself herself it its itself they them their theirs themselves who whom whose "
               "which that this these those i me my mine we us our ours you your yours everyone someone many".split())
MEANTIME_LINES = 6  # the title, the day, and the sentences in which every mention was annotated
CLOSE = set(". , ; : ? ! ) ] % 's ' n't 're 've 'll 'd 'm '' ” ’".split())  # no space before these,
OPEN = set("( [ $ # `` “ ‘".split())  # none behind these


def countries():
    with open(os.path.join(TOP, "data/countries.tsv"), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return {row[0].replace(" 's", "'s") for row in rows if "name" in row[3:]}


def written(lines):
    """(text as an editor writes it, place of each token of `lines`); a line is (tokens, what stands behind it)."""
    text, places = "", []
    for tokens, behind in lines:
        for token, space in tokens:
            places.append((len(text), len(text) + len(token)))
            text += token + (" " if space else "")
        text = text.rstrip() + behind
    return text.rstrip(), places


def meantime(path):
    """Its text is tokens with a space between each two, one sentence a line; paragraphs are not told."""
    for line in open(path, encoding="utf-8"):
        document = json.loads(line)
        lines, starts, ends, count = [], {}, {}, 0
        for number, (start, end) in enumerate(document["sentences"]):
            found = [(m.start() + start, m.group()) for m in re.finditer(r"\S+", document["text"][start:end])]
            for at, token in found:
                starts[at], ends[at + len(token)] = count, count
                count += 1
            following = [token for _, token in found[1:]] + [""]
            lines.append(([(token, token not in OPEN and after not in CLOSE)
                           for (_, token), after in zip(found, following)], "\n\n" if number < 2 else " "))
        text, places = written(lines)
        last = sum(len(tokens) for tokens, _ in lines[:MEANTIME_LINES])
        mentions = []
        for m in document["mentions"]:
            if m["kind"] == "entity" and m["start"] in starts and m["end"] in ends:
                first, end = places[starts[m["start"]]][0], places[ends[m["end"]]][1]
                head = text.rfind(m["head"], first, end)
                head = (head, head + len(m["head"])) if head >= 0 else (first, end)
                pronoun = m["head"].lower() in PRONOUNS and m["head"] != "US"
                mentions.append(Mention(first, end, *head, m["chain"], m["type"], pronoun))
        yield document["id"], text, places[min(last, len(places)) - 1][1], mentions


def conllu(path):
    """{document: [(paragraph begins, [columns of each token])] for each sentence}"""
    documents, sentences, paragraph = {}, None, False
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc id = "):
            sentences = documents[line.split("= ")[1].strip()] = []
        elif line.startswith("# newpar") and not line.startswith("# newpar_"):
            paragraph = True
        elif line.startswith("# sent_id"):
            sentences.append((paragraph, []))
            paragraph = False
        elif line[0].isdigit():
            sentences[-1][1].append(line.rstrip("\n").split("\t"))
    return documents


def gum_chains(path):
    """(first token, last token, chain, type) of each mention of a .conll file of the GUM scheme."""
    open_at, found, token = collections.defaultdict(list), [], 0
    for line in open(path, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        for begins, label, closes in re.findall(r"(\(?)([^()\s]+)(\)?)", line.split("\t")[2]):
            if label != "_" and begins:
                open_at[label].append(token)
            if label != "_" and closes:
                kind, chain = label.split("-")[:2]
                found.append((open_at[label].pop(), token, chain, kind))
        token += 1
    return found


def glued(rows):
    """The numbers of the words of a sentence behind which no space stands; "do" of "don't" is one."""
    found = set()
    for r in rows:
        first, _, last = r[0].partition("-")
        if last:
            found.update(range(int(first), int(last)))
        if "SpaceAfter=No" in r[9]:
            found.add(int(last or first))
    return found


def gum(folder, part):
    trees = conllu(os.path.join(folder, f"treebanks/gum-open/{part}.conllu"))
    for path in sorted(glob.glob(os.path.join(folder, f"coref/gum-open/gum/{part}/GUM_*.conll"))):
        name = os.path.basename(path).removesuffix(".conll")
        if name.split("_")[1] not in ("news", "interview"):
            continue
        lines, words, base = [], [], 0
        for begins, rows in trees[name]:
            if begins and lines:
                lines[-1] = (lines[-1][0], "\n\n")
            tokens = [r for r in rows if r[0].isdigit()]
            lines.append(([(r[1], int(r[0]) not in glued(rows)) for r in tokens], " "))
            words += [(base + int(r[6]) - 1 if r[6] != "0" else -1, r[7], r[4]) for r in tokens]
            base = len(words)
        text, places = written(lines)
        mentions = []
        for first, last, chain, kind in gum_chains(path):
            heads = [i for i in range(first, last + 1) if not first <= words[i][0] <= last] or [last]
            head = heads[0]
            flat = [i for i in range(head, last + 1) if i == head or (words[i][0] == head and words[i][1] == "flat")]
            mentions.append(Mention(places[first][0], places[last][1], places[flat[0]][0], places[flat[-1]][1], chain,
                                    kind, words[head][2] in ("PRP", "PRP$", "WP", "WP$", "WDT", "DT")))
        yield name, text, len(text), mentions


def named_chains(text, mentions):
    """The chains with a name in them: a head with a capital that the start of a sentence does not give it."""
    return {m.chain for m in mentions
            if not m.pronoun and re.search(r"[A-Z]", text[m.head_start:m.head_end])
            and (re.search(r"\w\W{0,2}$", text[:m.head_start]) and not re.search(r"[.?!\n]\W*$", text[:m.head_start])
                 or re.search(r"[A-Z].*[A-Z]", text[m.head_start:m.head_end]))}


def actor_chains(text, mentions, known):
    named = named_chains(text, mentions)
    lands = {m.chain for m in mentions
             if text[m.start:m.end].lower().removeprefix("the ") in known}
    return {m.chain for m in mentions if m.type in PERSONS | BODIES and m.chain in named
            or m.type in PLACES and m.chain in lands}


def of_actors(summary):
    """[(start, end, entity)]"""
    return [(m["start"], m["end"], a["id"]) for a in summary["actors"] for m in a["mentions"]]


def without_pronouns(summary):
    """The same, of the names and descriptions alone."""
    return [(m["start"], m["end"], a["id"]) for a in summary["actors"] for m in a["mentions"] if m["kind"] != "pronoun"]


def by_name(summary):
    """The same of all names that the name finder labels, those of one string or one surname together."""
    text, found, entities = summary["article"]["text"], [], {}
    for t in summary["tokens"]:
        label = t["name"]
        if label.startswith("B-"):
            found.append([t["start"], t["end"], label[2:]])
        elif label.startswith("I-") and found:
            found[-1][1] = t["end"]
    out = []
    for start, end, kind in found:
        words = re.findall(r"\w+", text[start:end].lower()) or [text[start:end]]
        keys = [" ".join(words)] + ([f"person {words[-1]}"] if kind == "person" else [])
        entity = next((entities[k] for k in keys if k in entities), len(entities))
        for k in keys:
            entities.setdefault(k, entity)
        out.append((start, end, entity))
    return out


def pair(gold, found):
    """{number of the found mention: number of its gold mention}, the smallest gold mentions first."""
    partner, taken = {}, set()
    for g, m in sorted(enumerate(gold), key=lambda e: (e[1].end - e[1].start, e[1].start)):
        fits = [f for f, (start, end, _) in enumerate(found)
                if f not in partner and m.start <= start and end <= m.end
                and start < m.head_end and m.head_start < end]
        if fits and g not in taken:
            partner[max(fits, key=lambda f: found[f][1] - found[f][0])] = g
            taken.add(g)
    return partner


def entities(chains):
    """The sets of mentions of {mention: chain}."""
    sets = collections.defaultdict(set)
    for mention, chain in chains.items():
        sets[chain].add(mention)
    return list(sets.values())


def b_cubed(gold, found):
    """(sum over found mentions of their precision, sum over gold mentions of their recall).

    Both are {mention: chain}. A mention that the other side does not have counts nothing, as in the CoNLL scorer.
    """
    def side(ours, theirs):
        sets = entities(theirs)
        return sum(len(s & t) ** 2 / len(s) for s in entities(ours) for t in sets)
    return side(found, gold), side(gold, found)


def best_match(weights):
    """The largest sum of one-to-one choices of a table of weights >= 0 (the Hungarian method, O(n^3))."""
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights)]
    rows, columns = len(weights), len(weights[0])
    u, v, owner = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at, way = row, 0, [0] * (columns + 1)
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while owner[at]:
            used[at] = True
            i, step, following = owner[at], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                cost = -weights[i - 1][j - 1] - u[i] - v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, at
                if least[j] < step:
                    step, following = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[owner[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            at = following
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    return sum(weights[owner[j] - 1][j - 1] for j in range(1, columns + 1) if owner[j])


def ceaf_e(gold, found):
    """(the best sum of 2|G & F| / (|G| + |F|) over pairs of entities, entities found, entities of gold)"""
    ours, theirs = entities(gold), entities(found)
    same = best_match([[2 * len(g & f) / (len(g) + len(f)) for f in theirs] for g in ours])
    return same, len(theirs), len(ours)


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


class Tally:
    def __init__(self):
        self.sums = collections.Counter()

    def add(self, gold, found):
        same, found_entities, gold_entities = ceaf_e(gold, found)
        right, whole = b_cubed(gold, found)
        self.sums.update({"both": len(gold.keys() & found.keys()), "gold": len(gold), "found": len(found),
                          "right": right, "whole": whole, "same": same, "found entities": found_entities,
                          "gold entities": gold_entities})

    def figures(self):
        s = self.sums
        for top_p, top_r, p, r in (("both", "both", "found", "gold"), ("right", "whole", "found", "gold"),
                                   ("same", "same", "found entities", "gold entities")):
            precision, recall = s[top_p] / max(s[p], 1), s[top_r] / max(s[r], 1)
            yield precision, recall, f1(precision, recall)


def scored(document, found, wanted):
    """({mention: chain} of gold, the same of what was found): for all mentions, or those of the chains `wanted`."""
    _, _, limit, mentions = document
    partner = pair(mentions, found)
    gold = {("gold", g): m.chain for g, m in enumerate(mentions)
            if wanted is None or m.chain in wanted and m.end <= limit}
    ours = {}
    for f, (_, end, entity) in enumerate(found):
        g = partner.get(f)
        if wanted is not None and (end > limit or g is not None and mentions[g].chain not in wanted
                                   and mentions[g].type in PERSONS | BODIES | PLACES):
            continue
        ours[("found", f) if g is None else ("gold", g)] = entity
    return gold, ours


def resolved(document, found, wanted, counts):
    """Counts, for gold mentions of each kind, those found, and those put with the most of their chain's names."""
    gold, ours = scored(document, found, wanted)
    mentions = document[3]
    votes = collections.defaultdict(collections.Counter)
    for key in gold.keys() & ours.keys():
        if not mentions[key[1]].pronoun:
            votes[ours[key]][gold[key]] += 1
    for key in gold.keys() | ours.keys():
        m = mentions[key[1]] if key[0] == "gold" else None
        word = document[1][slice(*((m.start, m.end) if m else found[key[1]][:2]))]
        pronoun = m.pronoun if m else word.lower() in PRONOUNS and word != "US"
        kind = word.lower() if pronoun else "names and descriptions"
        counts[kind]["gold"] += key in gold
        counts[kind]["found"] += key in ours
        if key in gold and key in ours and votes[ours[key]]:
            counts[kind]["right"] += votes[ours[key]].most_common(1)[0][0] == gold[key]


ROWS = (("name match", by_name), ("onrecord without pronouns", without_pronouns), ("onrecord", of_actors))


def print_table(name, documents, answers, known):
    for scope in ("all", "actors"):
        for label, take in ROWS:
            tally = Tally()
            for document, answer in zip(documents, answers):
                wanted = actor_chains(document[1], document[3], known) if scope == "actors" else None
                tally.add(*scored(document, take(answer), wanted))
            cells = ["{:.3f} / {:.3f} / {:.3f}".format(*f) for f in tally.figures()]
            size = f"{tally.sums['gold']} mentions, {tally.sums['gold entities']} entities"
            print(f"| {name}, {scope} ({size}) | {label} | {' | '.join(cells)} |")


def print_misses(name, documents, answers, known):
    counts = collections.defaultdict(collections.Counter)
    for document, answer in zip(documents, answers):
        resolved(document, of_actors(answer), actor_chains(document[1], document[3], known), counts)
    print(f"{name}: kind, gold mentions, found, with the names of the right actor")
    for kind, c in sorted(counts.items(), key=lambda e: -e[1]["gold"]):
        print(f"  {kind:24} {c['gold']:5} {c['found']:5} {c['right']:5}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("onrecord")
    ap.add_argument("corpora")
    ap.add_argument("--train", action="store_true")
    ap.add_argument("--misses", action="store_true")
    a = ap.parse_args()
    known = countries()
    part = "train" if a.train else "dev"
    sets = {f"GUM {part}": list(gum(a.corpora, part))}
    if not a.train:
        sets = {"MEANTIME": list(meantime(os.path.join(a.corpora, "events/meantime.dev.jsonl"))), **sets}
    if not a.misses:
        print("| set, what counts | | mentions: P / R / F1 | B-cubed | CEAF-e |\n|---|---|---|---|---|")
    for name, documents in sets.items():
        answers, error = run.ask(a.onrecord, [{"text": d[1], "include": ["mentions", "tokens"]} for d in documents])
        if answers is None:
            sys.exit(error)
        if any(answer["article"]["text"] != d[1] for answer, d in zip(answers, documents)):
            sys.exit(f"{name}: an answer has another text than was sent")
        (print_misses if a.misses else print_table)(name, documents, answers, known)


if __name__ == "__main__":
    main()
