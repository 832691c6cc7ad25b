"""The collector's desk as it is used: opened, worked through, searched."""

from statistics import median

from . import browser
from .harness import row

READY = "document.querySelector('.o_rd_row') && document.querySelector('.o_rd_head')"
#: Milliseconds.
INTERACTION = 300
#: The fifth of a second in which one may go on typing is part of it.
SEARCH = 500


class Screen:
    """The desk in the browser."""

    #: Where one comes from.
    elsewhere = "realestate_collection.realestate_installment_action"

    def __init__(self, watch, url):
        self.watch, self.url = watch, url
        self.page = watch.page

    def load(self):
        """Open the desk by its address, as from a bookmark."""
        return self.watch.load(f"{self.url}/odoo/collection-desk", ".o_rd_head")

    def open(self):
        """Open the desk by the menu of a client that runs."""
        self.page.goto(f"{self.url}/odoo/action-{self.elsewhere}")
        self.page.wait_for_selector(".o_list_view")
        self.page.click(".o_menu_sections button:has-text('Desk')")
        entry = ".dropdown-item:has-text('My Desk')"
        self.page.wait_for_selector(entry)
        return self.watch.react(
            "click", entry.split(":")[0], lambda: self.page.click(entry), READY
        )

    def next(self):
        """Go to the next account by the key."""
        name = self.page.inner_text(".o_rd_head h2")
        contract = self.page.get_attribute(".o_rd_head", "data-contract")
        assert name
        return self._press(
            "n",
            f"!document.querySelector('.o_rd_head[data-contract=\"{contract}\"]')"
            " && document.querySelector('.o_rd_head:not(.is-opening)')",
        )

    def panel(self):
        """Turn to the next panel until its rows are there."""
        sample = self._press(
            "]",
            "document.querySelector('.o_rd_panel[data-panel=schedule] .o_rd_table')",
        )
        self.page.keyboard.press("[")
        return sample

    def search(self):
        """Search a name until somebody is found."""
        box = ".o_rd_search input"
        sample = self.watch.react(
            "input",
            box,
            lambda: self.page.fill(box, "buyer 77"),
            "document.querySelector(\".o_rd_row[data-key^='found']\")",
        )
        self.page.press(box, "Escape")
        self.page.wait_for_selector(".o_rd_row[data-key^='case']")
        return sample

    def _press(self, key, ready):
        return self.watch.react(
            "keydown", "body", lambda: self.page.keyboard.press(key), ready
        )


ACTS = [
    (Screen.load, "desk opened by its address", None),
    (Screen.open, "desk opened by the menu", "aim"),
    (Screen.next, "next account", INTERACTION),
    (Screen.panel, "another panel", INTERACTION),
    (Screen.search, "search a name", SEARCH),
]


def measure(env, login, rounds, aim):
    """Measure the desk of ``login``; return the rows.

    :param aim: milliseconds in which it is to open
    """
    samples = {}
    with browser.serve(env) as url, browser.browse(url, login) as watch:
        screen = Screen(watch, url)
        for number in range(rounds + 1):
            for act, label, _limit in ACTS:
                sample = act(screen)
                # The first round is for the caches.
                if number:
                    samples.setdefault(label, []).append(sample)
                    print(f"    {label}: {sample.wall:.0f} ms", flush=True)
    return [_row(label, limit, samples[label], aim) for _act, label, limit in ACTS]


def _row(label, limit, samples, aim):
    verdict = {}
    limit = aim if limit == "aim" else limit
    if limit:
        met = median(sample.wall for sample in samples) <= limit
        verdict = {"aim": f"≤ {limit:,} ms", "met": met}
    return row(label, "screen", samples, **verdict)
