import { registry } from "@web/core/registry";
import { choose, click, see } from "./helpers";

function type(content, trigger, text) {
    return { content, trigger, run: `edit ${text} && press Tab` };
}

function menu(name, title) {
    return [
        click("the inventory", "[data-menu-xmlid='realestate_sales.menu_inventory']"),
        click(`open ${title}`, `[data-menu-xmlid='realestate_sales.${name}']`),
        see("they are there", `.o_last_breadcrumb_item:contains(${title})`),
    ];
}

const LINE = ".modal .o_field_widget[name=line_ids] .o_selected_row";
const RULE = ".o_field_widget[name=rule_ids] .o_selected_row";

registry.category("web_tour.tours").add("realestate_generate", {
    steps: () => [
        // A tower of four floors and a penthouse, seen before it is made.
        click(
            "open the building",
            ".o_data_row:contains(Tower 2) .o_list_record_open_form_view",
        ),
        click(
            "generate its units",
            ".o_form_view .o_statusbar_buttons button:contains(Generate)",
        ),
        type("write the floors", ".modal [name=floors] input", "2-6, PH"),
        type("leave one out", ".modal [name=floors_without] input", "4"),
        click("add a line", ".modal .o_field_x2many_list_row_add a"),
        type("for two units a floor", `${LINE} [name=units] input`, "01-02"),
        type("of so much area", `${LINE} [name=area] input`, "50"),
        see("ten are to be", ".modal .o_re_plan_total:contains(10 units on 5 floors)"),
        see("one of them", ".modal .o_re_plan_grid td:contains(PH02)"),
        see("no fourth floor", ".modal .o_re_plan_grid:not(:has(td:contains(401)))"),
        click("make them", ".modal button[name=action_generate]"),
        see("they are there, unreleased", ".o_data_row:contains(T2-PH02)"),

        // Priced by a rule.
        ...menu("menu_pricelists", "Price Lists"),
        click("write a price list", ".o_list_button_add"),
        ...choose("[name=project_id] input", "East Residences"),
        click("add a rule", ".o_field_widget[name=rule_ids] a:contains(Add a line)"),
        type("name it", `${RULE} [name=name] input`, "Base price"),
        type("price a square metre", `${RULE} [name=value] input`, "30000"),
        click("save it", ".o_form_button_save"),
        click("compute the prices", "button[name=action_compute]"),
        see("all of them", ".o_notification:contains(15 units priced)"),
        click("approve them", "button[name=action_approve]"),
        click("be sure", ".modal-footer .btn-primary"),
        see(
            "they are effective",
            ".o_statusbar_status .o_arrow_button_current[data-value=effective]",
        ),

        // Released together.
        ...menu("menu_releases", "Market Releases"),
        click("prepare a release", ".o_list_button_add"),
        type("name it", "[name=name] input", "Tower 2"),
        ...choose("[name=project_id] input", "East Residences"),
        click("add units", ".o_field_widget[name=unit_ids] a:contains(Add a line)"),
        see("only those not released", ".modal .o_pager_limit:contains(10)"),
        click("choose all", ".modal thead .o_list_record_selector input"),
        click("take them", ".modal .o_select_button"),
        see("ten of them", ".o_re_release_totals [name=unit_count]:contains(10)"),
        see("and their value", ".o_re_release_totals:contains(15,000,000)"),
        click("release them", "button[name=action_done]:contains(Release Now)"),
        click("be sure", ".modal-footer .btn-primary"),
        see(
            "it is done",
            ".o_statusbar_status .o_arrow_button_current[data-value=done]",
        ),
    ],
});
