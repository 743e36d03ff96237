"""A private Internet for the tests of the fetcher: import it first, it starts the test again inside.

The test runs in a network namespace of its own (the newsroom's machine) that is wired to a second one
(the Internet), in which every address of the world is local: 8.8.8.8, 10.0.0.1 and 169.254.169.254 all
lead to the servers of the test, and no packet ever leaves the machine. A DNS server of the test answers
as it is told. Every connection that the newsroom's machine tries is counted at its network interfaces.

Needs root for the namespaces; without, the test says that it is skipped, and fails where CI=true.
"""
import ctypes
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading

CLONE_NEWNET = 0x40000000
INSIDE = "ONRECORD_TEST_NETWORK"
HERE, GATEWAY, DNS = "11.0.0.2", "11.0.0.1", "11.0.0.53"
HERE6, GATEWAY6 = "2a00:11::2", "2a00:11::1"
libc = ctypes.CDLL(None, use_errno=True)


def enter():
    """Starts this program again in new network and mount namespaces, once."""
    if os.environ.get(INSIDE):
        return
    command = ["unshare", "--net", "--mount", "--propagation", "private"]
    able = shutil.which("unshare") and shutil.which("ip")
    if not able or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        print("1..1\nnot ok 1 - no network namespaces" if os.environ.get("CI") == "true"
              else "1..1\nok 1 # SKIP needs root, unshare and ip for network namespaces")
        sys.exit(os.environ.get("CI") == "true")
    os.execvpe("unshare", [*command, sys.executable, *sys.argv], {**os.environ, INSIDE: "1"})


def set_namespace(fd):
    if libc.setns(fd, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


class Network:
    """The two namespaces, wired; /etc/resolv.conf leads to the DNS server of the test."""

    def __init__(self):
        self.here = os.open("/proc/self/ns/net", os.O_RDONLY)
        if libc.unshare(CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        self.internet = os.open("/proc/self/ns/net", os.O_RDONLY)
        set_namespace(self.here)
        self.folder = tempfile.mkdtemp(prefix="onrecord-network-")
        self.wire()
        self.replace("/etc/resolv.conf", f"nameserver {DNS}\noptions timeout:2 attempts:1\n")
        self.replace("/etc/nsswitch.conf", "hosts: files dns\n")

    def ip(self, words, there=False):
        ready = (lambda: set_namespace(self.internet)) if there else None
        subprocess.run(["ip", *words.split()], check=True, preexec_fn=ready)

    def wire(self):
        self.ip("link set lo up")
        self.ip("link set lo up", there=True)
        self.ip(f"link add out type veth peer name in netns /proc/{os.getpid()}/fd/{self.internet}")
        ends = ((False, "out", "02:00:00:00:00:01", HERE, HERE6), (True, "in", "02:00:00:00:00:02", GATEWAY, GATEWAY6))
        for there, device, mac, v4, v6 in ends:
            self.ip(f"link set {device} address {mac} up", there)
            self.ip(f"addr add {v4}/24 dev {device}", there)
            self.ip(f"addr add {v6}/64 dev {device} nodad", there)
        # Told, not asked for: the first question would be lost, and IPv6 be late by a second.
        self.ip(f"-6 neigh add {GATEWAY6} lladdr {ends[1][2]} dev out")
        self.ip(f"-6 neigh add {HERE6} lladdr {ends[0][2]} dev in", there=True)
        self.ip(f"route add default via {GATEWAY}")
        self.ip(f"-6 route add default via {GATEWAY6}")
        self.ip(f"addr add {DNS}/32 dev lo", there=True)
        # Not in table local: the replies must still find the connected network.
        self.ip("route add local 0.0.0.0/0 dev lo table main", there=True)
        self.ip("-6 route add local ::/0 dev lo table main", there=True)

    def replace(self, path, content):
        copy = os.path.join(self.folder, os.path.basename(path))
        with open(copy, "w", encoding="ascii") as text:
            text.write(content)
        subprocess.run(["mount", "--bind", copy, os.path.realpath(path)], check=True)

    def there(self, make):
        """make() with the calling thread on the Internet: a socket that it makes stays there."""
        set_namespace(self.internet)
        try:
            return make()
        finally:
            set_namespace(self.here)

    def listen_there(self, port, backlog=512):
        def make():
            s = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            s.bind(("::", port))
            s.listen(backlog)
            return s
        return self.there(make)


class Connections:
    """Counts the SYNs that leave this machine, by destination, also those to itself."""

    def __init__(self):
        self.lock = threading.Lock()
        self.seen = []
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            packet, where = self.socket.recvfrom(2048)
            if where[2] == socket.PACKET_OUTGOING:
                self.note(packet)

    def note(self, p):
        if len(p) >= 40 and p[0] >> 4 == 4 and p[9] == socket.IPPROTO_TCP:
            tcp, destination = p[(p[0] & 15) * 4:], socket.inet_ntop(socket.AF_INET, p[16:20])
        elif len(p) >= 60 and p[0] >> 4 == 6 and p[6] == socket.IPPROTO_TCP:
            tcp, destination = p[40:], socket.inet_ntop(socket.AF_INET6, p[24:40])
        else:
            return
        if tcp[13] & 0x12 == 0x02:
            with self.lock:
                self.seen.append((destination, struct.unpack("!H", tcp[2:4])[0]))

    def take(self):
        """The (address, port) pairs since the last call."""
        select.select([], [], [], 0.2)  # what was sent last must have been counted
        with self.lock:
            seen, self.seen = self.seen, []
        return seen


class NameServer:
    """A DNS server (RFC 1035, UDP): answer(name, "A" or "AAAA", n) returns addresses, None for "no such
    name", or HANG for no answer. n counts the questions for this name and type from 0."""
    HANG = object()
    TYPES = {1: ("A", socket.AF_INET), 28: ("AAAA", socket.AF_INET6)}

    def __init__(self, network, answer):
        self.answer = answer
        self.asked = {}
        def make():
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind((DNS, 53))
            return s
        self.socket = network.there(make)
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            question, peer = self.socket.recvfrom(2048)
            reply = self.reply(question)
            if reply:
                self.socket.sendto(reply, peer)

    def reply(self, q):
        labels, at = [], 12
        while q[at]:
            labels.append(q[at + 1:at + 1 + q[at]].decode("ascii"))
            at += 1 + q[at]
        name, end = ".".join(labels).lower(), at + 5
        kind, family = self.TYPES.get(struct.unpack("!H", q[at + 1:at + 3])[0], ("", 0))
        n = self.asked.get((name, kind), 0)
        self.asked[name, kind] = n + 1
        found = self.answer(name, kind, n) if kind else []
        if found is self.HANG:
            return None
        records = b"".join(struct.pack("!HHHIH", 0xC00C, 1 if kind == "A" else 28, 1, 0, len(a)) + a
                           for a in (socket.inet_pton(family, a) for a in found or ()))
        code = 3 if found is None else 0
        return (q[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, len(found or ()), 0, 0)
                + q[12:end] + records)
