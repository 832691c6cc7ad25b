"""A running server, a JSON-2 client per user and a real browser for the HTTP tests.

``server`` starts Odoo once per session on a free port with the demo database that
``scripts/test http`` made. To write a test, ask for ``json2`` (``json2("officer")``
returns a client with that user's API key) or ``page`` (a browser page).
"""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
DATABASE = os.environ.get("REALESTATE_HTTP_DB", "realestate_test_http")
LOG = Path(os.environ.get("REALESTATE_SERVER_LOG", ROOT / ".local/http_server.log"))
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Prints the demo users by role and an API key for each: the keys exist only here.
PROVISION = """
import datetime, json
known = env["ir.model.data"].search(
    [("model", "=", "res.users"), ("module", "=like", "realestate_%")])
users = env["res.users"].browse(known.mapped("res_id")) | env.ref("base.user_admin")
until = datetime.datetime.now() + datetime.timedelta(hours=12)
keys = {}
for user in users.filtered("active"):
    keys[user.login] = {
        "id": user.id,
        "internal": user._is_internal(),
        "key": env["res.users.apikeys"].with_user(user).sudo()._generate(
            "rpc", "tests", until),
    }
env.cr.commit()
print("USERS" + json.dumps(keys))
"""


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


def wait_for(url, process, seconds=120):
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
    pytest.fail(f"no answer from {url}; the server's log is {LOG}", pytrace=False)


@pytest.fixture(scope="session")
def server():
    """Serve the demo database for this session, crons off: tests run them by name."""
    port = free_port()
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("wb") as log:
        process = subprocess.Popen(
            [
                ROOT / "scripts/odoo",
                *("-d", DATABASE, "--http-port", str(port), "--max-cron-threads=0"),
                *("--db-filter", f"^{DATABASE}$", "--no-database-list"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    url = f"http://localhost:{port}"
    try:
        wait_for(f"{url}/web/login", process)
        yield Server(url, DATABASE, LOG)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def demo_users(server):
    """Return the demo users by login: id, internal or portal, API key."""
    result = subprocess.run(
        [ROOT / "scripts/odoo", "shell", "-d", server.database, "--no-http"],
        input=PROVISION,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    marked = [line for line in result.stdout.splitlines() if line.startswith("USERS")]
    assert marked, f"no API keys could be made: {result.stderr[-2000:]}"
    return json.loads(marked[0].removeprefix("USERS"))


@pytest.fixture(scope="session")
def json2(server, demo_users):
    """Return a function: login (or None for a stranger) to JSON-2 client."""

    def client(login=None):
        return Json2(server, demo_users[login]["key"] if login else None)

    return client


@pytest.fixture(scope="session")
def browser():
    """Return a headless Chromium; a machine without it fails, it does not skip."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_SWITCHES
        )
        yield chromium
        chromium.close()


@dataclass(frozen=True)
class Seat:
    """A page in a browser of its own, and the errors its console has shown."""

    page: object
    errors: list

    def log_in(self, url, login):
        """Log in by the form, as a person does; demo passwords are the logins."""
        self.page.goto(f"{url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click("button[type=submit]:has-text('Log in')")
        self.page.wait_for_url(lambda address: "/web/login" not in address)


@pytest.fixture
def open_seat(browser):
    """Return a function that opens a Seat: fresh cookies, console watched."""
    contexts = []

    def open_one(**options):
        context = browser.new_context(
            viewport={"width": 1366, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and errors.append(message.text),
        )
        return Seat(page, errors)

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def seat(open_seat):
    """Return one Seat."""
    return open_seat()


@pytest.fixture
def page(seat):
    """Return a browser page for tests that do not care about the console."""
    return seat.page
