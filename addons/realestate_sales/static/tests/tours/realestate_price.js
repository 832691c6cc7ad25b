import { registry } from "@web/core/registry";
import { choose, click, see } from "./helpers";

function type(content, field, text) {
    const row = ".o_field_widget[name=rule_ids] .o_selected_row";
    return {
        content,
        trigger: `${row} [name=${field}] input`,
        run: `edit ${text}`,
    };
}

registry.category("web_tour.tours").add("realestate_price", {
    steps: () => [
        click("write a new version", ".o_list_button_add"),
        ...choose(".o_field_widget[name=project_id] input", "East Residences"),
        click("add a rule", ".o_field_widget[name=rule_ids] a:contains(Add a line)"),
        type("name it", "name", "Base price"),
        type("price a square metre", "value", "30000"),
        click("save it", ".o_form_button_save"),
        see("it has a number", ".o_breadcrumb:contains(EAST v1)"),

        // Every step of one unit, before anything is written.
        click("try a unit", "button[name=action_preview]"),
        see("the step says how", ".modal td:contains(50.00 m² × 30,000.00)"),
        see("and what it comes to", ".modal tfoot:contains(1,500,000.00)"),
        click("close it", ".modal-footer button:contains(Close)"),

        click("compute the prices", "button[name=action_compute]"),
        see("it says how many", ".o_notification:contains(5 units priced)"),
        click("approve them", "button[name=action_approve]"),
        click("be sure", ".modal-footer .btn-primary"),
        see(
            "they are effective",
            ".o_statusbar_status .o_arrow_button_current[data-value=effective]",
        ),
        click("see what was left", ".oe_stat_button:contains(Left)"),
        see("the held unit, and why", ".o_data_row:contains(T1-101):contains(Hold)"),
        see("nothing else", ".o_list_table:not(:has(.o_data_row:contains(T1-102)))"),
    ],
});
