#!/usr/bin/python3
"""How sure the finder of commitments may be of itself, and what it is worth beside simpler ones.

  tests/bench/commitments.py PROGRAM SHARED

PROGRAM is build/training/evidence. Prints two tables in Markdown:
  calibration   over all candidates of gold.dev and of a fifth of gmb-labelled that the weights used here
                have not seen: ten bins of the probability, and the expected calibration error
  baselines     on gold.dev: trigger words alone (what follows the word, to the end of its sentence, is the
                action), frames and trees without the weights (every candidate), and with them
"""
import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir)
sys.path.insert(0, os.path.join(ROOT, "training"))
import evidence
import labels

BINS = 10
HELD_OUT = 5         # one sentence of so many
ACCEPT_FROM = 0.30   # commitments_accept_from in pipeline/commitments.c


def learn(program, shared, score, corpus):
    """Weights of all but the held-out sentences, and those sentences' candidates."""
    articles = evidence.read(os.path.join(corpus, "gold.train.jsonl"))
    sentences = evidence.read(os.path.join(corpus, "gmb-labelled.jsonl"))
    found = evidence.ask(program, "commitments", articles)
    evidence.label_commitments(score, articles, found)
    lone = evidence.ask(program, "commitments", sentences)
    evidence.label_commitments(score, sentences, lone)
    held = {s["id"] for s in sentences[::HELD_OUT]}
    pages = labels.labelled(evidence.ask(program, "commitments", list(labels.articles(program, shared))))
    cases = [evidence.case_of(c) for c in found] + [evidence.case_of(c, "page") for c in pages]
    cases += [evidence.case_of(c, "sentence") for c in lone if c["id"] not in held]
    weights = evidence.fit(cases, evidence.PENALTY["commitments"])
    return weights, [c for c in lone if c["id"] in held]


def calibration(judged):
    print("\n| probability | candidates | mean | commitments |\n|---|---|---|---|")
    error = 0.0
    for b in range(BINS):
        inside = [(p, label) for p, label in judged if min(int(p * BINS), BINS - 1) == b]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            share = sum(label for _, label in inside) / len(inside)
            error += abs(mean - share) * len(inside) / len(judged)
            print(f"| {b / BINS:.1f} to {(b + 1) / BINS:.1f} | {len(inside)} | {mean:.3f} | {share:.3f} |")
    print(f"\nexpected calibration error {error:.3f} over {len(judged)} candidates")


def words_alone(candidates):
    """One for each trigger, its action the rest of the sentence."""
    seen = {}
    for c in candidates:
        sentence, end = c["evidence"], c["trigger"]["end"]
        action = {"start": end, "end": sentence["end"], "text": sentence["text"][end - sentence["start"]:]}
        seen.setdefault((c["id"], c["trigger"]["start"]), {**c, "action": action})
    return list(seen.values())


def row(score, name, articles, candidates):
    grouped = evidence.by_article(candidates)
    hits = given = wanted = 0
    action = 0.0
    for article in articles:
        found, gold = grouped.get(article["id"], []), article["commitments"]
        pairs = score.pair_up(gold, found)
        action += sum(score.token_f1(gold[i]["action"]["text"], found[j]["action"]["text"]) for i, j in pairs)
        hits, given, wanted = hits + len(pairs), given + len(found), wanted + len(gold)
    p, r, f = score.f1(hits, given, wanted)
    print(f"| {name} | {p:.3f} / {r:.3f} / {f:.3f} | {action / max(hits, 1):.3f} |")


def main():
    program, shared = sys.argv[1:3]
    sys.path.insert(0, os.path.join(shared, "score"))
    import score_summary as score
    corpus = os.path.join(shared, "corpora", "commitments")
    weights, lone = learn(program, shared, score, corpus)
    articles = evidence.read(os.path.join(corpus, "gold.dev.jsonl"))
    found = evidence.ask(program, "commitments", articles)
    evidence.label_commitments(score, articles, found)
    judged = [(evidence.probability(weights, evidence.case_of(c)[0]), c["label"]) for c in found]
    sure = [c for c, (p, _) in zip(found, judged) if p >= ACCEPT_FROM]
    judged += [(evidence.probability(weights, evidence.case_of(c, "sentence")[0]), c["label"]) for c in lone]
    calibration(judged)
    print("\n| on gold.dev | precision / recall / F1 | words of the action (F1) |\n|---|---|---|")
    row(score, "trigger words alone", articles, words_alone(found))
    row(score, "frames and trees, no weights", articles, found)
    row(score, "with the weights", articles, sure)


if __name__ == "__main__":
    main()
