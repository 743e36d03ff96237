#!/usr/bin/python3
"""SIGTERM under load: clients that leave when told to lose nothing, and the process ends in time."""
import http.client
import os
import re
import signal
import sys
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]
import service
import tap

SLOW = 5 if re.search(r"-[at]san", service.ONRECORD) else 1  # sanitizers
SMALL = b"Kenya agreed on Monday to build a road by May 1, 2030."


class Client(threading.Thread):
    """Asks on one connection after the other until it is told to leave."""

    def __init__(self, running, obeys=True):
        super().__init__()
        self.running, self.obeys = running, obeys
        self.answered = self.lost = self.refused = 0
        self.left = False
        self.errors = []
        self.stop = False

    def run(self):
        while not self.stop and not self.left:
            client = self.running.client(timeout=20)
            try:
                client.connect()
            except OSError:
                self.refused += 1
                return
            self.ask(client)
            client.close()

    def ask(self, client):
        while not self.stop:
            try:
                client.request("POST", "/v1/summaries", SMALL, {"Content-Type": "text/plain"})
                response = client.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException) as error:
                self.lost += 1
                self.errors.append(repr(error))
                return
            self.answered += response.status == 200 and len(body) > 10
            if response.getheader("Connection") == "close":
                self.left = self.obeys
                return


class Drain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.heavy = service.heavy_text()

    def load(self, running, count, obeys=True):
        clients = [Client(running, obeys) for _ in range(count)]
        for c in clients:
            c.start()
        time.sleep(0.5 * SLOW)
        return clients

    def test_no_accepted_request_is_lost(self):
        with service.Service("--drain-delay", str(1.5 * SLOW), "--deadline", "60") as running:
            clients = self.load(running, 24)
            running.signal(signal.SIGTERM)
            start = time.monotonic()
            while running.request("GET", "/readyz", admin=True)[0] == 200 and time.monotonic() - start < 2:
                time.sleep(0.01)
            self.assertEqual(running.request("GET", "/readyz", admin=True)[0], 503)
            self.assertEqual(running.request("GET", "/healthz", admin=True)[0], 200)
            late = running.request("GET", "/v1/version")  # connections are still taken, and closed
            self.assertEqual((late[0], late[1].get("connection")), (200, "close"))
            for c in clients:
                c.join(30)
            self.assertEqual(running.wait(), 0)
            self.assertLess(time.monotonic() - start, 30)
        self.assertGreater(sum(c.answered for c in clients), 24)
        self.assertEqual([e for c in clients for e in c.errors], [])
        self.assertEqual(sum(c.refused for c in clients), 0)
        self.assertTrue(all(c.left for c in clients))

    def test_work_at_hand_is_finished(self):
        """The connections are quiesced while workers are still reading."""
        with service.Service("--drain-delay", "0", "--workers", "1", "--deadline", "60") as running:
            answers = []
            ask = threading.Thread(target=lambda: answers.append(running.request(
                "POST", "/v1/summaries", self.heavy, {"Content-Type": "text/plain"})[:2]))
            ask.start()
            deadline = time.monotonic() + 10
            while not running.metric("http_in_flight") and time.monotonic() < deadline:
                time.sleep(0.01)
            running.signal(signal.SIGTERM)
            ask.join()
            self.assertEqual(running.wait(), 0)
            self.assertEqual((answers[0][0], answers[0][1].get("connection")), (200, "close"))

    def test_clients_that_stay_do_not_hold_it(self):
        with service.Service("--drain-delay", "0.2") as running:
            clients = self.load(running, 8, obeys=False)
            idle = [running.connect() for _ in range(5)]
            start = time.monotonic()
            running.signal(signal.SIGTERM)
            self.assertEqual(running.wait(), 0)
            self.assertLess(time.monotonic() - start, 10 * SLOW)
            for c in clients:
                c.stop = True
                c.join(30)
            for s in idle:
                s.close()

    def test_second_signal_ends_it_at_once(self):
        with service.Service("--drain-delay", "30") as running:
            running.signal(signal.SIGTERM)
            time.sleep(0.3)
            self.assertIsNone(running.process.poll())
            start = time.monotonic()
            running.signal(signal.SIGTERM)
            self.assertEqual(running.wait(), 0)
            self.assertLess(time.monotonic() - start, SLOW)

    def test_work_past_all_patience_does_not_stop_the_end(self):
        """The job's client has its 503; a worker that reads on is left behind."""
        with service.Service("--drain-delay", "0", "--workers", "1", "--deadline", "0.1") as running:
            status = running.request("POST", "/v1/summaries", self.heavy * 2, {"Content-Type": "text/plain"})[0]
            self.assertEqual(status, 503)
            start = time.monotonic()
            running.signal(signal.SIGTERM)
            self.assertEqual(running.wait(), 0)
            self.assertLess(time.monotonic() - start, 8 + SLOW)

    def test_start_is_quick(self):
        start = time.monotonic()
        with service.Service() as running:
            self.assertEqual(running.request("GET", "/readyz")[0], 200)
            self.assertLess(time.monotonic() - start, 0.2 * SLOW + 0.3)  # contract.py is loaded meanwhile


if __name__ == "__main__":
    tap.main()
