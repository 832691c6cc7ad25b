"""What meets the eye and the ear on the board: contrast, touch, names, no errors."""

import pytest
from boards import cell, open_board
from looks import NAMELESS, expect_readable


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["sales-board", "sales-hall"])
def test_every_text_can_be_read(open_seat, server, free_unit, theme, path):
    seat = open_board(open_seat, server, "supervisor", free_unit, path)
    page = seat.page
    if theme == "dark":
        page.click("[data-do=theme]")
        page.wait_for_selector(".o_rb.is-dark")
    # The last one has everything in sight, in a project of any size.
    for zoom in ("large", "normal", "dense"):
        page.click(f"[data-zoom={zoom}]")
        expect_readable(page, 30)
    page.click(cell(free_unit))
    page.wait_for_selector(".o_rb_card.is-pinned")
    expect_readable(page, 40)
    page.keyboard.press("Escape")
    if path == "sales-board":
        page.click(".o_rb_state[data-state=available]")
        page.click("[data-do=select_matching]")
        page.click(".o_rb_pick[data-facet=price]")
        page.wait_for_selector(".o_rb_menu")
        expect_readable(page, 40)
    assert not seat.errors


def test_a_tablet_is_enough(open_seat, server, free_unit):
    seat = open_seat(has_touch=True, is_mobile=True)
    page = seat.page
    page.set_viewport_size({"width": 820, "height": 1180})
    open_board(lambda: seat, server, "agent", free_unit)
    assert page.evaluate("document.documentElement.scrollWidth") <= 820
    inside = """() => [...document.querySelectorAll(".o_rb button, .o_rb input")]
        .filter((one) => one.checkVisibility() && !one.closest(".o_rb_canvas"))
        .map((one) => [one.className, one.getBoundingClientRect()])
        .filter(([, box]) => box.right > 821 || box.left < 0 || box.height < 24)
        .map(([name, box]) => `${name} ${JSON.stringify(box)}`)"""
    assert page.evaluate(inside) == []

    page.tap("[data-zoom=dense]")
    page.tap(cell(free_unit))
    page.wait_for_selector(".o_rb_card.is-pinned [data-do=hold]")
    box = page.locator(".o_rb_card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 820
    page.tap(".o_rb_card [data-do=compare]")
    page.wait_for_selector(cell(free_unit, ".is-compared"))
    page.keyboard.press("Escape")
    page.tap("[data-do=pick]")
    page.tap(cell(free_unit))
    page.wait_for_selector(cell(free_unit, ".is-selected"))
    assert not seat.errors


def test_a_screen_reader_finds_its_way(open_seat, server, free_unit):
    seat = open_board(open_seat, server, "agent", free_unit)
    page = seat.page
    assert page.evaluate(NAMELESS, ".o_rb") == []
    assert page.locator(".o_rb [role=grid]:not([aria-label])").count() == 0
    orphans = "[role=gridcell]:not([role=row] *), [role=row]:not([role=grid] *)"
    assert page.locator(orphans).count() == 0
    # One stop for Tab in all the buildings together.
    assert page.locator(".o_rb [role=gridcell][tabindex='0']").count() == 1
    said = page.get_attribute(cell(free_unit), "aria-label")
    assert said.startswith(f"Unit {free_unit['number']}, Available")
    page.click(".o_rb_state[data-state=contracted]")
    page.wait_for_selector(cell(free_unit, ".is-dim"))
    assert page.get_attribute(cell(free_unit), "aria-label").endswith("filtered out")


def test_from_the_right_the_first_unit_stands_on_the_right(
    open_seat, server, free_unit
):
    seat = open_board(open_seat, server, "agent", free_unit)
    page = seat.page
    # As the style sheets of such languages do.
    page.evaluate("document.querySelector('.o_rb').style.direction = 'rtl'")
    page.keyboard.press("/")
    page.keyboard.type(free_unit["number"])
    page.keyboard.press("ArrowDown")
    place = "document.activeElement.getBoundingClientRect().x"
    page.wait_for_function("document.activeElement.matches('.o_rb_cell')")
    page.keyboard.press("Home")
    page.wait_for_timeout(300)
    first = page.evaluate(place)
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    assert page.evaluate(place) < first
    level = ".o_rb_floor:has(:focus) .o_rb_level"
    assert page.locator(level).bounding_box()["x"] > first
