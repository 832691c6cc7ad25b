import { registry } from "@web/core/registry";
import { click, see, write } from "@realestate_sales/../tests/tours/helpers";

const tours = registry.category("web_tour.tours");
const head = (name) => `.o_rd_head h2:contains(${name})`;
const current = (name) => `.o_rd_row.is-current:contains(${name})`;

/** Press a key where the focus is. */
function key(content, name, trigger = ".o_rd") {
    return {
        content,
        trigger,
        run: () => {
            const options = { key: name, bubbles: true, cancelable: true };
            const target = document.activeElement || document.body;
            target.dispatchEvent(new KeyboardEvent("keydown", options));
        },
    };
}

tours.add("realestate_desk_morning", {
    steps: () => [
        // The day begins with who is riskiest.
        see("my day counts three", "[data-tab=my_day] b:contains(/^3$/)"),
        see("the first account is open", head("Buyer High")),
        see("with its risk", ".o_rd_risk"),
        see("calling now is against a rule", ".o_rd_warning:contains(Night rule)"),
        click("a visit", "[data-kind=visit]"),
        see("is not", ".o_rd_log:not(:has(.o_rd_warning))"),
        click("a call all the same", "[data-kind=call]"),
        see("the warning is back", ".o_rd_warning:contains(Allowed again from)"),

        // A call in three clicks.
        click("nobody answers", "[data-outcome=no_answer]"),
        click("call again the day after", "[data-step=call_0]"),
        click("save, go on", "[data-do=save_next]"),
        see("the next account is open", head("Buyer Middle")),
        see("the first is ticked", ".o_rd_row.is-done:contains(Buyer High)"),

        // All of the account, without leaving.
        click("its schedule", "[data-panel=schedule][role=tab]"),
        see("what is late", ".o_rd_table tr.is-late .o_rd_state.is-late"),
        click("its ledger", "[data-panel=ledger][role=tab]"),
        see("the balance", ".o_rd_table td:contains(200,000)"),
        click("its notices", "[data-panel=notices][role=tab]"),
        see("none yet", ".o_rd_panel .o_rd_none"),
        click("what was agreed", "[data-panel=agreements][role=tab]"),
        see("nothing yet", ".o_rd_panel .o_rd_none"),

        // A promise by the keyboard alone.
        key("log a promise", "p"),
        see("the amount is what is overdue", ".o_rd_amount:value(200000)"),
        key("save, go on", "Enter", ".o_rd_amount:focus"),
        see("the last account is open", head("Buyer Low")),
        key("back up", "k"),
        see("the promise is on top", current("Buyer Middle")),
        see("dunning waits for it", ".o_rd_note:contains(Promised)"),
        key("a panel to the left", "["),
        see("the notices", "[data-panel=notices][aria-selected=true]"),
        key("and back", "]"),
        see("the promise is there", ".o_rd_deal:contains(Promise to pay)"),

        // Stop dunning, and come back to the desk.
        key("down", "j"),
        see("the last account again", head("Buyer Low")),
        key("stop the dunning", "x"),
        write("why", ".modal [name=reason] input", "Bank asked for it"),
        click("stop", ".modal button[name=action_apply]"),
        see("the reason is told", ".o_rd_note:contains(Bank asked for it)"),
        see("it can be resumed", "[data-action=resume]"),

        // Somebody calls.
        key("search", "/"),
        write("by name", ".o_rd_search input", "High"),
        see("found", ".o_rd_rows [role=option]:contains(Buyer High)"),
        key("open it", "Enter", ".o_rd_search input"),
        see("the account", head("Buyer High")),
        see("what was said before", ".o_rd_panel"),
        key("leave the search", "Escape"),
        see("my day again", "[data-tab=my_day][aria-selected=true]"),

        // The keys.
        key("help", "?"),
        see("the keys are told", ".o_rd_help:contains(Log a call)"),
        key("close", "Escape"),
        see("closed", ".o_rd:not(:has(.o_rd_help))"),

        // A list with nothing.
        click("what was not delivered", "[data-tab=failed]"),
        see("nothing", ".o_rd_rows:contains(All clear)"),
        see("no account", ".o_rd_account:contains(Nothing waits here)"),
    ],
});

tours.add("realestate_desk_team", {
    steps: () => [
        see("three open cases", ".o_rd_totals .o_rd_big:contains(/^3$/)"),
        click("whose they are", ".o_rd_officer:contains(collector)"),
        see("the cases", ".o_rd_cases .o_rd_row:contains(Buyer High)"),
        click("one", ".o_rd_cases .o_rd_row:contains(Buyer High) input"),
        click("hand it", "[data-do=move]"),
        click("to a colleague", ".o_rd_option:contains(colleague)"),
        see("done", ".o_notification:contains(1 cases)"),
        see("two are left", ".o_rd_cases:not(:has(.o_rd_row:contains(Buyer High)))"),
        click("a month", "[data-period=month]"),
        see("chosen", "[data-period=month][aria-checked=true]"),
    ],
});
