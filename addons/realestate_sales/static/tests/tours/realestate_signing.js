import { registry } from "@web/core/registry";
import { click, current, see } from "./helpers";

const tours = registry.category("web_tour.tours");

/** From the list of what is ready to the invitation. */
tours.add("realestate_signing_invite", {
    steps: () => [
        see("the contract is ready", ".o_data_row:contains(T1-102)"),
        click(
            "make its appointment",
            ".o_data_row:contains(T1-102) button[name=action_open_signing]",
        ),
        see(
            "the desk is proposed",
            ".o_field_widget[name=desk_id] input:value(Main Desk)",
        ),
        click("save it", ".o_form_button_save"),
        see("it is planned", current("planned")),
        click("invite the buyers", ".o_statusbar_buttons button[name=action_invite]"),
        see("they are invited", current("invited")),
    ],
});

/** The buyer answers. */
tours.add("realestate_signing_portal", {
    steps: () => [
        click("open the appointment", "section a[href*='/signing']", {
            expectUnloadPage: true,
        }),
        see("what to bring is said", "section:contains(Please bring along)"),
        click("confirm it", "button[name=confirm]", { expectUnloadPage: true }),
        see("the desk expects the buyer", ".alert-success:contains(we expect you)"),
    ],
});

/** At the desk. */
tours.add("realestate_signing_done", {
    steps: () => [
        see("it is confirmed", current("confirmed")),
        click("they have signed", ".o_statusbar_buttons button[name=action_done]"),
        see("it is done", current("done")),
    ],
});
