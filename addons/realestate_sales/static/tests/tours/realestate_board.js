import { registry } from "@web/core/registry";
import { click, see, write } from "./helpers";

const tours = registry.category("web_tour.tours");

/** The cell of a unit by its number. */
function cell(number) {
    return `.o_rb_cell[aria-label^='Unit ${number},']`;
}

function press(name, element, options = {}) {
    const event = { key: name, bubbles: true, cancelable: true, ...options };
    element.dispatchEvent(new KeyboardEvent("keydown", event));
}

/** Press a key on the element that has the focus. */
function key(content, name, options = {}) {
    return {
        content,
        trigger: ".o_rb",
        run: () => press(name, document.activeElement, options),
    };
}

tours.add("realestate_board", {
    steps: () => [
        // Hold and release.
        click("choose a free unit", `${cell(101)}.is-available`),
        click("hold it", ".o_rb_card.is-pinned [data-do=hold]"),
        see("it is held", `${cell(101)}.is-held.is-mine`),
        see("the legend counts it", ".o_rb_state[data-state=held] b:contains(/^2$/)"),
        click("choose it again", cell(101)),
        click("release it", ".o_rb_card.is-pinned [data-do=release]"),
        see("it is free", `${cell(101)}.is-available`),

        // Filter by state, by type.
        click("look for the held", ".o_rb_state[data-state=held]"),
        see("the others are dimmed", `${cell(101)}.is-dim`),
        click("look for all states", ".o_rb_state[data-state=held]"),
        see("nothing is dimmed", `${cell(101)}:not(.is-dim)`),
        click("open the types", ".o_rb_pick[data-facet=type]"),
        click("choose a type", ".o_rb_option:contains(2BR)"),
        see("other types are dimmed", `${cell(101)}.is-dim`),
        see("the type stays", `${cell(105)}:not(.is-dim)`),
        click("take the filter away", ".o_rb_clear"),
        see("all are back", `${cell(101)}:not(.is-dim)`),

        // Search.
        write("search a number", ".o_rb_search input", "203"),
        see("it is marked", `${cell(203)}.is-hit`),
        see("nothing else is", `.o_rb:not(:has(${cell(202)}.is-hit))`),

        // Keys: from 203 down and left to 102, hold.
        {
            content: "go into the grid",
            trigger: ".o_rb_search input",
            run: () => press("ArrowDown", document.querySelector(".o_rb_search input")),
        },
        see("the unit has the focus", `${cell(203)}:focus`),
        key("a floor down", "ArrowDown"),
        see("the unit below has the focus", `${cell(103)}:focus`),
        key("one to the left", "ArrowLeft"),
        see("the unit beside has the focus", `${cell(102)}:focus`),
        key("choose it", " "),
        see("it is chosen", `${cell(102)}[aria-selected=true]`),
        key("never mind", "Escape"),
        see("it is not", `${cell(102)}[aria-selected=false]`),
        key("what can be done", "Enter"),
        see("the first thing has the focus", ".o_rb_card [data-do=hold]:focus"),
        click("hold it", ".o_rb_card [data-do=hold]"),
        see("it is held", `${cell(102)}.is-held`),

        // Compare.
        click("choose one", cell(104)),
        click("compare it", ".o_rb_card [data-do=compare]"),
        click("choose another", cell(103)),
        click("with this one", ".o_rb_card [data-do=compare]"),
        click("choose a third", cell(105)),
        click("and this one", ".o_rb_card [data-do=compare]"),
        click("choose a fourth", cell(205)),
        click("which is too much", ".o_rb_card [data-do=compare]"),
        see("one is told so", ".o_notification:contains(Three units)"),
        key("leave it", "Escape"),
        click("side by side", ".o_rb_dock [data-do=open_compare]"),
        see(
            "all are there",
            ".o_rb_compare thead:has(th:contains(105)) th:contains(103)",
        ),
        see("the fourth is not", ".o_rb_compare:not(:contains(205))"),
        see("the focus is in the sheet", ".o_rb_panel button:focus"),
        see("the type differs", ".o_rb_compare tr.is-different th:contains(Type)"),
        key("close it", "Escape"),
        see("it is closed", ".o_rb:not(:has(.o_rb_compare))"),

        // Wait for what somebody else holds.
        click("choose what another one holds", `${cell(202)}.is-held`),
        see("it cannot be held", ".o_rb_card.is-pinned:not(:has([data-do=hold]))"),
        click("wait for it", ".o_rb_card.is-pinned [data-do=wait]"),
        see("one is told so", ".o_notification:contains(waiting list of 202)"),

        // Reserve.
        click("choose a free one", cell(104)),
        click("reserve it", ".o_rb_card.is-pinned [data-do=reserve]"),
        see(
            "the form knows the unit",
            ".o_form_view .o_field_widget[name=unit_id] input:value(T1-104)",
        ),
        click("leave it, back to the board", ".o_form_button_cancel"),
        see("the search is as it was", `${cell(203)}.is-hit`),
    ],
});

/** Withdraw what is chosen: that asks why. */
function withdraw() {
    return [
        click("withdraw them", ".o_rb_dock [data-do=withdraw]"),
        write("say why", ".modal [name=reason] textarea", "Kept for the next season"),
        click("now", ".modal button[name=action_withdraw]"),
    ];
}

