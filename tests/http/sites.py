"""Web servers of the test's Internet: honest ones, slow ones, and those that lie."""
import gzip
import html
import http.server
import json
import os
import socket
import ssl
import subprocess
import threading
import time
import urllib.parse
import zlib

PAGE = b"<!DOCTYPE html><title>A page</title><p>The minister said she will resign by May 1.</p>"


class LocalSite:
    """A page for every path, on 127.0.0.1: `page_of(path)` makes its HTML. `options` let a service fetch them."""

    def __init__(self, page_of):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = page_of(self.path).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        port = self.server.server_address[1]
        self.origin = f"http://127.0.0.1:{port}"
        self.options = ["--allow-cidr", "127.0.0.0/8", "--allow-port", str(port)]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def head(status=200, kind="text/html; charset=utf-8", length=None, more=()):
    lines = [f"HTTP/1.1 {status} X", *more]
    if kind:
        lines.append(f"Content-Type: {kind}")
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


class Sites:
    """Serves every path below on every port that it is given; a path's method sends the whole answer."""

    def __init__(self, network):
        self.network = network
        self.lock = threading.Lock()
        self.requests = []   # (host, target, headers)
        self.running = {}    # host -> requests that are being worked on
        self.most_at_once = {}
        self.article = None  # (title, day, paragraphs) of /article

    def serve(self, port, tls=None):
        threading.Thread(target=self.accept, args=(self.network.listen_there(port), tls), daemon=True).start()

    def accept(self, listener, tls):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.handle, args=(connection, tls), daemon=True).start()

    def handle(self, connection, tls):
        try:
            connection.settimeout(60)
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            self.answer(connection)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def answer(self, connection):
        received = b""
        while b"\r\n\r\n" not in received:
            data = connection.recv(65536)
            if not data:
                return
            received += data
        lines = received.decode("latin-1").split("\r\n")
        target = lines[0].split(" ")[1]
        headers = {k.lower(): v.strip() for k, _, v in (l.partition(":") for l in lines[1:] if l)}
        host = headers.get("host", "")
        with self.lock:
            self.requests.append((host, target, headers))
        path, _, query = target.removeprefix(f"http://{host}").partition("?")  # a proxy gets it whole
        if path == "/slow-page":
            self.work(host)
        name = path.strip("/").partition("/")[0].replace("-", "_").replace(".", "_") or "page"
        getattr(self, "path_" + name, self.path_missing)(connection, urllib.parse.unquote(query))

    def work(self, host):
        """A tenth of a second, counted; over before the answer leaves, and the next request may come."""
        with self.lock:
            self.running[host] = self.running.get(host, 0) + 1
            self.most_at_once[host] = max(self.most_at_once.get(host, 0), self.running[host])
        time.sleep(0.1)
        with self.lock:
            self.running[host] -= 1

    def path_missing(self, c, _):
        c.sendall(head(404, length=4) + b"none")

    def path_page(self, c, _):
        c.sendall(head(length=len(PAGE)) + PAGE)

    def path_article_text(self, c, _):
        """Plain text that does not say that it is windows-1252."""
        body = ("Karachi to get buses\n\nThe ministry will pay £5m for 200 buses by 1 May 2021, Transport "
                "Minister Ana Lopes said on Monday. She had asked for twice as many in March.\n").encode("cp1252")
        c.sendall(head(kind="text/plain", length=len(body)) + body)

    path_slow_page = path_page

    def path_article(self, c, _):
        """self.article as a page among the usual furniture."""
        title, day, paragraphs = self.article
        data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": day}
        body = (f"<!DOCTYPE html><html lang=en><head><title>{html.escape(title)} - The Daily Example</title>"
                f"<script type='application/ld+json'>{json.dumps(data)}</script></head><body>"
                "<nav><a href=/>Home</a> <a href=/world>World</a></nav>"
                f"<article><h1>{html.escape(title)}</h1>"
                + "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
                + "</article><aside><h2>Most read</h2><ul><li><a href=/b>Another story</a></ul></aside>"
                "<footer>The Daily Example. All rights reserved.</footer></body></html>").encode()
        c.sendall(head(length=len(body)) + body)

    def path_to(self, c, where):
        """/to?URL redirects there."""
        c.sendall(head(302, kind=None, length=0, more=[f"Location: {where}"]))

    def path_hops(self, c, count):
        """/hops?N redirects N times."""
        self.path_to(c, f"/hops?{int(count) - 1}") if int(count) else self.path_page(c, "")

    def path_status(self, c, status):
        c.sendall(head(int(status), length=len(PAGE)) + PAGE)

    def path_type(self, c, kind):
        """A Content-Type, and a body that would take a minute."""
        c.sendall(head(kind=kind or None, more=["Transfer-Encoding: chunked"]))
        self.drip(c, chunk(b"x"))

    def path_charset(self, c, name):
        c.sendall(head(kind=f'text/html; charset="{name}"', length=len(PAGE)) + PAGE)

    def path_endless(self, c, _):
        c.sendall(head(more=["Transfer-Encoding: chunked"]))
        while True:
            c.sendall(chunk(b"x" * 65536))

    def path_long(self, c, size):
        """Says that it is too long, then waits."""
        c.sendall(head(length=int(size)))
        self.drip(c)

    def path_gzip_page(self, c, _):
        body = gzip.compress(PAGE)
        c.sendall(head(length=len(body), more=["Content-Encoding: gzip"]) + body)

    def path_gzip_bomb(self, c, _):
        self.bomb(c, 1)

    def path_gzip_gzip(self, c, _):
        self.bomb(c, 2)

    def bomb(self, c, layers):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = b"".join(packer.compress(b"\0" * 1048576) for _ in range(100)) + packer.flush()
        for _ in range(layers - 1):
            body = gzip.compress(body)
        c.sendall(head(length=len(body), more=["Content-Encoding: " + ", ".join(["gzip"] * layers)]) + body)

    def path_bad_gzip(self, c, _):
        c.sendall(head(length=len(PAGE), more=["Content-Encoding: gzip"]) + PAGE)

    def path_coding(self, c, header):
        """/coding?Content-Encoding: br sends bytes that are none."""
        c.sendall(head(more=[header, "Connection: close"]) + PAGE)

    def path_interim(self, c, count):
        for _ in range(int(count)):
            c.sendall(b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n")
        self.path_page(c, "")

    def path_big_headers(self, c, size):
        c.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(int(size) // 1000):
            c.sendall(b"X-A: " + b"a" * 993 + b"\r\n")
        c.sendall(b"Content-Type: text/html\r\n\r\n" + PAGE)

    def path_many_headers(self, c, count):
        c.sendall(head(length=len(PAGE), more=["A: b"] * int(count)) + PAGE)

    def path_drip(self, c, _):
        c.sendall(head(length=len(PAGE)))
        self.drip(c)

    def drip(self, c, data=b"x"):
        for _ in range(60):
            c.sendall(data)
            time.sleep(1)

    def path_drip_headers(self, c, _):
        for byte in head() + PAGE:
            c.sendall(bytes([byte]))
            time.sleep(1)

    def path_silent(self, c, _):
        c.recv(1)

    def path_reset(self, c, _):
        c.sendall(head(length=len(PAGE)) + PAGE[:20])
        c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    def path_short(self, c, _):
        c.sendall(head(length=len(PAGE) + 1) + PAGE)

    def path_empty_reply(self, c, _):
        pass

    def path_http09(self, c, _):
        c.sendall(PAGE)

    def path_trailer(self, c, _):
        c.sendall(head(more=["Transfer-Encoding: chunked"]) + chunk(PAGE)
                  + b"0\r\nContent-Type: image/png\r\nLocation: http://10.0.0.1/\r\n\r\n")

    def path_cookie(self, c, _):
        c.sendall(head(302, kind=None, length=0, more=["Set-Cookie: a=b", "Location: /page"]))

    def path_robots_txt(self, c, _):
        body = b"User-agent: *\nDisallow: /charset\n"
        c.sendall(head(kind="text/plain", length=len(body)) + body)


class Garbage:
    """Answers anything with bytes that are no TLS."""

    def __init__(self, network, port):
        self.listener = network.listen_there(port)
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            connection.sendall(b"SSH-2.0-nothing\r\n" * 10)
            connection.close()


class Sink:
    """Counts the bytes that arrive at a port of this machine: a proxy that must not be used."""

    def __init__(self, port):
        self.bytes = 0
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            self.bytes += len(connection.recv(65536)) + 1
            connection.close()


def certificate(folder, *names):
    """A CA file and a server context for `names`, made by openssl."""
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=onrecord test",
                    "-addext", "subjectAltName=" + ",".join("DNS:" + n for n in names)],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context
