"""What meets the eye and the ear on the collector's desk; nothing leaves the screen."""

import pytest
from desks import HEAD, ROW, open_desk
from looks import NAMELESS, expect_readable

DESK = ".o_rd"
SIZES = {"laptop": (1366, 768), "tablet": (1180, 820), "upright": (820, 1180)}
#: Controls that reach over the edge, or are too small for a finger.
OUTSIDE = """(width) => [...document.querySelectorAll(".o_rd button, .o_rd input")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest(".o_rd_panel, .o_rd_panel_tabs, .visually-hidden"))
    .map((one) => [one.className || one.outerHTML, one.getBoundingClientRect()])
    .filter(([, box]) => box.right > width + 1 || box.left < -1 || box.height < 16)
    .map(([name, box]) => `${name} ${JSON.stringify(box)}`)"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read(open_seat, server, theme):
    seat = open_seat()
    page = open_desk(seat, server)
    if theme == "dark":
        page.click("[data-do=theme]")
        page.wait_for_selector(".o_rd.is-dark")
    for panel in ("timeline", "schedule", "ledger", "notices", "agreements"):
        page.click(f"[role=tab][data-panel={panel}]")
        page.wait_for_selector(f".o_rd_panel[data-panel={panel}][aria-busy=false]")
        expect_readable(page, 40, DESK)
    page.click("[data-outcome=promised]")
    expect_readable(page, 40, DESK)
    page.click("[data-outcome=refused]")
    expect_readable(page, 40, DESK)
    page.click("[data-do=help]")
    page.wait_for_selector(".o_rd_help")
    expect_readable(page, 15, ".o_rd_help")
    assert not seat.errors


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_team_can_be_read(open_seat, server, theme):
    seat = open_seat()
    seat.log_in(server.url, "manager")
    seat.page.evaluate(
        f"localStorage.setItem('realestate_collection.desk.theme', '{theme}')"
    )
    page = open_desk(seat, server, "manager", "collection-team")
    expect_readable(page, 20, DESK)
    page.click(".o_rd_officer >> nth=0")
    page.wait_for_selector(".o_rd_cases")
    expect_readable(page, 20, DESK)
    assert page.evaluate(NAMELESS, DESK) == []
    assert not seat.errors


@pytest.mark.parametrize("size", SIZES)
def test_nothing_leaves_the_screen(open_seat, server, size):
    width, height = SIZES[size]
    seat = open_seat(has_touch=True)
    seat.page.set_viewport_size({"width": width, "height": height})
    seat.log_in(server.url, "collector")
    page = seat.page
    page.goto(f"{server.url}/odoo/collection-desk")
    page.wait_for_selector(".o_rd_tab", state="attached")
    page.wait_for_timeout(800)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE, width) == []
    if size == "upright":
        page.tap("[data-do=queue]")
        page.wait_for_timeout(400)
        assert page.evaluate(OUTSIDE, width) == []
        page.tap("[data-tab=all]")
        page.wait_for_timeout(600)
        page.tap(f"{ROW} >> nth=0")
        page.wait_for_selector(HEAD)
    if size != "laptop":
        page.tap("[data-do=side]")
        page.wait_for_timeout(400)
        page.tap("[data-outcome=no_answer]")
        page.wait_for_selector("[data-do=save_next]")
        assert page.evaluate(OUTSIDE, width) == []
    assert not seat.errors


def test_a_screen_reader_finds_its_way(open_seat, server):
    seat = open_seat()
    page = open_desk(seat, server)
    page.click("[data-outcome=no_answer]")
    assert page.evaluate(NAMELESS, DESK) == []
    said = page.get_attribute(f"{ROW}.is-current", "aria-label")
    assert "late" in said
    # The list says which of its options is meant.
    meant = page.get_attribute("[role=listbox]", "aria-activedescendant")
    assert page.get_attribute(f"#{meant}", "aria-selected") == "true"
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    for name in ("tablist", "radiogroup", "listbox"):
        assert page.locator(f".o_rd [role={name}]:not([aria-label])").count() == 0
    # Every tab, radio and option is in its list.
    orphans = (
        "[role=tab]:not([role=tablist] *), [role=radio]:not([role=radiogroup] *),"
        "[role=option]:not([role=listbox] *)"
    )
    assert page.locator(orphans).count() == 0


def test_what_is_lost_is_told_and_tried_again(open_seat, server):
    seat = open_seat()
    page = open_desk(seat, server)
    page.route("**/get_account**", lambda route: route.abort())
    # The next account is at hand already; those after it are not.
    for _account in range(4):
        page.keyboard.press("j")
        page.wait_for_timeout(300)
    page.wait_for_selector(".o_rd_account [role=alert]")
    expect_readable(page, 30, DESK)
    page.unroute("**/get_account**")
    page.click(".o_rd_account [role=alert] button")
    page.wait_for_selector(HEAD)
