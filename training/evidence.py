#!/usr/bin/python3
"""Learns the weights of data/actor-weights.tsv and data/commitment-weights.tsv.

  training/evidence.py PROGRAM SHARED [--write]

PROGRAM is build/training/evidence, SHARED the folder with corpora/ and score/. Without --write it only
prints how well weights learned on four fifths of the articles do on the rest. Actors first: what a
commitment's actors are counts as evidence for it, so build again in between.

Commitments are also learned from candidates of web pages that we labelled ourselves (training/labels.py).

Method: logistic regression with a quadratic penalty, by coordinate descent (Newton steps).
"""
import collections
import json
import math
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import labels

FOLDS = 5
STEPS = 40
PENALTY = {"commitments": 14.0, "actors": 12.0}
# How much a candidate counts, by where it stands. A gold article is most like what we are asked to read.
WEIGHT = {"article": 3.0, "page": 1.5, "sentence": 1.0}
TYPE_PENALTY = 8.0
SMALLEST = 0.02     # smaller weights are left out
THRESHOLDS = [x / 100 for x in range(15, 65, 5)]


def fit(cases, penalty, least=2):
    """cases: (features, label, weight). Weights of the features seen at least `least` times."""
    seen = collections.Counter(f for features, _, _ in cases for f in features)
    kept = ["bias"] + sorted(f for f, n in seen.items() if n >= least and f != "bias")
    column = {f: [] for f in kept}
    for i, (features, _, _) in enumerate(cases):
        for f in set(features) | {"bias"}:
            if f in column:
                column[f].append(i)
    sign = [1.0 if label else -1.0 for _, label, _ in cases]
    weight = [w for _, _, w in cases]
    score = [0.0] * len(cases)
    found = dict.fromkeys(kept, 0.0)
    for _ in range(STEPS):
        largest = 0.0
        for f in kept:
            strength = 1e-3 if f == "bias" else penalty
            gradient, curve = strength * found[f], strength
            for i in column[f]:
                p = 1.0 / (1.0 + math.exp(max(-30.0, min(30.0, sign[i] * score[i]))))
                gradient -= weight[i] * sign[i] * p
                curve += weight[i] * p * (1.0 - p)
            step = -gradient / (curve + 0.0125 * len(column[f]))
            step = max(-1.0, min(1.0, step))
            found[f] += step
            largest = max(largest, abs(step))
            for i in column[f]:
                score[i] += step
        if largest < 0.003:
            break
    return found


