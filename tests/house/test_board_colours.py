"""The colours of the board can be told apart by everybody, in the light and the dark.

Ratios are those of WCAG 2: 4.5 for text, 3 for what has a meaning without being text.
The ways of seeing are simulated after Machado, Oliveira and Fernandes (2009).
"""

import re
from itertools import combinations

import pytest
from source import ADDONS, expect_none

THEME = ADDONS / "realestate_sales/static/src/board/board_theme.scss"
STATES = ["unreleased", "available", "held", "reserved", "contracted", "handed"]
GROUNDS = ["page", "surface", "raised", "sunken"]
TEXTS = ["ink", "ink-2", "ink-3", "accent", "up", "down"]
TEXT, SHAPE = 4.5, 3
#: Rows of the matrices on linear red, green and blue.
SEEING = {
    "all colours": [(1, 0, 0), (0, 1, 0), (0, 0, 1)],
    "no red": [
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ],
    "no green": [
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ],
    "no blue": [
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ],
}


def colours():
    """Return the colours by theme and name."""
    blocks = re.findall(
        r"\.o_rb_theme(\.is-dark)? \{(.*?)\n\}", THEME.read_text(), re.S
    )
    light, dark = (
        dict(re.findall(r"--rb-([\w-]+): (#[0-9a-f]{6});", text))
        for _dark, text in blocks[:2]
    )
    return {"light": light, "dark": {**light, **dark}}


def linear(colour):
    """Return red, green and blue as amounts of light."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour):
    """Return how light a colour is."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the ratio of two colours."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def lab(colour, seeing):
    """Return a colour as somebody sees it, in a space of even steps (Oklab)."""
    seen = [
        max(0, sum(a * b for a, b in zip(row, linear(colour), strict=True)))
        for row in SEEING[seeing]
    ]
    into = [
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    ]
    roots = [
        sum(a * b for a, b in zip(row, seen, strict=True)) ** (1 / 3) for row in into
    ]
    out = [
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    ]
    return [sum(a * b for a, b in zip(row, roots, strict=True)) for row in out]


def distance(one, other, seeing):
    """Return how far two colours are apart; 0.02 is about what is just seen."""
    pairs = zip(lab(one, seeing), lab(other, seeing), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def signs():
    """Return the sign of each state, and the colour it is drawn in."""
    found = {}
    for state in STATES:
        text = re.search(rf"--rb-{state}-sign: ?(.*?);\n", THEME.read_text(), re.S)[1]
        path = re.search(r"%3E(%3C.*?)%3C/svg", text)
        ink = re.search(r"(?:fill|stroke)='(white|%23[0-9a-f]{6})'", text)
        found[state] = (
            path and re.sub(r" (fill|stroke)='[^']*'", "", path[1]),
            ink and ink[1].replace("%23", "#").replace("white", "#ffffff"),
        )
    return found


@pytest.fixture(params=["light", "dark"])
def theme(request):
    """Give the colours of one theme, then of the other."""
    return colours()[request.param]


def test_the_rule_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert distance("#ff0000", "#00a000", "all colours") > 0.3
    assert distance("#a06000", "#608000", "no green") < 0.05


def test_text_can_be_read_on_every_ground(theme):
    wrong = [
        f"{text} on {ground}: {contrast(theme[text], theme[ground]):.2f}"
        for text in TEXTS
        for ground in GROUNDS
        if contrast(theme[text], theme[ground]) < TEXT
    ]
    expect_none(wrong)
    assert contrast(theme["accent-ink"], theme["accent"]) >= TEXT
    assert contrast(theme["accent"], theme["accent-soft"]) >= TEXT


def test_the_number_of_a_unit_can_be_read_in_every_state(theme):
    fills = {state: [theme[state]] for state in STATES}
    fills["held"].append(theme["held-2"])
    wrong = [
        f"{state}: {contrast(theme[f'{state}-ink'], fill):.2f}"
        for state, own in fills.items()
        for fill in own
        if contrast(theme[f"{state}-ink"], fill) < TEXT
    ]
    expect_none(wrong)


def test_every_unit_stands_out_from_what_is_behind_it(theme):
    wrong = [
        f"{state}: {contrast(theme[f'{state}-edge'], theme['surface']):.2f}"
        for state in STATES
        if contrast(theme[f"{state}-edge"], theme["surface"]) < SHAPE
    ]
    expect_none(wrong)


def test_every_state_has_a_sign_of_its_own_that_can_be_seen(theme):
    drawn = signs()
    assert [state for state, (path, _ink) in drawn.items() if not path] == [
        "unreleased",
        "available",
    ], "these two differ by the dashes of the edge"
    paths = [path for path, _ink in drawn.values() if path]
    assert len(set(paths)) == len(paths) == 4
    wrong = [
        f"{state}: {contrast(ink, theme[state]):.2f}"
        for state, (path, ink) in drawn.items()
        if path and contrast(ink, theme[state]) < SHAPE
    ]
    expect_none(wrong)


@pytest.mark.parametrize("seeing", SEEING)
def test_no_two_states_look_alike(theme, seeing):
    # Sold and handed over are both gone, not released is not there: signs suffice.
    close = {frozenset({"unreleased", "handed"}), frozenset({"contracted", "handed"})}
    wrong = [
        f"{one} and {other}: {distance(theme[one], theme[other], seeing):.3f}"
        for one, other in combinations(STATES, 2)
        if frozenset({one, other}) not in close
        and distance(theme[one], theme[other], seeing) < 0.06
    ]
    expect_none(wrong)
