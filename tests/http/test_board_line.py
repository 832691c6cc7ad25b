"""The line between a board and the server: cut, restored, and who may be on it."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest
from boards import SECONDS, cell, open_board, wait_until_live

#: The browser tries again after two seconds, then later and later.
BACK = 20_000


class Line:
    """A proxy in front of the server whose connections can be cut."""

    def __init__(self, url):
        self.target = (urlsplit(url).hostname, urlsplit(url).port)
        self.pairs = set()
        self.is_cut = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                here, _address = self.listener.accept()
                threading.Thread(target=self._join, args=[here], daemon=True).start()

    def _join(self, here):
        """Carry what comes from one side to the other until one of them ends."""
        with here, socket.create_connection(self.target) as there:
            if self.is_cut:
                return
            self.pairs.add((here, there))
            back = threading.Thread(target=self._carry, args=(there, here))
            back.start()
            self._carry(here, there)
            back.join()
            self.pairs.discard((here, there))

    def _carry(self, source, sink):
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        self._end(source, sink)

    def _end(self, *sockets):
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def cut(self):
        """Break what is connected and let nothing through."""
        self.is_cut = True
        for pair in [*self.pairs]:
            self._end(*pair)

    def restore(self):
        """Let everything through again."""
        self.is_cut = False

    def close(self):
        """Give the port back."""
        self.cut()
        self._end(self.listener)
        self.listener.close()


@pytest.fixture
def line(server):
    """Give a line to the server that can be cut."""
    one = Line(server.url)
    yield one
    one.close()


@dataclass(frozen=True)
class Hold:
    """A unit and the client that holds and releases it elsewhere."""

    unit: dict
    client: object

    def hold(self):
        """Hold the unit."""
        self.client.call("realestate.unit", "action_hold", ids=[self.unit["id"]])

    def release(self):
        """Release the unit."""
        self.client.call("realestate.unit", "action_release", ids=[self.unit["id"]])


@pytest.fixture
def elsewhere(json2, free_unit):
    """Give somebody elsewhere who holds the free unit."""
    return Hold(free_unit, json2("agent"))


@pytest.mark.parametrize("path", ["sales-board", "sales-hall"])
def test_what_happened_while_the_line_was_cut_is_fetched(
    open_seat, server, line, elsewhere, path
):
    proxied = replace(server, url=line.url)
    seat = open_board(open_seat, proxied, "officer", elsewhere.unit, path)
    wait_until_live(seat.page)
    seat.page.wait_for_selector(cell(elsewhere.unit, ".is-available"))

    line.cut()
    elsewhere.hold()
    seat.page.wait_for_selector(".o_rb_lost", timeout=BACK)
    assert seat.page.is_visible(cell(elsewhere.unit, ".is-available"))

    line.restore()
    seat.page.wait_for_selector(cell(elsewhere.unit, ".is-held"), timeout=BACK)
    seat.page.wait_for_selector(".o_rb_lost", state="detached", timeout=BACK)
    assert not seat.page.is_visible(".o_dialog, .modal")

    # And the line carries again.
    seat.page.wait_for_timeout(1_500)
    elsewhere.release()
    seat.page.wait_for_selector(cell(elsewhere.unit, ".is-available"), timeout=SECONDS)


def test_a_computer_that_was_offline_looks_what_it_missed(open_seat, server, elsewhere):
    seat = open_board(open_seat, server, "officer", elsewhere.unit)
    wait_until_live(seat.page)
    # The browser says so itself, as on a tablet that leaves the house.
    seat.page.evaluate("window.dispatchEvent(new Event('offline'))")
    seat.page.wait_for_selector(".o_rb_lost", timeout=BACK)
    seat.page.evaluate("window.dispatchEvent(new Event('online'))")
    elsewhere.hold()
    seat.page.wait_for_selector(cell(elsewhere.unit, ".is-held"), timeout=BACK)
    seat.page.wait_for_selector(".o_rb_lost", state="detached", timeout=BACK)


def test_what_was_compared_and_chosen_survives_a_look(
    open_seat, server, line, elsewhere
):
    proxied = replace(server, url=line.url)
    seat = open_board(open_seat, proxied, "officer", elsewhere.unit)
    wait_until_live(seat.page)
    unit = cell(elsewhere.unit)
    seat.page.click(unit)
    seat.page.click(".o_rb_card.is-pinned [data-do=compare]")
    seat.page.keyboard.press("Escape")
    seat.page.click(unit, modifiers=["Control"])

    line.cut()
    elsewhere.hold()
    line.restore()
    seat.page.wait_for_selector(f"{unit}.is-held", timeout=BACK)
    assert seat.page.is_visible(f"{unit}.is-selected.is-compared")


# === WHO MAY LISTEN === #

LISTEN = """async ([channel, version]) => {
    const address = location.origin.replace("http", "ws");
    window.heard = [];
    const line = new WebSocket(`${address}/websocket?version=${version}`);
    line.onmessage = ({ data }) => window.heard.push(...JSON.parse(data));
    await new Promise((done, fail) => { line.onopen = done; line.onerror = fail; });
    const data = { channels: [channel], last: 0 };
    line.send(JSON.stringify({ event_name: "subscribe", data }));
}"""
VERSION = """
    odoo.loader.modules.get("@web/session").session.websocket_worker_version
"""


@pytest.fixture(scope="module")
def version(browser, server):
    """Return the version a websocket must name."""
    page = browser.new_page()
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", "agent")
    page.fill("input[name=password]", "agent")
    page.click("button[type=submit]:has-text('Log in')")
    page.wait_for_selector(".o_main_navbar")
    found = page.evaluate(VERSION)
    page.context.close()
    assert found
    return found


def listen(open_seat, server, login, unit, version):
    """Ask for the unit's board by a websocket of one's own; return the page."""
    page = open_seat().page
    if login:
        seat = open_seat()
        seat.log_in(server.url, login)
        page = seat.page
    # A page without the web client, whose own line would be heard as well.
    page.goto(f"{server.url}/web/health")
    page.evaluate(LISTEN, [f"realestate.board_{unit['project_id'][0]}", version])
    return page


def heard(page):
    """Return what the page was told of boards."""
    told = page.evaluate("window.heard")
    return [
        row["message"]["payload"]
        for row in told
        if row["message"]["type"] == "realestate.board/changed"
    ]


def test_only_who_may_see_the_project_is_told(open_seat, server, elsewhere, version):
    own = ["agent", "officer", "hall"]
    strangers = ["gulf_officer", "accountant", "buyer", None]
    pages = {
        login: listen(open_seat, server, login, elsewhere.unit, version)
        for login in own + strangers
    }
    pages["agent"].wait_for_timeout(1_500)
    elsewhere.hold()
    told = {"project": elsewhere.unit["project_id"][0], "units": None}
    told["units"] = [[elsewhere.unit["id"], "held"]]
    for login in own:
        pages[login].wait_for_function("window.heard.length > 0", timeout=SECONDS)
        assert told in heard(pages[login]), login
    pages["agent"].wait_for_timeout(1_500)
    for login in strangers:
        assert not heard(pages[login]), login
