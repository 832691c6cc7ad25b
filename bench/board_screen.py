"""The sales control board as it is used: opened, pointed at, filtered, zoomed."""

from statistics import median

from . import browser
from .harness import ratio, row

CELL = ".o_rb_cell"
FREE = f"{CELL}.is-available:not(.is-dim)"
#: Milliseconds: the aims of the board at 2,000 units.
FIRST_PAINT, INTERACTION, ELSEWHERE = 1_500, 100, 5_000


class Screen:
    """The board of one project in the browser."""

    def __init__(self, watch, url, project, env):
        self.watch, self.url, self.project, self.env = watch, url, project, env
        self.page = watch.page

    def open(self):
        """Open the board by its address, as from a bookmark."""
        key = "realestate_sales.board.project"
        self.page.evaluate(f"localStorage.setItem({key!r}, {self.project})")
        return self.watch.load(f"{self.url}/odoo/sales-board", CELL)

    def point(self):
        """Point at a free unit until its card is there."""
        self.page.mouse.move(700, 120)
        return self.watch.react(
            "pointerover",
            CELL,
            lambda: self.page.hover(FREE),
            "document.querySelector('.o_rb_card')",
        )

    def pin(self):
        """Click a free unit until it says what can be done."""
        sample = self.watch.react(
            "pointerdown",
            CELL,
            lambda: self.page.click(FREE),
            "document.querySelector('.o_rb_card [data-do=hold]')",
        )
        self.page.keyboard.press("Escape")
        return sample

    def filter(self):
        """Look for the reserved ones until the others are pale."""
        state = ".o_rb_state[data-state=reserved]"
        sample = self.watch.react(
            "pointerdown",
            state,
            lambda: self.page.click(state),
            f"document.querySelector('{CELL}.is-available.is-dim')",
        )
        self.page.click(state)
        return sample

    def search(self):
        """Type a number until it is marked."""
        box = ".o_rb_search input"
        sample = self.watch.react(
            "input",
            box,
            lambda: self.page.fill(box, "101"),
            f"document.querySelector('{CELL}.is-hit')",
        )
        self.page.fill(box, "")
        return sample

    def zoom(self):
        """Enlarge until the larger cells are there."""
        larger, usual = "[data-zoom=normal]", "[data-zoom=dense]"
        self.page.click(usual)
        sample = self.watch.react(
            "pointerdown",
            larger,
            lambda: self.page.click(larger),
            "document.querySelector('.o_rb_canvas.is-normal .o_rb_no')",
        )
        self.page.click(usual)
        return sample

    def hear(self):
        """See a hold that somebody else has made."""
        number = self.page.get_attribute(FREE, "data-u")
        unit = self.env["realestate.unit"].browse(int(number))
        sample = self.watch.arrive(
            lambda: self._commit(unit.action_hold),
            f"document.querySelector('{CELL}.is-held[data-u=\"{number}\"]')",
        )
        self._commit(unit.action_release)
        self.page.wait_for_selector(f"{CELL}.is-available[data-u='{number}']")
        return sample

    def _commit(self, method):
        method()
        # The browser hears of what is committed only.
        self.env.cr.commit()


#: What is done, the name of it, the aim at the smaller size.
ACTS = [
    (Screen.open, "first paint of the grid", FIRST_PAINT),
    (Screen.point, "hover card", INTERACTION),
    (Screen.pin, "click on a unit", INTERACTION),
    (Screen.filter, "filter by a state", INTERACTION),
    (Screen.search, "search a number", INTERACTION),
    (Screen.zoom, "zoom", INTERACTION),
    (Screen.hear, "hold made elsewhere", ELSEWHERE),
]


def measure(env, login, projects, rounds):
    """Measure the boards of ``projects``, id by size, by turns; return the rows."""
    samples = {}
    with browser.serve(env) as url, browser.browse(url, login) as watch:
        screens = {
            size: Screen(watch, url, project, env) for size, project in projects.items()
        }
        for number in range(rounds + 1):
            for size, screen in screens.items():
                for act, label, _aim in ACTS:
                    sample = act(screen)
                    # The first round is for the caches.
                    if number:
                        samples.setdefault((label, size), []).append(sample)
                        print(f"    {size:,} units: {label}: {sample.wall:.0f} ms")
    return list(_rows(samples, sorted(projects)))


def _rows(samples, sizes):
    few, many = sizes
    for _act, label, aim in ACTS:
        own = samples[label, few]
        met = median(sample.wall for sample in own) <= aim
        told = {"aim": f"≤ {aim:,} ms", "met": met}
        yield row(f"{few:,} units: {label}", "screen", own, **told)
        growth = f"{ratio(samples[label, many], own)} that of {few:,}"
        large = samples[label, many]
        yield row(f"{many:,} units: {label}", "screen", large, ratio=growth)
