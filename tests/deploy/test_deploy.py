#!/usr/bin/python3
"""What deploy/ holds: test_deploy.py ONRECORD VALIDATE. Manifests keep the API's schemas and fit the program; nginx serves."""
import copy
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "http"), os.path.join(HERE, "..")]
ONRECORD, VALIDATE = map(os.path.abspath, sys.argv[1:3])
os.environ["ONRECORD"] = ONRECORD
import service
import tap

DEPLOY = os.path.join(HERE, "..", "..", "deploy")
KUBERNETES = os.path.join(DEPLOY, "kubernetes")
MIB = 1 << 20


def read(path):
    with open(path, encoding="utf-8") as text:
        return text.read()


def manifest(name):
    return yaml.safe_load(read(os.path.join(KUBERNETES, name)))


def validate(text):
    done = subprocess.run(["node", VALIDATE], input=text, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def memory_bound(environment):
    """What the service says its memory is bounded by, with these variables."""
    env = {k: v for k, v in environment.items() if not k.endswith("LISTEN")}
    with service.Service(env=env) as running:
        return int(re.search(r'"memory_bound_bytes":(\d+)', running.log_text()).group(1))


class Kubernetes(unittest.TestCase):
    def test_manifests_keep_the_schemas(self):
        names = sorted(n for n in os.listdir(KUBERNETES) if n != "kustomization.yaml")
        self.assertEqual(sorted(manifest("kustomization.yaml")["resources"] + ["archive-job.yaml"]), names)
        for name in names:
            self.assertEqual(validate(read(os.path.join(KUBERNETES, name))), (0, ""), name)

    def test_schemas_find_faults(self):
        whole = manifest("deployment.yaml")
        for path, value in ((("spec", "replicas"), "two"), (("spec", "template", "spec", "containers"), None),
                            (("spec", "selector"), {"matchLabel": {}})):
            bad = copy.deepcopy(whole)
            at = bad
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = value
            self.assertEqual(validate(yaml.safe_dump(bad))[0], 1, path)

    def test_variables_are_options(self):
        options = subprocess.run([ONRECORD, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
        containers = manifest("deployment.yaml")["spec"]["template"]["spec"]["containers"]
        compose = yaml.safe_load(read(os.path.join(DEPLOY, "compose.yaml")))["services"]["onrecord"]
        for name in [v["name"] for v in containers[0]["env"]] + list(compose["environment"]):
            self.assertIn(f"`{name}`", options)

    def test_memory_limits_hold_the_bound(self):
        container = manifest("deployment.yaml")["spec"]["template"]["spec"]["containers"][0]
        bound = memory_bound({v["name"]: v["value"] for v in container["env"]})
        limit = int(container["resources"]["limits"]["memory"].removesuffix("Mi")) * MIB
        print(f"# bound {bound / MIB:.0f} MiB, limit {limit / MIB:.0f} MiB")
        self.assertLess(bound, limit)
        compose = yaml.safe_load(read(os.path.join(DEPLOY, "compose.yaml")))["services"]["onrecord"]
        self.assertLess(memory_bound({k: str(v) for k, v in compose["environment"].items()}),
                        int(compose["mem_limit"].removesuffix("m")) * MIB)

    def test_archive_job(self):
        """The job's own command, on a folder; a line that is refused is no failure."""
        container = manifest("archive-job.yaml")["spec"]["template"]["spec"]["containers"][0]
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "part-3.ndjson"), "w", encoding="utf-8") as out:
                out.write('{"text": "Peru will send 40 doctors by May 1."}\n{"txt": ""}\n')
            done = subprocess.run([*container["command"], container["args"][0].replace("/archive", folder)], check=False,
                                  env={**os.environ, "JOB_COMPLETION_INDEX": "3",
                                       "PATH": os.path.dirname(ONRECORD) + os.pathsep + os.environ["PATH"]})
            self.assertEqual(done.returncode, 0)
            self.assertEqual(read(os.path.join(folder, "part-3.summaries")).count("\n"), 2)


class Nginx(unittest.TestCase):
    """The example, with ports and certificates of this test."""

    def test_tls_in_front(self):
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        with service.Service() as running, tempfile.TemporaryDirectory() as folder, \
                socket.create_server(("127.0.0.1", 0)) as plain, socket.create_server(("127.0.0.1", 0)) as secure:
            ports = [s.getsockname()[1] for s in (plain, secure)]
            key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=onrecord.example",
                            "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
                           check=True, capture_output=True)
            text = read(os.path.join(DEPLOY, "nginx.conf"))
            for ours, theirs in (("127.0.0.1:8080", f"127.0.0.1:{running.port}"), ("listen 80;", f"listen 127.0.0.1:{ports[0]};"),
                                 ("listen 443", f"listen 127.0.0.1:{ports[1]}"), ("/run/nginx.pid", f"{folder}/nginx.pid"),
                                 ("/etc/ssl/onrecord.example.pem", certificate), ("/etc/ssl/private/onrecord.example.key", key)):
                self.assertIn(ours, text)
                text = text.replace(ours, theirs)
            with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as out:
                out.write(text)
            plain.close()
            secure.close()
            begin = [nginx, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf", "-p", folder]
            subprocess.run([*begin, "-t", "-q"], check=True)
            with subprocess.Popen([*begin, "-g", f"daemon off; error_log {folder}/error.log;"]) as process:
                try:
                    self.ask(ports[1], certificate)
                finally:
                    process.terminate()

    def ask(self, port, certificate):
        context = ssl.create_default_context(cafile=certificate)

        def post(path, body, kind):
            request = urllib.request.Request(f"https://localhost:{port}{path}", body, {"Content-Type": kind})
            with urllib.request.urlopen(request, timeout=30, context=context) as reply:
                return reply.headers, reply.read()

        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        headers, body = post("/v1/summaries", b"Peru will send 40 doctors by May 1.", "text/plain")
        self.assertIn(b'"commitments":[{', body)
        self.assertIn("max-age", headers["Strict-Transport-Security"])
        self.assertRegex(headers["X-Request-Id"], r"^[0-9a-f]{32}$")
        line = b'{"text": "Peru will send 40 doctors by May 1."}\n'
        self.assertEqual(post("/v1/summaries/batch", line * 200, "application/x-ndjson")[1].count(b"\n"), 200)


UNIT = os.path.join(DEPLOY, "onrecord.service")


def analyze(unit, *words):
    """systemd-analyze on a unit whose program is the one under test."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "onrecord.service")
        with open(path, "w", encoding="utf-8") as out:
            out.write(unit.replace("/usr/local/bin/onrecord", ONRECORD))
        return subprocess.run(["systemd-analyze", *words, path], capture_output=True, text=True, check=False)


class Systemd(unittest.TestCase):
    def test_unit_is_understood(self):
        done = analyze(read(UNIT), "verify", "--man=no")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertNotEqual(analyze(read(UNIT).replace("LimitNOFILE", "LimitNOFIL"), "verify", "--man=no").stderr, "")

    def test_unit_exposes_little(self):
        """Of ten points of exposure; a unit that says nothing has 9.6."""
        strict = analyze(read(UNIT), "security", "--offline=true", "--threshold=15")
        found = re.search(r"exposure level for \S+: ([\d.]+)", strict.stdout)
        print(f"# systemd: exposure {found.group(1)} of 10")
        self.assertEqual(strict.returncode, 0, strict.stdout[-500:])
        bare = "[Service]\nExecStart=/usr/local/bin/onrecord serve\n"
        self.assertNotEqual(analyze(bare, "security", "--offline=true", "--threshold=15").returncode, 0)

    def test_waits_for_the_drain(self):
        stop = int(re.search(r"TimeoutStopSec=(\d+)", read(UNIT)).group(1))
        self.assertGreaterEqual(stop, 5 + 20 + 5)


if __name__ == "__main__":
    del sys.argv[1:3]
    tap.main()
