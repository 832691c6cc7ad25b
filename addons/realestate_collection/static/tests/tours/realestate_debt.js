import { registry } from "@web/core/registry";
import {
    click,
    current,
    press,
    see,
    write,
} from "@realestate_sales/../tests/tours/helpers";
import { act, pressAbove } from "./steps";

const tours = registry.category("web_tour.tours");
const part = ".o_field_widget[name=line_ids] .o_data_row";

// New dates for what is late: an officer writes them down, a manager approves, the
// officer offers, the buyer accepts.

tours.add("realestate_arrangement_ask", {
    steps: () => [
        ...pressAbove("the arrangements of the contract", "action_open_arrangements"),
        see("there is none", ".o_view_nocontent:contains(No arrangement yet)"),
        click("new dates", ".o_list_button_add"),
        see("what is late", ".o_field_widget[name=amount]:contains(200,000.00)"),
        write("in four parts", ".o_field_widget[name=part_count] input", "4"),
        click("look at what it means", ".nav-link[name=effect]"),
        see("month by month", ".o_realestate_simulation td:contains(50,000.00)"),
        click("back to the dates", ".nav-link[name=terms]"),
        see("the last of them", `${part}:nth-child(4):contains(50,000.00)`),
        ...press("action_submit", "submitted"),
        see(
            "it is for somebody else to approve",
            ".o_statusbar_buttons:not(:has(button[name=action_approve]))",
        ),
    ],
});

tours.add("realestate_arrangement_approve", {
    steps: () => [
        see("what is asked for", `${part}:contains(50,000.00)`),
        ...press("action_approve", "approved"),
    ],
});

tours.add("realestate_arrangement_offer", {
    steps: () => [
        ...press("action_offer", "offered"),
        see("until when it stands", ".o_field_widget[name=date_expiry]"),
    ],
});

tours.add("realestate_arrangement_accept", {
    steps: () => [
        click("the offer", ".card:contains(New payment dates) a:contains(See)", {
            expectUnloadPage: true,
        }),
        see("its parts", "tbody tr:nth-child(4):contains(50,000.00)"),
        click("accept it", "form button[name=accept]", { expectUnloadPage: true }),
        see("thanks", ".alert-success:contains(hold from now on)"),
        see("it is agreed", ".card:contains(Agreed)"),
        see("nothing is asked any more", "#wrap:not(:has(button[name=accept]))"),
    ],
});

// A debt is given up: an officer proposes, a manager approves, an accountant books.

tours.add("realestate_debt_propose", {
    steps: () => [
        ...act("what to do with the debt", "Bad-Debt Proposal"),
        see("the debt", ".o_field_widget[name=amount]:contains(200,000.00)"),
        see("the ways", ".o_field_widget[name=option_ids] .o_data_row:nth-child(5)"),
        click(
            "give it up",
            ".o_field_widget[name=kind] .o_radio_item:contains(Write Off) input",
        ),
        see(
            "all of it",
            ".o_field_widget[name=amount_given_up] input:value(200,000.00)",
        ),
        write("why", ".o_field_widget[name=reason] textarea", "Left the country"),
        ...press("action_submit", "submitted"),
    ],
});

tours.add("realestate_debt_approve", {
    steps: () => [
        see("why", ".o_field_widget[name=reason]:contains(Left the country)"),
        ...press("action_approve", "approved"),
    ],
});

tours.add("realestate_debt_write_off", {
    steps: () => [
        click("write it off", ".o_statusbar_buttons button[name=action_execute]"),
        click("yes", ".modal-footer .btn-primary"),
        see("the entry is posted", current("posted")),
        click("back to the proposal", ".o_back_button a"),
        see("it is carried out", current("executed")),
        click("the entry again", "button[name=action_open_result]"),
        see("it is the same", current("posted")),
    ],
});
