import { registry } from "@web/core/registry";
import { click, see, write } from "./helpers";

const tours = registry.category("web_tour.tours");
const STATE = ".o_statusbar_status .o_arrow_button_current";

function button(name) {
    return `.o_statusbar_buttons button:contains(${name})`;
}

/** A filing goes out, comes back, goes out again and is accepted. */
tours.add("realestate_filing", {
    steps: () => [
        click("the filing that waits", ".o_data_row:contains(T1-104) td[name=name]"),
        see("it knows its deadline", ".o_field_widget[name=date_due]"),
        see(
            "and the law it comes from",
            ".o_field_widget[name=source]:contains(Art. 26)",
        ),
        click("its papers are complete", button("Prepared")),
        see("so it is prepared", `${STATE}:contains(Prepared)`),
        click("it is handed in", button("Submitted")),
        click("today", ".modal button[name=action_record]"),
        see("it is at the authority", `${STATE}:contains(Submitted)`),
        click("which sends it back", button("Rejected")),
        write(
            "for a reason",
            ".modal .o_field_widget[name=reason] textarea",
            "The seal is not legible",
        ),
        click("kept with it", ".modal button[name=action_record]"),
        see("everybody reads why", ".alert-warning:contains(The seal is not legible)"),
        click("it is put right", button("Prepared")),
        see("prepared again", `${STATE}:contains(Prepared)`),
        click("handed in again", button("Submitted")),
        click("today", ".modal button[name=action_record]"),
        see("at the authority again", `${STATE}:contains(Submitted)`),
        click("which accepts it", button("Accepted")),
        write(
            "under its number",
            ".modal .o_field_widget[name=number] input",
            "BA-2026-1",
        ),
        click("recorded", ".modal button[name=action_record]"),
        see("accepted", `${STATE}:contains(Accepted)`),
        see("with its number", ".o_field_widget[name=number]:contains(BA-2026-1)"),
        click("what happened", "a.nav-link[name=steps]"),
        see("seven steps", ".o_field_widget[name=step_ids] .o_data_row:nth-child(7)"),
    ],
});

/** A file to the authority: looked at, then written. */
tours.add("realestate_filing_exchange", {
    steps: () => [
        click("a new file", ".o_list_button_add"),
        click("its format", ".o_field_widget[name=format_id] input"),
        click(
            "the only one",
            ".o_field_widget[name=format_id] .ui-menu-item a:contains(Authority)",
        ),
        click("save it", ".o_form_button_save"),
        click("all that is prepared", button("Take All Prepared")),
        see(
            "three filings",
            ".o_field_widget[name=filing_ids] .o_data_row:nth-child(3)",
        ),
        click("look at it first", button("Look at It")),
        see("nothing is wrong", ".alert-success:contains(rows, no problem)"),
        click("write it", button("Write the File")),
        see("done", `${STATE}:contains(Done)`),
        see("there is a file", ".o_field_widget[name=file]"),
    ],
});
