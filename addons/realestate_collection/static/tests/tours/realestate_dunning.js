import { registry } from "@web/core/registry";
import {
    click,
    current,
    press,
    see,
    write,
} from "@realestate_sales/../tests/tours/helpers";
import { download, pressAbove } from "./steps";

const tours = registry.category("web_tour.tours");
const total = ".o_field_widget[name=total_ids] .o_data_row";
const explanation = ".modal .o_field_widget[name=explanation]";
const held = ".alert-warning:contains(Waits for her bank)";

// A collector looks at what a run would send, and asks for its release.
tours.add("realestate_dunning_simulate", {
    steps: () => [
        see("no run yet", ".o_view_nocontent"),
        click("simulate one", "button[name=action_simulate]"),
        see("nothing is sent", current("simulated")),
        see("two buyers", `${total} [name=contract_count]:contains(/^2$/)`),
        see("together", `${total} [name=amount]:contains(300,000.00)`),
        ...download(
            "a letter as it would be",
            `${total} button[name=action_open_sample]`,
            "application/pdf",
        ),
        click("who they are", `${total} button[name=action_open_decisions]`),
        see("one of them", ".o_data_row:contains(Maria Buyer):contains(200,000.00)"),
        see("the other", ".o_data_row:contains(Paul Second):contains(100,000.00)"),
        click("back to the run", ".o_back_button a"),
        ...press("action_ask_release", "asked"),
        see(
            "it is for somebody else to release",
            ".o_statusbar_buttons:not(:has(button[name=action_approve]))",
        ),
    ],
});

// A manager finds it among those to release, reads it and lets it go.
tours.add("realestate_dunning_release", {
    steps: () => [
        click("the run that waits", ".o_data_row:contains(To Release) [name=date]"),
        see("what it would send", `${total} [name=amount]:contains(300,000.00)`),
        click("approve it", ".o_statusbar_buttons button[name=action_approve]"),
        click("yes", ".modal-footer .btn-primary"),
        see("it is being sent", current("queued")),
        see("one paid meanwhile", "button[name=action_open_dropped]:contains(1)"),
        click("whom it goes to", "button[name=action_open_notices]"),
        see("the one who is late", ".o_data_row:contains(Maria Buyer)"),
        see("and nobody else", ".o_list_view:not(:has(.o_data_row:contains(Paul)))"),
    ],
});

// Why is she written to? She should not be: stopped, asked about again, resumed.
tours.add("realestate_dunning_stop", {
    steps: () => [
        ...pressAbove("why is she dunned", "action_explain_dunning"),
        see("she would be", `${explanation}:contains(To be sent)`),
        see("for this", `${explanation}:contains(200,000.00)`),
        click("stop it", ".modal-footer button:contains(Stop Dunning)"),
        write("why", ".modal [name=reason] input", "Waits for her bank"),
        click("stopped", ".modal-footer button[name=action_apply]"),
        see("the contract says so", `.o_form_view ${held}`),
        ...pressAbove("why is she not dunned", "action_explain_dunning"),
        see("nothing is sent", `${explanation}:contains(Nothing is sent)`),
        see("for that reason", `${explanation}:contains(Waits for her bank)`),
        click("what of another day", ".modal [name=date] button"),
        write(
            "before it was stopped",
            ".modal [name=date] input",
            luxon.DateTime.now().minus({ days: 3 }).toFormat("MM/dd/yyyy"),
        ),
        click("look", ".modal .modal-header"),
        see("rebuilt", `${explanation}:contains(Rebuilt)`),
        see("she would have been", `${explanation}:contains(To be sent)`),
        click("let it go on", ".modal-footer button:contains(Resume Dunning)"),
        see("one contract", ".modal [name=stopped_count]:contains(1)"),
        click("resumed", ".modal-footer button[name=action_apply]"),
        see("nothing holds it", `.o_form_view:not(:has(${held}))`),
    ],
});
