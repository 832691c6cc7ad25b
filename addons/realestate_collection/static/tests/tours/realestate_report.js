import { registry } from "@web/core/registry";
import { click, see } from "@realestate_sales/../tests/tours/helpers";
import { download, print } from "./steps";

const tables = ".o_field_widget[name=tables]";
const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// A manager has the report of the month made, reads it and takes it along.
registry.category("web_tour.tours").add("realestate_collection_report", {
    steps: () => [
        click("make a report", "button:contains(Make Report)"),
        click(
            "of the month",
            ".modal [name=period] .o_radio_item:contains(Monthly) input",
        ),
        click("make it", ".modal-footer button[name=action_make]"),
        see("the month still runs", ".alert-info:contains(will change)"),
        see("what came in", `${tables} td:contains(50,000.00)`),
        see("what is overdue", `${tables} td:contains(150,000.00)`),
        see("whose it is", `${tables} td:contains(realestate_collector)`),
        ...print(
            "as paper",
            ".o_statusbar_buttons button[name=action_print]",
            "/report/download",
        ),
        ...download(
            "as a spreadsheet",
            ".o_statusbar_buttons button[name=action_download]",
            SHEET,
        ),
        click("make it again", ".o_statusbar_buttons button[name=action_make_again]"),
        see("it still says what came in", `${tables} td:contains(50,000.00)`),
        click("beside other months", "button[name=action_analyse]"),
        see("a picture of them", ".o_graph_renderer canvas"),
        click("as a table", ".o_switch_view.o_pivot"),
        see("by project", ".o_pivot table"),
    ],
});
