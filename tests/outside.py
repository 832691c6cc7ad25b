"""A running server and JSON-2 clients of it, for the tests that come from outside."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Server:
    """Address and database of the server under test."""

    url: str
    database: str
    log: Path


@dataclass(frozen=True)
class Answer:
    """What a JSON-2 call came back with: the HTTP status and the decoded body."""

    status: int
    body: object


class Json2:
    """A JSON-2 client with one user's API key; without a key it is a stranger."""

    def __init__(self, server, key=None):
        self.server = server
        self.key = key

    def answer(self, model, method, **arguments):
        """Call ``model.method`` and return the Answer whatever its status."""
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"bearer {self.key}"
        request = urllib.request.Request(
            f"{self.server.url}/json/2/{model}/{method}",
            data=json.dumps(arguments).encode(),
            headers=headers,
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return Answer(response.status, json.load(response))
        except urllib.error.HTTPError as error:
            text = error.read().decode()
            try:
                return Answer(error.code, json.loads(text))
            except ValueError:
                return Answer(error.code, text)

    def call(self, model, method, **arguments):
        """Call ``model.method`` and return its result; any error fails the test."""
        answer = self.answer(model, method, **arguments)
        assert answer.status == 200, f"{model}.{method}: {answer}"
        return answer.body


def free_port():
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process, log, seconds=120):
    """Wait until ``url`` answers; fail when the process ends or never answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(f"no answer from {url}; the server's log is {log}", pytrace=False)


@contextmanager
def serve(database, log):
    """Serve ``database`` on a free port, crons off; give the Server."""
    port = free_port()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [
                ROOT / "scripts/odoo",
                *("-d", database, "--http-port", str(port), "--max-cron-threads=0"),
                *("--db-filter", f"^{database}$", "--no-database-list"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    url = f"http://localhost:{port}"
    try:
        wait_for(f"{url}/web/login", process, log)
        yield Server(url, database, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
