import { registry } from "@web/core/registry";
import { click, current, see, write } from "./helpers";

const tours = registry.category("web_tour.tours");

/** The manager takes the ready fees of the project's law over. */
tours.add("realestate_fees_set_up", {
    steps: () => [
        click("set the fees up", ".oe_stat_button:contains(Set Up Fees)"),
        see("the law's fees are proposed", ".modal .o_data_row:contains(Stamp)"),
        click("take them over", ".modal button[name=action_take_over]"),
        see("they are the project's", ".o_list_view .o_data_row:contains(Stamp)"),
    ],
});

/** The officer sees what the contract costs, and invoices what is due. */
tours.add("realestate_fees_charge", {
    steps: () => [
        click("open the fees", ".o_notebook a[name=fees]"),
        see("the formula is explained", "td:contains(2 % of)"),
        click("open the fee", ".o_field_widget[name=fee_ids] .fa-external-link"),
        see("it is not invoiced", current("planned")),
        click("invoice it", ".o_statusbar_buttons button[name=action_invoice]"),
        see("it is invoiced", current("billed")),
    ],
});

/** Accounting pays the authority what is held for it. */
tours.add("realestate_fees_pay_out", {
    steps: () => [
        click(
            "take the grouping off",
            ".o_searchview_facet:contains(>) .o_facet_remove",
        ),
        see("it is held", ".o_data_row:contains(City Treasury)"),
        click("choose it", ".o_data_row .o_list_record_selector input"),
        click("pay it out", ".o_control_panel button[name=action_prepare_payout]"),
        see("a payout is prepared", current("draft")),
        click("pay", ".o_statusbar_buttons button[name=action_pay]"),
        click("the bank pays", ".modal .btn-primary"),
        see("it is paid", current("paid")),
        see("the receipt is asked for", ".alert:contains(receipt is not entered)"),
        write(
            "enter the receipt",
            ".o_field_widget[name=receipt_number] input",
            "OR-1",
        ),
        click("save", ".o_form_button_save"),
        see("it is kept", ".o_form_saved, .o_form_status_indicator_buttons.invisible"),
    ],
});
