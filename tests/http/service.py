"""A running onrecord for tests: `with service.Service() as running: running.post_json({"text": …})`.

Starts the binary that $ONRECORD (or $ONRECORD_BIN) names on free ports, and ends it by its process id.
Every answer that request() brings is held to openapi.yaml.
"""
import gzip
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile

TOP = os.environ.get("ONRECORD_TOP") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
ONRECORD = (os.environ.get("ONRECORD") or os.environ.get("ONRECORD_BIN")
            or os.path.join(TOP, "build", "onrecord"))
ANSWER_SECONDS = 150 if re.search(r"-[at]san", ONRECORD) else 30
STOP_SECONDS = 60  # sanitizers look for leaks at the end
SANITIZER = re.compile(r"(ERROR|WARNING): \w+Sanitizer|runtime error:")


def memory_kib(pid, what="VmRSS"):
    """A line of the process's status: VmRSS, what is resident; VmHWM, the most that was."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(rf"{what}:\s+(\d+)", status.read()).group(1))


class Service:
    def __init__(self, *options, env=None, check_contract=True):
        self.options = ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--drain-delay", "0",
                        *options]
        self.env = {**os.environ, **(env or {})}
        self.check_contract = check_contract
        self.process = None

    def __enter__(self):
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self.process = subprocess.Popen([ONRECORD, "serve", *self.options], stdout=subprocess.PIPE, stderr=self.log,
                                        stdin=subprocess.DEVNULL, env=self.env, text=True)
        self.port, self.admin_port = (self._port() for _ in range(2))
        return self

    def _port(self):
        line = self.process.stdout.readline()
        found = re.search(r" on http://127\.0\.0\.1:(\d+)$", line.strip())
        if not found:
            self.process.wait(STOP_SECONDS)
            raise AssertionError(f"the service did not start: {line!r}\n{self.log_text()}")
        return int(found.group(1))

    @property
    def pid(self):
        return self.process.pid

    def log_text(self):
        self.log.seek(0)
        return self.log.read()

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self):
        """The exit status, once the process has ended by itself."""
        return self.process.wait(STOP_SECONDS)

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.signal(signal.SIGINT)
        try:
            status = self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            status = "no end after SIGINT"
        self.process.stdout.close()
        log = self.log_text()
        self.log.close()
        if kind is None:
            assert status == 0, f"the service ended with {status}\n{log[-4000:]}"
            assert not SANITIZER.search(log), log[-8000:]
        elif SANITIZER.search(log) or status != 0:
            print(f"the service ended with {status}\n{log[-4000:]}", file=sys.stderr)

    def connect(self, timeout=30, admin=False):
        return socket.create_connection(("127.0.0.1", self.admin_port if admin else self.port), timeout)

    def client(self, timeout=ANSWER_SECONDS, admin=False):
        return http.client.HTTPConnection("127.0.0.1", self.admin_port if admin else self.port, timeout=timeout)

    def request(self, method, target, body=None, headers=None, admin=False):
        """(status, headers with names in lower case, answer): parsed JSON, or the decoded bytes of another type."""
        client = self.client(admin=admin)
        try:
            client.request(method, target, body, dict(headers or {}))
            response = client.getresponse()
            raw = response.read()
            names = {name.lower(): value for name, value in response.getheaders()}
        finally:
            client.close()
        if names.get("content-encoding") == "gzip":
            raw = gzip.decompress(raw)
        if self.check_contract and not admin:
            import contract  # needs PyYAML and jsonschema, which other users of this module do not
            contract.check(method, target, response.status, names, raw)
        is_json = re.search(r"[/+]json\b", names.get("content-type", "")) and raw
        return response.status, names, json.loads(raw) if is_json else raw

    def post_json(self, value, **headers):
        return self.request("POST", "/v1/summaries", json.dumps(value).encode(),
                            {"Content-Type": "application/json", **headers})

    def raw(self, data, wait=5):
        """Sends the bytes and returns all that comes until the other side closes or `wait` seconds are over."""
        got = b""
        with self.connect(wait) as s:
            try:
                s.sendall(data)
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        break
                    got += piece
            except OSError:
                pass
        return got

    def metric(self, name):
        """The value of onrecord_NAME."""
        text = self.request("GET", "/metrics", admin=True)[2].decode()
        return float(re.search(rf"^onrecord_{re.escape(name)} (\S+)$", text, re.M).group(1))


def heavy_text(seconds=1.0):
    """A text that keeps a worker of this build on this machine busy for about so long."""
    sentence = b"The minister said on Monday that Kenya will build a road for Uganda by May 1, 2030. "
    sample = 400
    with Service() as running:
        headers = running.request("POST", "/v1/summaries", sentence * sample, {"Content-Type": "text/plain"})[1]
    spent = float(re.search(r"work;dur=([\d.]+)", headers["server-timing"]).group(1)) / 1000
    return sentence * min(20_000, int(sample * seconds / spent) + 1)  # the most that fits --request-memory
