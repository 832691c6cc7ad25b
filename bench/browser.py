"""A server and a real browser: what people wait for, from their hand to the picture.

Times are taken inside the page, on one clock: from the event as the browser received
it, or from the beginning of the navigation, to the frame after the change was drawn.
Server, database and browser share the machine's cores, as on a small computer.
"""

import os
import resource
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from .harness import Sample

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("BENCH_CHROMIUM", "/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCREEN = {"width": 1440, "height": 900}
SECONDS = 60

#: ``painted`` waits for a condition and then for the frame that shows it; ``since``
#: does so from an event on.
IN_PAGE = """
window.bench = {
    painted: (ready) => new Promise((done) => {
        const look = () => {
            if (!ready()) {
                requestAnimationFrame(look);
                return;
            }
            const line = new MessageChannel();
            line.port1.onmessage = () => done(performance.now());
            line.port2.postMessage(0);
        };
        requestAnimationFrame(look);
    }),
    since: (type, target, ready) => {
        window.bench.result = new Promise((done) => {
            const start = async (event) => {
                if (event.target.closest?.(target)) {
                    document.removeEventListener(type, start, true);
                    const end = await window.bench.painted(ready);
                    done(end - event.timeStamp);
                }
            };
            document.addEventListener(type, start, true);
        });
    },
};
"""


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(env):
    """Serve the database of ``env``; give the address."""
    port = _free_port()
    process = subprocess.Popen(
        [
            ROOT / "scripts/odoo",
            *("-d", env.cr.dbname, "--db-filter", f"^{env.cr.dbname}$"),
            *("--http-port", str(port), "--max-cron-threads=0", "--log-level=error"),
        ],
        stdin=subprocess.DEVNULL,
    )
    try:
        url = f"http://localhost:{port}"
        _wait_for(f"{url}/web/login", process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def _wait_for(url, process):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=SECONDS):
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"no answer from {url}")


@contextmanager
def browse(url, login):
    """Give a Stopwatch on a page where ``login`` is logged in; passwords are logins."""
    # Odoo limits its memory, and that of whom it starts; a browser reserves more.
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = chromium.new_page(viewport=SCREEN)
        page.set_default_timeout(SECONDS * 1000)
        page.add_init_script(IN_PAGE)
        page.goto(f"{url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.click("button[type=submit]:has-text('Log in')")
        page.wait_for_selector(".o_main_navbar")
        yield Stopwatch(page)
        chromium.close()


class Stopwatch:
    """Measures what a page does, on the clock and in work of its main thread."""

    def __init__(self, page):
        self.page = page
        self.session = page.context.new_cdp_session(page)
        # Work done, not time passed: others may use the cores.
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def _work(self):
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    def load(self, address, selector):
        """Open an address; the time until the first of ``selector`` is painted."""
        self.page.goto(address, wait_until="commit")
        ready = f"() => document.querySelector({selector!r})"
        wall = self.page.evaluate(f"bench.painted({ready})")
        # The work of a page begins with the page.
        return Sample(wall, self._work() * 1000, 0)

    def react(self, event, target, act, ready):
        """Do ``act``; the time from its ``event`` on ``target`` until ``ready``.

        :param ready: JavaScript that is true when the page shows what it should
        """
        self.page.wait_for_timeout(350)
        self.page.evaluate(f"bench.since({event!r}, {target!r}, () => {ready})")
        work = self._work()
        act()
        wall = self.page.evaluate("bench.result")
        return Sample(wall, (self._work() - work) * 1000, 0)

    def arrive(self, act, ready):
        """Do ``act`` elsewhere; the time until the page shows it by itself."""
        self.page.wait_for_timeout(350)
        self.page.evaluate(f"bench.result = bench.painted(() => {ready}), 0")
        work, start = self._work(), time.time()
        act()
        end = self.page.evaluate(
            "bench.result.then((end) => performance.timeOrigin + end)"
        )
        wall = end - start * 1000
        return Sample(wall, (self._work() - work) * 1000, 0)
