#!/usr/bin/env python3
"""Makes a golden data folder with a build of onex, and says what must be found in it.

usage: make.py LAUNCHER NAME

Runs a gateway twice against a pretend Elasticsearch that notes what it took, kills it while a replay
is under way, tears the tail of the log, and writes NAME.zip (the folder as the kill left it) and
NAME.json (what the pretend system and the answers of the gateway said) beside this script. A folder
is made once, with the build that a format belongs to, and kept; see README.md.
"""
import http.client
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
# Fixed, for positions of tailed files hold whole paths.
TAILED = pathlib.Path("/tmp/onex-golden-tailed")

REFUSED = "refuse-me"
CONFIG = """
integrations:
  documents:
    kind: elk
    elasticsearch_url: "http://127.0.0.1:{sink}"
    manage_template: false
    from: beginning
    batch: {{max_size: 50, max_age: 100ms}}
  slow:
    kind: elk
    elasticsearch_url: "http://127.0.0.1:{slow}"
    manage_template: false
    from: beginning
    batch: {{max_size: 10, max_age: 100ms}}
    timeout: 60s
  spans:
    kind: zipkin
    url: "http://127.0.0.1:{dead}"
    from: beginning
    retry: {{initial: 100ms, max: 1s}}
  resting:
    kind: zipkin
    url: "http://127.0.0.1:{dead}"
    enabled: {resting}
    from: beginning
routing:
  rules:
    - name: documents
      integrations: [documents, slow]
      {when}
    - name: spans
      event_types: ["NODE_*"]
      integrations: [spans, resting]
enrichment:
  environment: {environment}
  labels: {{team: golden}}
log:
  segment_size: 128KiB
sources:
  files:
    - paths: ["{tailed}/*.log"]
"""


