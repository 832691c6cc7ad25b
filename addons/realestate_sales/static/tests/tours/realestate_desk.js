import { registry } from "@web/core/registry";
import { choose, click, current, press, see, write } from "./helpers";

const tours = registry.category("web_tour.tours");

/** The officer agrees on a deposit and draws the contract up. */
tours.add("realestate_desk_deposit", {
    steps: () => [
        click(
            "agree on a deposit",
            ".o_statusbar_buttons button[name=action_open_deposit]",
        ),
        write("of this amount", ".o_field_widget[name=amount] input", "50000"),
        click("save it", ".o_form_button_save"),
        ...press("action_sign", "signed"),
        click("back to the reservation", "button[name=action_open_reservation]"),
        click(
            "make the contract",
            ".o_statusbar_buttons button[name=action_convert_and_open]",
        ),
        see(
            "the deposit is its first instalment",
            ".o_field_widget[name=installment_ids] .o_data_row:contains(50,000)",
        ),
        ...press("action_submit", "review"),
    ],
});

/** The supervisor approves. */
tours.add("realestate_desk_approve", {
    steps: () => press("action_approve", "approved"),
});

/** The officer issues the text, has it signed on paper and asks for the seal. */
tours.add("realestate_desk_sign", {
    steps: () => [
        click(
            "keep the text",
            ".o_statusbar_buttons button[name=action_ask_signatures]",
        ),
        see("it is kept", ".o_notebook .nav-link:contains(Signing)"),
        ...press("action_sign", "signed"),
        click(
            "ask for the seal",
            ".o_statusbar_buttons button[name=action_request_seal]",
        ),
        ...choose(".o_field_widget[name=seal_id] input", "Contract seal"),
        ...press("action_submit", "submitted"),
    ],
});

/** The leader approves the request, its keeper stamps. */
tours.add("realestate_desk_leader", {
    steps: () => press("action_approve", "approved"),
});
tours.add("realestate_desk_stamp", {
    steps: () => [
        click("stamp", ".o_statusbar_buttons button:contains(Stamp)"),
        click("all copies", ".modal-footer button:contains(Stamped)"),
        see("it is stamped", current("stamped")),
    ],
});

/** The archive files the original. */
tours.add("realestate_desk_archive", {
    steps: () => [
        click("file it", ".o_statusbar_buttons button:contains(File in a Box)"),
        ...choose(".modal .o_field_widget[name=box_id] input", "A-001"),
        write("at this place", ".modal .o_field_widget[name=position] input", "7"),
        click("file", ".modal-footer button[name=action_put_in_box]"),
        see("it is there", ".o_field_widget[name=archive_box_id]:contains(A-001)"),
    ],
});
