"""What meets the eye and the ear on the board: contrast, touch, names, no errors."""

import pytest
from boards import cell, open_board

#: Finds the texts whose contrast with what is painted behind them is below that of WCAG
#: 2 AA. What is filtered out or cannot be pressed is inactive, which WCAG leaves out.
FAINT_TEXTS = """() => {
    const canvas = document.createElement("canvas").getContext("2d", {
        willReadFrequently: true,
    });
    const read = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return { parts: [red, green, blue], alpha: alpha / 255 };
    };
    const over = (top, below, alpha) =>
        top.map((part, place) => part * alpha + below[place] * (1 - alpha));
    const behind = (element) => {
        if (!element) {
            return [255, 255, 255];
        }
        const { parts, alpha } = read(getComputedStyle(element).backgroundColor);
        return alpha === 1 ? parts : over(parts, behind(element.parentElement), alpha);
    };
    const opacity = (element) =>
        element
            ? getComputedStyle(element).opacity * opacity(element.parentElement)
            : 1;
    const light = (parts) => {
        const [red, green, blue] = parts
            .map((part) => part / 255)
            .map((p) => (p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const inactive = ".is-dim, :disabled, .visually-hidden, .fa, kbd";
    const faint = new Set();
    let texts = 0;
    for (const root of document.querySelectorAll(".o_rb, .o_rb_menu")) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            const text = walker.currentNode.data.trim();
            if (!text || element.closest(inactive) || !element.checkVisibility()) {
                continue;
            }
            texts++;
            const style = getComputedStyle(element);
            const ground = behind(element);
            const { parts, alpha } = read(style.color);
            const ink = over(parts, ground, alpha * opacity(element));
            const [dark, bright] = [light(ink), light(ground)].sort((a, b) => a - b);
            const ratio = (bright + 0.05) / (dark + 0.05);
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            if (ratio < (isLarge ? 3 : 4.5)) {
                faint.add(`${text}: ${ratio.toFixed(2)} in ${element.className}`);
            }
        }
    }
    return [texts, [...faint]];
}"""


def expect_readable(page, least):
    """Fail when a text is faint, or when there are fewer texts than there should be."""
    # What rises or fades in is not there yet.
    page.wait_for_timeout(400)
    texts, faint = page.evaluate(FAINT_TEXTS)
    assert not faint
    assert texts >= least


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


#: Whatever can be reached needs a name; a grid needs its rows and cells.
NAMELESS = """() => [...document.querySelectorAll(".o_rb button, .o_rb input, [role]")]
    .filter((one) => one.closest(".o_rb") && one.checkVisibility())
    .filter((one) => !one.matches("[role=presentation], [role=rowgroup], [role=row]"))
    .filter((one) => {
        const named = one.querySelector("[aria-label]") || one;
        const name = named.getAttribute("aria-label") || one.title || one.innerText;
        return !name?.trim() && one.getAttribute("role") !== "status";
    })
    .map((one) => one.outerHTML.slice(0, 120))"""


def test_a_screen_reader_finds_its_way(open_seat, server, free_unit):
    seat = open_board(open_seat, server, "agent", free_unit)
    page = seat.page
    assert page.evaluate(NAMELESS) == []
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
