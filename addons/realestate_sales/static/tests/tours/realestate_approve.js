import { registry } from "@web/core/registry";
import { click, see, write } from "./helpers";

const tours = registry.category("web_tour.tours");
const STATE = ".o_statusbar_status .o_arrow_button_current";

/** Card of an item of the review. */
function card(name) {
    return `.o_field_widget[name=review_ids] .o_kanban_record:contains(${name})`;
}

// The officer gives a discount and hands the contract in.
tours.add("realestate_hand_in", {
    steps: () => [
        click("see units and prices", ".nav-link[name=units]"),
        click("take something off the price", "button:contains(Discount on the Whole)"),
        write("five in a hundred", ".modal [name=percent] input", "5"),
        click("give it", ".modal button[name=action_give]"),
        see("the price follows", "[name=line_ids] [name=price]:contains(950,000.00)"),
        click("hand it in", "button[name=action_submit]"),
        see("it is in review", `${STATE}[data-value=review]`),
    ],
});

// A second person finds one point wrong and sends the contract back.
tours.add("realestate_review_wrong", {
    steps: () => [
        click("see the review", ".nav-link[name=review]"),
        see("the discount is shown", `${card("Price")}:contains(5.00 %)`),
        click("the area is right", `${card("Area")} button[name=action_ok]`),
        see("it says so", `${card("Area")} .badge:contains(Right)`),
        click("the price is not", `${card("Price")} button:contains(Wrong)`),
        write("say why", ".modal [name=remark] textarea", "Nobody promised five"),
        click("write it down", ".modal button[name=action_wrong]"),
        see("the card tells it", `${card("Price")}:contains(Nobody promised five)`),
        click("send it back", "button[name=action_send_back]"),
        see("it is a draft again", `${STATE}[data-value=draft]`),
    ],
});

// Once more, and everything is right.
tours.add("realestate_review_right", {
    steps: () => [
        click("see the review", ".nav-link[name=review]"),
        see("what was wrong", `${card("Price")}:contains(Nobody promised five)`),
        click("all is right now", "button[name=action_review_ok]"),
        see("the last one too", `${card("Terms")} .badge:contains(Right)`),
    ],
});

// The tier's approver reads and decides in My Approvals.
tours.add("realestate_decide", {
    steps: () => [
        click("open what waits", ".o_data_row .o_data_cell[name=name]"),
        see("what is approved", "[name=summary]:contains(T1-101)"),
        click("approve it", "button[name=action_approve]"),
        see("it is decided", `${STATE}[data-value=approved]`),
    ],
});

// On a phone the same is a card with two buttons.
tours.add("realestate_refuse_on_phone", {
    steps: () => [
        see("a card", ".o_kanban_record:contains(T1-10)"),
        click("refuse", ".o_kanban_record button:contains(Refuse)"),
        write("say why", ".modal [name=reason] textarea", "Too much"),
        click("it is refused", ".modal button:contains(Refuse)"),
        see("nothing waits any more", ".o_view_nocontent"),
    ],
});
