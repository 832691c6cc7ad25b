"""A running server, a JSON-2 client per user and a real browser for the HTTP tests.

``server`` starts Odoo once per session on a free port with the demo database that
``scripts/test http`` made. To write a test, ask for ``json2`` (``json2("officer")``
returns a client with that user's API key) or ``page`` (a browser page).
"""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from outside import Json2, serve
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


@pytest.fixture(scope="session")
def server():
    """Serve the demo database for this session, crons off: tests run them by name."""
    with serve(DATABASE, LOG) as running:
        yield running


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


@pytest.fixture
def free_unit(json2):
    """Give a free unit of the demo, as id and number, and leave it free."""
    agent = json2("agent")
    unit = agent.call(
        "realestate.unit",
        "search_read",
        domain=[["state", "=", "available"], ["kind", "=", "home"]],
        fields=["number", "project_id"],
        limit=1,
    )[0]
    yield unit
    state = agent.call(
        "realestate.unit", "read", ids=[unit["id"]], fields=["state"], load=None
    )[0]["state"]
    if state == "held":
        agent.call("realestate.unit", "action_release", ids=[unit["id"]])
