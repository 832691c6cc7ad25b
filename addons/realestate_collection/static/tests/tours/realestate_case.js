import { registry } from "@web/core/registry";
import { click, see, write } from "@realestate_sales/../tests/tours/helpers";

const tours = registry.category("web_tour.tours");

/** An officer calls: the buyer promises to pay. */
tours.add("realestate_case_call", {
    steps: () => [
        see(
            "the case says why it is risky",
            ".o_field_widget[name=risk_explanation]:contains(days late)",
        ),
        click("log a contact", ".o_statusbar_buttons button:contains(Log a Contact)"),
        click(
            "the buyer promises",
            ".modal .o_field_widget[name=outcome] span:contains(Promised to Pay)",
        ),
        see(
            "what is overdue is proposed",
            ".modal .o_field_widget[name=promise_amount] input:value(200,000.00)",
        ),
        write(
            "by next week",
            ".modal .o_field_widget[name=promise_date] input",
            luxon.DateTime.now().plus({ days: 7 }).toFormat("MM/dd/yyyy"),
        ),
        write(
            "write down what was said",
            ".modal .o_field_widget[name=note] textarea",
            "After pay day",
        ),
        click("save", ".modal-footer button[name=action_log]"),
        see("it is in the timeline", ".o_realestate_timeline:contains(After pay day)"),
    ],
});

/** Out on the street the telephone says where it is. */
tours.add("realestate_case_visit", {
    steps: () => [
        {
            content: "the telephone knows where it is",
            trigger: ".o_statusbar_buttons",
            run() {
                const coords = { latitude: 14.5995, longitude: 120.9842, accuracy: 8 };
                navigator.geolocation.getCurrentPosition = (found) => found({ coords });
            },
        },
        click("report a visit", ".o_statusbar_buttons button:contains(Report a Visit)"),
        click("ask for the position", ".modal button:contains(Use My Position)"),
        see("it is found", ".modal [role=status]:contains(Found)"),
        click(
            "nobody is at home",
            ".modal .o_field_widget[name=outcome] span:contains(No Answer)",
        ),
        click("save", ".modal-footer button[name=action_log]"),
        see("it is in the timeline", ".o_realestate_timeline:contains(No Answer)"),
    ],
});