def probability(weights, features):
    total = sum(weights.get(f, 0.0) for f in set(features) | {"bias"})
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def ask(program, what, articles):
    """The candidates of the articles, as PROGRAM shows them."""
    members = ("id", "title", "published", "text")
    asked = "".join(json.dumps({k: a[k] for k in members if a.get(k)}) + "\n" for a in articles)
    done = subprocess.run([program, what], input=asked.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def by_article(candidates):
    grouped = collections.defaultdict(list)
    for c in candidates:
        c["label"] = False
        grouped[c["id"]].append(c)
    return grouped


def label_commitments(score, articles, candidates):
    """Pairs candidates with gold commitments as the scorer does."""
    grouped = by_article(candidates)
    for article in articles:
        found = grouped.get(article["id"], [])
        for gold in article["commitments"]:
            gold.setdefault("evidence", {"start": 0, "end": len(article["text"])})
        for i, j in score.pair_up(article["commitments"], found):
            found[j]["label"] = True
            found[j]["gold_type"] = article["commitments"][i]["type"]


def label_actors(score, articles, candidates):
    grouped = by_article(candidates)
    for c in candidates:
        c["names"] = {score.norm(form) for form in c["forms"]} - {""}
    for article in articles:
        left = list(grouped.get(article["id"], []))
        for gold in article["actors"]:
            names = {score.norm(n) for n in [gold["name"]] + gold["aliases"]}
            best = max(left, key=lambda c: len(names & c["names"]), default=None)
            if best is not None and names & best["names"]:
                best["label"] = True
                left.remove(best)


def report(what, cases, extra, wanted, penalty):
    """Precision, recall and F1 of weights that have not seen the article."""
    ids = sorted({c["id"] for c in cases})
    random.Random(1).shuffle(ids)
    judged = []
    for fold in range(FOLDS):
        held = set(ids[fold::FOLDS])
        weights = fit([case_of(c) for c in cases if c["id"] not in held] + extra, penalty)
        judged += [(probability(weights, case_of(c)[0]), c["label"]) for c in cases
                   if c["id"] in held]
    best = (0.0, 0.0, 0.0, 0.0)
    for threshold in THRESHOLDS:
        hits = sum(label for p, label in judged if p >= threshold)
        taken = sum(p >= threshold for p, _ in judged)
        if hits:
            precision, recall = hits / taken, hits / wanted
            best = max(best, (2 * precision * recall / (precision + recall), threshold, precision, recall))
    print(f"{what}: {len(cases)} candidates, {sum(c['label'] for c in cases)} of {wanted} among them; "
          f"held out F1 {best[0]:.3f} (from {best[1]} on, precision {best[2]:.3f}, recall {best[3]:.3f})")


def case_of(candidate, domain="article"):
    return candidate["features"] + [f"domain={domain}"], candidate["label"], WEIGHT[domain]


def write(path, comment, columns):
    """One row a feature; at run time everything is an article, so that goes into the bias."""
    for weights in columns:
        weights["bias"] += weights.pop("domain=article", 0.0)
        for domain in WEIGHT:
            weights.pop(f"domain={domain}", None)
    rows = sorted({f for weights in columns for f, w in weights.items() if abs(w) >= SMALLEST})
    with open(path, "w", encoding="utf-8") as out:
        out.write("".join(f"# {line}\n" for line in comment))
        for f in rows:
            out.write("\t".join([f] + [f"{w.get(f, 0.0):.2f}" for w in columns]) + "\n")


def main():
    program, shared = sys.argv[1:3]
    sys.path.insert(0, os.path.join(shared, "score"))
    import score_summary as score
    data = os.path.join(os.path.dirname(__file__), os.pardir, "data")
    corpus = os.path.join(shared, "corpora", "commitments")
    articles = read(os.path.join(corpus, "gold.train.jsonl"))
    sentences = read(os.path.join(corpus, "gmb-labelled.jsonl"))

    actors = ask(program, "actors", articles)
    label_actors(score, articles, actors)
    report("actors", actors, [], sum(len(a["actors"]) for a in articles), PENALTY["actors"])

    found = ask(program, "commitments", articles)
    label_commitments(score, articles, found)
    lone = ask(program, "commitments", sentences)
    label_commitments(score, sentences, lone)
    pages = labels.labelled(ask(program, "commitments", list(labels.articles(program, shared))))
    extra = [case_of(c, "sentence") for c in lone] + [case_of(c, "page") for c in pages]
    report("commitments", found, extra, sum(len(a["commitments"]) for a in articles),
           PENALTY["commitments"])
    if sys.argv[3:] != ["--write"]:
        return

    write(os.path.join(data, "actor-weights.tsv"),
          ["Weights of the evidence that an entry is an actor (pipeline/actor_score.h).",
           "feature, weight. Learned by training/evidence.py."],
          [fit([case_of(c) for c in actors], PENALTY["actors"])])
    open_type = []   # "will" and "would" leave open which it is
    for cs, domain in ((found, "article"), (lone, "sentence")):
        for c in cs:
            if c["label"] and c["kind"] == "modal" and c["type"] == "pledge" \
                    and c["gold_type"] in ("pledge", "plan"):
                features, _, weight = case_of(c, domain)
                open_type.append((features, c["gold_type"] == "pledge", weight))
    write(os.path.join(data, "commitment-weights.tsv"),
          ["Weights of the evidence that a candidate is a commitment (pipeline/commitment_score.h).",
           "feature, weight for being one, weight for a pledge rather than a plan.",
           "Learned by training/evidence.py."],
          [fit([case_of(c) for c in found] + extra, PENALTY["commitments"]),
           fit(open_type, TYPE_PENALTY, 3)])


if __name__ == "__main__":
    main()