class Sink(http.server.ThreadingHTTPServer):
    """Takes bulk requests; refuses documents that say so; holds every answer while `open` is clear."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taking)
        self.ids, self.lock, self.open = [], threading.Lock(), threading.Event()
        self.open.set()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Taking(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer({"version": {"number": "8.0.0"}})

    def do_POST(self):
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        lines = body.splitlines()
        self.server.open.wait()
        items = []
        for action, document in zip(lines[::2], lines[1::2]):
            known = json.loads(action)
            name = next(iter(known))
            refused = REFUSED.encode() in document
            if not refused:
                with self.server.lock:
                    self.server.ids.append(known[name].get("_id"))
            items.append(
                {name: {"_id": known[name].get("_id"), "status": 400, "error": {"type": "mapper_parsing_exception"}}}
                if refused
                else {name: {"_id": known[name].get("_id"), "status": 201}})
        self.answer({"errors": any("error" in next(iter(i.values())) for i in items), "items": items})


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def event(number, **more):
    start = number % 2 == 0
    pair = number // 2
    minute = pair % 60
    return {
        "event_id": "90000000-0000-4000-8000-%012d" % number,
        "event_type": "NODE_START" if start else ("NODE_SUCCESS", "NODE_FAILURE")[pair % 7 == 3],
        "timestamp": "2026-11-01T%02d:%02d:%02d.%06dZ" % (8 + pair // 3600, pair // 60 % 60, minute, number),
        "node_id": "golden_%d" % (pair % 5),
        "correlation_id": "c0000000-0000-4000-8000-%012d" % pair,
        "metadata": {"n": number, "text": "%x" % (number * 2654435761 % 2**32) * 8, "password": "hunter2"},
        **more,
    }


class Gateway:
    def __init__(self, launcher, folder):
        self.launcher, self.folder, self.port = launcher, folder, free_port()
        self.config, self.data = folder / "onex.yaml", folder / "data"

    def start(self, **values):
        self.config.write_text(CONFIG.format(**values))
        out = open(self.folder / "out.log", "ab")
        self.process = subprocess.Popen(
            [self.launcher, "serve", "-c", self.config, "-d", self.data, "-l", "127.0.0.1:%d" % self.port],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.until(lambda: self.get("/ready")[0] == 200, "ready")

    def get(self, path, method="GET", body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer.status, json.loads(read) if read[:1] in b"{[" else read

    def post(self, events):
        status, answer = self.get("/v1/events", "POST", "\n".join(
            e if isinstance(e, str) else json.dumps(e) for e in events))
        assert status == 202, answer
        return answer

    def status(self):
        return self.get("/onex/v1/status")[1]

    def destination(self, name):
        return next(d for d in self.status()["destinations"] if d["name"] == name)

    def until(self, what, said):
        for _ in range(600):
            try:
                if what():
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                sys.exit("make.py: the gateway ended while waiting for: " + said)
            time.sleep(0.1)
        sys.exit("make.py: waited in vain for: " + said)


def main():
    launcher, name = sys.argv[1], sys.argv[2]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="onex-golden-"))
    shutil.rmtree(TAILED, ignore_errors=True)
    TAILED.mkdir()
    sink, slow = Sink(), Sink()
    gateway = Gateway(launcher, folder)
    values = {"sink": sink.server_port, "slow": slow.server_port, "dead": free_port(), "tailed": TAILED}
    posted = []

    def post(numbers, **more):
        events = [event(n, **more) for n in numbers]
        for first in range(0, len(events), 250):
            gateway.post(events[first:first + 250])
        posted.extend(e["event_id"] for e in events)

    # First life: all in, some refused by the system, some by us, one duplicate; a tailed file.
    gateway.start(resting="true", environment="first", when="", **values)
    (TAILED / "app.log").write_text("".join(
        json.dumps({"level": "info", "message": "line %d" % n, "service": "tailed"}) + "\n" for n in range(40)))
    post(range(0, 6000))
    post([9000, 9002], node_id=REFUSED)
    gateway.post([event(0), "{\"event_type\": 5}", "no json at all", json.dumps({"event_type": "NODE_START", "token": "x"})])
    gateway.until(lambda: gateway.destination("documents")["pending"] == 0, "the first documents")
    gateway.until(lambda: gateway.destination("documents")["dead_lettered"] >= 2, "dead letters")
    gateway.process.send_signal(signal.SIGTERM)
    gateway.process.wait(60)

    # Second life, with other rules; a destination disabled, one that answers nothing, a replay under way; killed.
    gateway.start(resting="false", environment="second", when="when: event_type != 'NODE_HEARTBEAT'", **values)
    gateway.until(lambda: gateway.destination("slow")["pending"] == 0, "the slow system")
    slow.open.clear()
    post(range(6000, 7001))  # the last one is a START without its END
    post([9004, 9006], event_type="NODE_HEARTBEAT")
    with open(TAILED / "app.log", "a") as f:
        f.write(json.dumps({"level": "error", "message": "line 40", "service": "tailed"}) + "\n")
    gateway.until(lambda: gateway.destination("documents")["pending"] == 0, "the second documents")
    status, replay = gateway.get("/onex/v1/replay", "POST", json.dumps(
        {"destination": "slow", "from": "2026-01-01T00:00:00Z", "where": "node_id == 'golden_1'"}))
    assert status == 202, replay
    slow.open.set()
    gateway.until(lambda: gateway.get("/onex/v1/replay/%d" % replay["id"])[1]["done"] > 500, "a replay under way")
    slow.open.clear()
    time.sleep(1.5)  # marks, ids and positions reach their files
    before = gateway.status()
    running = gateway.get("/onex/v1/replay/%d" % replay["id"])[1]
    letters = gateway.get("/onex/v1/dead-letters?limit=100")[1]
    refused = gateway.get("/onex/v1/dead-letters?destination=refused&limit=100")[1]
    gateway.process.kill()
    gateway.process.wait()

    # A block that was being written when the power went.
    last = sorted((gateway.data / "log").glob("*.segment"))[-1]
    torn = last.read_bytes()[64:64 + 100]
    with open(last, "ab") as f:
        f.write(torn)

    kept = {"log", "ingest", "folds", "operations", "destinations"}
    expected = {
        "made_by": subprocess.run([launcher, "--version"], capture_output=True, text=True).stdout.strip(),
        "posted": len(posted), "tailed": 41, "tailed_folder": str(TAILED),
        "log_end": before["log"]["end"],
        "documents_delivered": len(set(sink.ids)),
        "dead_letters": letters, "refused": refused, "replay": running,
        "status": {k: v for k, v in before.items() if k in kept},
    }
    (HERE / (name + ".json")).write_text(json.dumps(expected, indent=1) + "\n")
    with zipfile.ZipFile(HERE / (name + ".zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for path in sorted(gateway.data.rglob("*")):
            info = zipfile.ZipInfo(str(path.relative_to(gateway.data)) + ("/" if path.is_dir() else ""), (2026, 11, 1, 0, 0, 0))
            z.writestr(info, b"" if path.is_dir() else path.read_bytes(), zipfile.ZIP_DEFLATED)
    for path in sorted(gateway.data.rglob("*")):
        if path.is_file():
            print("%9d %s" % (path.stat().st_size, path.relative_to(gateway.data)))
    print("%s.zip: %d bytes" % (name, (HERE / (name + ".zip")).stat().st_size))
    shutil.rmtree(folder)
    shutil.rmtree(TAILED)


main()