tours.add("realestate_board_market", {
    steps: () => [
        click("pick several", "[data-do=pick]"),
        click("the first of the upper floor", cell(201)),
        {
            content: "to the last",
            trigger: cell(205),
            run: ({ anchor }) => {
                const event = { bubbles: true, cancelable: true, shiftKey: true };
                anchor.dispatchEvent(new MouseEvent("click", event));
            },
        },
        see("five are chosen", ".o_rb_dock_count:contains(5)"),
        click("what do they cost", ".o_rb_dock [data-do=prices]"),
        see("each has a line", ".o_rb_price_table tbody tr:nth-child(5)"),
        key("close it", "Escape"),
        ...withdraw(),
        see("they are off the market", `${cell(205)}.is-unreleased`),
        see("they are still chosen", `${cell(201)}.is-selected`),
        see("a screen reader hears it", "[role=status]:contains(5 units are off)"),
        click("put them back", ".o_rb_dock [data-do=to_market]"),
        see("they are on the market", `${cell(205)}.is-available`),
        click("choose nothing", ".o_rb_dock [data-do=clear]"),

        // What a filter leaves, chosen at once.
        click("open the types", ".o_rb_pick[data-facet=type]"),
        click("choose a type", ".o_rb_option:contains(1BR)"),
        click("these", ".o_rb_filters [data-do=select_matching]"),
        see("three are chosen", ".o_rb_dock_count:contains(3)"),
        click("think of it", ".o_rb_dock [data-do=withdraw]"),
        click("and think again", ".modal .btn-close, .modal [special=cancel]"),
        see(
            "a screen reader hears it",
            "[role=status]:contains(Nothing was withdrawn)",
        ),
        ...withdraw(),
        see("they are off the market", `${cell(101)}.is-unreleased`),
    ],
});

tours.add("realestate_board_attached", {
    steps: () => [
        see("the parking is marked", `${cell("P1")}.is-available.is-attached`),
        see("a screen reader says why", `${cell("P1")}[aria-label*='sold with 101']`),
        see("the other one is free", `${cell("P2")}.is-available:not(.is-attached)`),
        see("the legend counts it", "[data-state=available]:contains(1 with a home)"),
        click("choose the parking", cell("P1")),
        see("it is not held by itself", ".o_rb_card:not(:has([data-do=hold]))"),
        click("go to its home", ".o_rb_card [data-do=main]"),
        see("which says what is with it", ".o_rb_card.is-pinned dd:contains(P1)"),
        click("hold both", ".o_rb_card.is-pinned [data-do=hold]"),
        see("both are held", `${cell("P1")}.is-held:not(.is-attached)`),
        see("the legend says no more", "[data-state=available]:not(:contains(with a))"),
        click("open the kinds of sale", ".o_rb_pick[data-facet=attached]"),
        click("what is sold by itself", ".o_rb_option:contains(By itself)"),
        see("the parking is dimmed", `${cell("P1")}.is-dim`),
        see("its home is not", `${cell(101)}:not(.is-dim)`),
    ],
});

tours.add("realestate_board_keys", {
    steps: () => [
        see("the board is there", cell(101)),
        key("to the search", "/"),
        see("the search has the focus", ".o_rb_search input:focus"),
        { content: "a number", trigger: ".o_rb_search input", run: "edit 203" },
        {
            content: "into the grid",
            trigger: `.o_rb:has(${cell(203)}.is-hit) .o_rb_search input`,
            run: () => press("ArrowDown", document.querySelector(".o_rb_search input")),
        },
        see("the unit has the focus", `${cell(203)}:focus`),
        key("to the first of the floor", "Home"),
        see("it has the focus", `${cell(201)}:focus`),
        key("two more with Shift", "ArrowRight", { shiftKey: true }),
        see("the first is chosen", `${cell(201)}[aria-selected=true]`),
        see("and the second", `${cell(202)}[aria-selected=true]:focus`),
        key("choose nothing", "Escape"),
        see("nothing is chosen", `${cell(201)}[aria-selected=false]`),
        key("all of them", "a", { ctrlKey: true }),
        see("ten are chosen", ".o_rb_dock_count:contains(10)"),
        key("nothing again", "Escape"),
        see("nothing is chosen", `${cell(202)}[aria-selected=false]`),
        key("what can be done", "Enter"),
        see("the first thing has the focus", ".o_rb_card [data-do=hold]:focus"),
        {
            content: "hold it, as Enter does on a button",
            trigger: ".o_rb_card [data-do=hold]",
            run: () => document.activeElement.click(),
        },
        see("it is held and has the focus", `${cell(202)}.is-held.is-mine:focus`),
        see("a screen reader says so", `${cell(202)}[aria-label*='by you']`),
        see("and that it is done", "[role=status]:contains(202)"),
        key("once more", "Enter"),
        see("it can be reserved", ".o_rb_card [data-do=reserve]:focus"),
        key("leave it", "Escape"),
        see("back on the unit", `${cell(202)}:focus`),
    ],
});

tours.add("realestate_board_hall", {
    steps: () => [
        see("the held one is shown", `${cell(102)}.is-held`),
        click("touch a free one", `${cell(101)}.is-available`),
        see("what it is", ".o_rb_card.is-pinned"),
        see("nothing can be done", ".o_rb_card:not(:has(button))"),
        click("touch the held one", cell(102)),
        see("nobody is named", ".o_rb_card:not(:contains(By))"),
    ],
});

tours.add("realestate_board_hall_only", {
    steps: () => [
        see("it starts with the hall", `.o_rb.is-hall ${cell(102)}.is-held`),
        see("full screen, nothing around it", "body:not(:has(.o_main_navbar))"),
        see("it cannot be left", ".o_rb_tools:not(:has([data-do=leave]))"),
    ],
});
