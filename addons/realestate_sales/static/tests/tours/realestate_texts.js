import { registry } from "@web/core/registry";
import { choose, click, see } from "./helpers";

/** Write the text of the version that is open, and save it. */
function write(text) {
    return [
        {
            content: `write ${text}`,
            trigger: ".o_field_widget[name=body] .odoo-editor-editable",
            run: `editor ${text}`,
        },
        click("save it", ".o_form_button_save"),
    ];
}

const STATE = ".o_statusbar_status .o_arrow_button_current";

registry.category("web_tour.tours").add("realestate_clause", {
    steps: () => [
        click("contracts", ".o_group_header:contains(Sales Contract)"),
        click("open the clause", ".o_data_row td[name=code]:contains(NOISE)"),
        click(
            "write a new version",
            ".o_data_row:contains(Approved) button[name=action_new_version]",
        ),
        see("it is a draft", `${STATE}[data-value=draft]`),

        // A broken placeholder is an error when it is saved, not when it is printed.
        ...write("Quiet after ten, {{ buyer.nmae }}."),
        see("it says which one", ".modal:contains(buyer.nmae)"),
        click("understood", ".modal-footer button"),
        ...write("Quiet after ten, {{ buyer.name }}."),
        see("it is saved", ".o_form_saved, .o_form_button_save:not(:visible)"),

        click("approve it", "button[name=action_approve]"),
        see("it is in force", `${STATE}[data-value=approved]`),
    ],
});

registry.category("web_tour.tours").add("realestate_paper_template", {
    steps: () => [
        click("open the template", ".o_data_row:contains(Test Contract) td[name=name]"),
        click("draft the next version", "button[name=action_new_version]"),
        see("it is a draft", `${STATE}[data-value=draft]`),
        click("add a clause", ".o_field_widget[name=line_ids] a:contains(Add a line)"),
        ...choose(".o_selected_row [name=clause_id] input", "Pets"),
        {
            content: "in two languages",
            trigger:
                ".o_field_widget[name=lang2] select, .o_field_widget[name=lang2] input",
            run: "click",
        },
        click("save it", ".o_form_button_save"),

        click("try it out", "button[name=action_preview]"),
        click("on the latest contract", ".modal button[name=action_show]"),
        see("the paper is drawn", ".modal [name=pdf] iframe"),
        click("close it", ".modal-footer button:contains(Close)"),

        click("approve it", "button[name=action_approve]"),
        see("it is in force", `${STATE}[data-value=approved]`),
    ],
});
