import { waitUntil } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { choose, press, write } from "./helpers";

/** Whether the browser has received a paper. */
function isPrinted() {
    const answers = performance.getEntriesByType("resource");
    return answers.some((answer) => answer.name.includes("/report/download"));
}

registry.category("web_tour.tours").add("realestate_sell", {
    steps: () => [
        {
            content: "write a new reservation",
            trigger: ".o_list_button_add",
            run: "click",
        },
        ...choose(".o_field_widget[name=partner_id] input", "Maria Buyer"),
        ...choose(".o_field_widget[name=unit_id] input", "T1-101"),
        ...choose(".o_field_widget[name=plan_id] input", "20 % down"),
        write("ask for a fee", ".o_field_widget[name=fee] input", "20000"),
        {
            content: "save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        ...press("action_confirm", "confirmed"),
        {
            content: "make the contract",
            trigger: "button[name=action_convert_and_open]",
            run: "click",
        },
        {
            content: "the contract has its schedule",
            trigger: ".o_field_widget[name=installment_ids] .o_data_row",
        },
        ...press("action_submit", "review"),
        ...press("action_approve", "approved"),
        ...press("action_sign", "signed"),
        ...press("action_seal", "sealed"),
        ...press("action_activate", "active"),
        {
            content: "print it",
            trigger: ".o_statusbar_buttons button:contains(Print)",
            run: "click",
        },
        {
            content: "the paper arrives",
            trigger: "body",
            run: () => waitUntil(isPrinted, { timeout: 20000 }),
        },
    ],
});
