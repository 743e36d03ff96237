#!/usr/bin/python3
"""Measures the release build of onrecord over HTTP: bench.py BINARY [--shared DIR] [--peers] [--json FILE] [--quick]

Prints, from one run on this machine:
  CPU per article     of the whole server, by the process's own accounting, for the seed and for gold.dev
  throughput          articles/s, p50, p99 and errors at 1, 16, 64 and 256 keep-alive clients (wrk)
  stages              each stage's share of the pipeline's CPU time (/metrics)
  memory              resident, idle and the peak after 256 clients
  start               from exec to the first answer
  growth              CPU per KB at 4 and at 64 times the seed's length
  pages               pages per CPU-second over scrapinghub's pages: the whole summary, and the page
                      stage alone (the article out of its HTML, which is what the peers do); peak memory
  --peers             the same articles and pages given to JavaScript peers (tests/bench/peers), in turns
                      with onrecord, and the ratios

Machines differ and are noisy: keep ratios of one run, not milliseconds. --quick: a tenth of the requests.
"""
import argparse
import glob
import gzip
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
CLIENTS = (1, 16, 64, 256)


class Server:
    """The binary as a service on ports of its own choice."""

    def __init__(self, binary):
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            [binary, "serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        self.admin_port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self.connection.request("GET", "/healthz")
        self.connection.getresponse().read()
        self.start_ms = (time.perf_counter() - begun) * 1000

    def post(self, body, kind="application/json"):
        self.connection.request("POST", "/v1/summaries", body, {"Content-Type": kind})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def cpu(self):
        """Seconds of CPU time of all threads so far, by the scheduler's nanoseconds."""
        return sum(int(open(path, encoding="ascii").read().split()[0])
                   for path in glob.glob(f"/proc/{self.process.pid}/task/*/schedstat")) / 1e9

    def memory(self, field):
        for line in open(f"/proc/{self.process.pid}/status", encoding="ascii"):
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
        raise KeyError(field)

    def stages(self):
        admin = http.client.HTTPConnection("127.0.0.1", self.admin_port)
        admin.request("GET", "/metrics")
        prefix = 'onrecord_stage_cpu_seconds_total{stage="'
        found = {}
        for line in admin.getresponse().read().decode().splitlines():
            if line.startswith(prefix):
                name, value = line[len(prefix):].split('"} ')
                found[name] = float(value)
        return found

    def stop(self):
        self.connection.close()
        self.process.terminate()
        self.process.wait(30)


def request_of(article):
    return json.dumps({"text": article["text"], "title": article.get("title") or "",
                       "published": (article.get("published") or "")[:10] or "2021-04-07"}).encode()


def articles_of(path):
    with open(path, encoding="utf-8") as lines:
        return [request_of(json.loads(line)) for line in lines]


def pages_of(folder):
    pages = []
    for path in sorted(glob.glob(os.path.join(folder, "pages", "*"))):
        opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
        with opened as page:
            pages.append(page.read())
    return pages


def cpu_of(server, bodies, rounds, kind="application/json"):
    """CPU seconds a body: the median over the rounds."""
    costs = []
    for _ in range(rounds):
        before = server.cpu()
        for body in bodies:
            server.post(body, kind)
        costs.append((server.cpu() - before) / len(bodies))
    return statistics.median(costs)


LOAD = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open("%s", "rb")
wrk.body = file:read("*a")
file:close()
done = function(summary, latency, requests)
  io.write(string.format("\\n@ %%f %%f %%f %%d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status
      + summary.errors.timeout))
end
"""


def load(server, body, clients, seconds):
    """(requests/s, p50 ms, p99 ms, errors) with `clients` keep-alive connections."""
    with tempfile.TemporaryDirectory() as folder:
        body_path, script = os.path.join(folder, "body"), os.path.join(folder, "load.lua")
        with open(body_path, "wb") as out:
            out.write(body)
        with open(script, "w", encoding="ascii") as out:
            out.write(LOAD % body_path)
        said = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", script,
             f"http://127.0.0.1:{server.port}/v1/summaries"], capture_output=True, text=True, check=True).stdout
    row = said.rsplit("@ ", 1)[1].split()
    return float(row[0]), float(row[1]), float(row[2]), int(row[3])


def dates_speed(server, bodies):
    """MB of text a CPU-second that the dates stage reads."""
    before = server.stages()["dates"]
    for body in bodies:
        server.post(body)
    return sum(len(json.loads(body)["text"].encode()) for body in bodies) / 1e6 / (server.stages()["dates"] - before)


def longer(seed, times):
    article = json.loads(seed)
    article["text"] = "\n\n".join([article["text"]] * times)
    return json.dumps(article).encode()


def us_per_kb(server, seed, times, rounds):
    body = longer(seed, times)
    return cpu_of(server, [body] * max(1, 64 // times), rounds) * 1e6 / (len(body) / 1024)


class Peer:
    """A JavaScript process that reads a line of JSON and answers with its CPU seconds for it."""

    def __init__(self, name):
        self.name = name
        self.process = subprocess.Popen(["node", os.path.join(HERE, "peers", "peer.mjs"), name],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def cost(self, text):
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)


def page_stage(server):
    return server.stages()["page"]


def peer_costs(server, peers, texts, kind, rounds, clock):
    """Mean CPU milliseconds a text for onrecord and each peer, in turns; the first half warms up."""
    costs = {name: [] for name in ["onrecord", *(p.name for p in peers)]}
    for turn in range(2 * rounds):
        for body, text in texts:
            before = clock(server)
            server.post(body, kind)
            row = {"onrecord": clock(server) - before}
            row.update({p.name: p.cost(text) for p in peers})
            for name, cost in row.items() if turn >= rounds else ():
                costs[name].append(cost * 1000)
    return {name: statistics.mean(values) for name, values in costs.items()}


def compare(figures, server, seed, pages, rounds):
    subprocess.run(["npm", "--prefix", os.path.join(HERE, "peers"), "ci", "--no-audit", "--no-fund",
                    "--ignore-scripts", "--loglevel=error"], check=True, stdout=subprocess.DEVNULL)
    readers = [Peer("wink"), Peer("compromise")]
    figures["peers_article_ms"] = peer_costs(server, readers, [(seed, json.loads(seed)["text"])],
                                             "application/json", 8 * rounds, Server.cpu)
    browsers = [Peer("readability")]
    texts = [(page, page.decode("utf-8", "replace")) for page in pages[:40]]
    figures["peers_page_ms"] = peer_costs(server, browsers, texts, "text/html", 1, page_stage)
    for peer in readers + browsers:
        peer.stop()


def measure(binary, shared, peers, quick):
    rounds, seconds = (3, 1) if quick else (15, 5)
    seed = articles_of(os.path.join(shared, "seed/gold.jsonl"))[0]
    dev = articles_of(os.path.join(shared, "corpora/commitments/gold.dev.jsonl"))
    pages = pages_of(os.path.join(shared, "corpora/html/scrapinghub"))
    server = Server(binary)
    figures = {"cores": os.cpu_count(), "start_ms": server.start_ms, "idle_mb": server.memory("VmRSS"),
               "binary_mb": os.path.getsize(binary) / 2**20}
    try:
        cpu_of(server, [seed] * 50, 1)  # warm
        figures["seed_cpu_ms"] = cpu_of(server, [seed] * 20, rounds) * 1000
        figures["dev_cpu_ms"] = cpu_of(server, dev, rounds) * 1000
        costs = server.stages()
        figures["stages"] = {name: cost / sum(costs.values()) for name, cost in costs.items()}
        figures["dates_mb_s"] = dates_speed(server, dev)
        figures["load"] = {n: load(server, seed, n, seconds) for n in CLIENTS}
        figures["loaded_mb"] = server.memory("VmHWM")
        figures["growth_us_per_kb"] = {n: us_per_kb(server, seed, n, rounds) for n in (1, 4, 16, 64)}
        before = page_stage(server)
        figures["pages_per_cpu_s"] = 1 / cpu_of(server, pages, 1, "text/html")
        figures["extracted_per_cpu_s"] = len(pages) / (page_stage(server) - before)
        figures["page_peak_mb"] = server.memory("VmHWM")
        if peers:
            compare(figures, server, seed, pages, rounds)
    finally:
        server.stop()
    return figures


def ratios(costs):
    return ", ".join(f"{name} {cost:.2f} ms ({cost / costs['onrecord']:.1f}x)" for name, cost in costs.items())


def report(f):
    rows = [("machine", f"{f['cores']} cores"),
            ("CPU per seed article", f"{f['seed_cpu_ms']:.2f} ms"),
            ("CPU per gold.dev article", f"{f['dev_cpu_ms']:.2f} ms")]
    best = max(row[0] for row in f["load"].values())
    rows += [(f"{n} clients", f"{rate:.0f} articles/s ({rate / best:.2f} of the best), p50 {p50:.2f} ms, "
              f"p99 {p99:.2f} ms, {errors} errors") for n, (rate, p50, p99, errors) in f["load"].items()]
    grown = f["growth_us_per_kb"]
    rows += [("stages", ", ".join(f"{name} {share:.1%}" for name, share in f["stages"].items() if share)),
             ("dates alone", f"{f['dates_mb_s']:.0f} MB/s"),
             ("memory", f"{f['idle_mb']:.1f} MB idle, {f['loaded_mb']:.1f} MB peak at 256 clients"),
             ("start to first answer", f"{f['start_ms']:.0f} ms"),
             ("growth", ", ".join(f"{us:.0f} us/KB at {n}x" for n, us in grown.items())
              + f"; 64x/4x = {grown[64] / grown[4]:.2f}"),
             ("pages", f"{f['pages_per_cpu_s']:.0f} summaries, {f['extracted_per_cpu_s']:.0f} extractions per CPU-second, "
              f"{f['page_peak_mb']:.1f} MB peak"),
             ("binary", f"{f['binary_mb']:.1f} MB")]
    if "peers_article_ms" in f:
        rows += [("peers, seed article", ratios(f["peers_article_ms"])),
                 ("peers, a page", ratios(f["peers_page_ms"]))]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:{width}}  {text}" for name, text in rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--shared", default=os.environ.get("ONRECORD_SHARED", os.path.join(TOP, "..", "shared")))
    ap.add_argument("--peers", action="store_true")
    ap.add_argument("--quick", action="store_true")
    ap.add_argument("--json", metavar="FILE")
    a = ap.parse_args()
    if not os.path.exists(os.path.join(a.shared, "seed/gold.jsonl")):
        sys.exit(f"bench: no seed article in {a.shared}; --shared says where the corpora are")
    figures = measure(a.binary, a.shared, a.peers, a.quick)
    print(report(figures))
    if a.json:
        with open(a.json, "w", encoding="utf-8") as out:
            json.dump(figures, out, indent=1)


if __name__ == "__main__":
    main()
