#!/usr/bin/python3
"""How sure the finder of commitments may be of itself, and what it is worth beside simpler ones.

  tests/bench/commitments.py PROGRAM SHARED [--tap]

PROGRAM is build/training/evidence. Prints two tables in Markdown:
  calibration   over all candidates of gold.dev and of a fifth of gmb-labelled that the weights used here
                have not seen: ten bins of the probability, and the expected calibration error
                ends with status 1 where that is above 0.06; with --tap that is all it says, as a test
  baselines     on gold.dev: trigger words alone (what follows the word, to the end of its sentence, is the
                action), frames and trees without the weights (every candidate), and with them; forecasts
                and second tellings in the same words, which the service leaves out afterwards, count here
"""
import io
import os
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir)
sys.path.insert(0, os.path.join(ROOT, "training"))
import evidence
import labels

BINS = 10
HELD_OUT = 5         # one sentence of so many
ERROR_MAX = 0.06     # more, and a probability means something else than it says


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


def calibration(judged, quiet):
    told = io.StringIO() if quiet else sys.stdout
    print("\n| probability | candidates | mean | commitments |\n|---|---|---|---|", file=told)
    error = 0.0
    for b in range(BINS):
        inside = [(p, label) for p, label in judged if min(int(p * BINS), BINS - 1) == b]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            share = sum(label for _, label in inside) / len(inside)
            error += abs(mean - share) * len(inside) / len(judged)
            print(f"| {b / BINS:.1f} to {(b + 1) / BINS:.1f} | {len(inside)} | {mean:.3f} | {share:.3f} |", file=told)
    print(f"\nexpected calibration error {error:.3f} over {len(judged)} candidates", file=told)
    return error


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
    corpus = os.path.join(shared, "corpora", "commitments")
    if "--tap" in sys.argv and os.environ.get("CI") != "true" and not os.path.isdir(corpus):
        print("1..1\nok 1 # SKIP the corpora are not there")
        return
    import score_summary as score
    weights, lone = learn(program, shared, score, corpus)
    accept_from = float(subprocess.run([program, "threshold"], stdout=subprocess.PIPE, text=True, check=True).stdout)
    articles = evidence.read(os.path.join(corpus, "gold.dev.jsonl"))
    found = evidence.ask(program, "commitments", articles)
    evidence.label_commitments(score, articles, found)
    judged = [(evidence.probability(weights, evidence.case_of(c)[0]), c["label"]) for c in found]
    sure = [c for c, (p, _) in zip(found, judged) if p >= accept_from]
    judged += [(evidence.probability(weights, evidence.case_of(c, "sentence")[0]), c["label"]) for c in lone]
    error = calibration(judged, quiet="--tap" in sys.argv)
    if "--tap" in sys.argv:
        print(f"1..1\n{'not ok' if error > ERROR_MAX else 'ok'} 1 - the calibration error is {error:.3f}, "
              f"at most {ERROR_MAX}")
        sys.exit(error > ERROR_MAX)
    print("\n| on gold.dev | precision / recall / F1 | words of the action (F1) |\n|---|---|---|")
    row(score, "trigger words alone", articles, words_alone(found))
    row(score, "frames and trees, no weights", articles, found)
    row(score, "with the weights", articles, sure)
    if error > ERROR_MAX:
        sys.exit(f"the calibration error is above {ERROR_MAX}")


if __name__ == "__main__":
    main()
