import { registry } from "@web/core/registry";
import { choose, click, see, write } from "./helpers";

registry.category("web_tour.tours").add("realestate_details_ask", {
    steps: () => [
        click("ask a whole project", "button:contains(Ask a Whole Project)"),
        ...choose(".modal .o_field_widget[name=project_id] input", "East Residences"),
        click("send", ".modal button[name=action_ask]"),
        see("she is asked", ".o_data_row:contains(EAST):contains(Sent)"),
    ],
});

registry.category("web_tour.tours").add("realestate_details_answer", {
    steps: () => [
        write("the telephone is another one", "#detail_phone", "+63 917 222 2222"),
        {
            content: "send it",
            trigger: "button[type=submit]:contains(This is right)",
            run: "click",
            expectUnloadPage: true,
        },
        see("it has arrived", ".alert-success:contains(Thank you)"),
    ],
});

registry.category("web_tour.tours").add("realestate_details_review", {
    steps: () => [
        click(
            "open the answer",
            ".o_data_row:contains(To Review) td[name=contract_id]",
        ),
        see(
            "what she changed waits",
            ".o_data_row:contains(222 2222):contains(111 1111) button[name=action_apply]",
        ),
        click(
            "take it over",
            ".o_data_row:contains(222 2222) button[name=action_apply]",
        ),
        see(
            "the request is done",
            ".o_statusbar_status .o_arrow_button_current[data-value=done]",
        ),
    ],
});

registry.category("web_tour.tours").add("realestate_merge", {
    steps: () => [
        click(
            "compare the two",
            ".o_data_row:contains(Maria Buyer) button[name=action_merge]",
        ),
        see(
            "what is known of one",
            ".modal [name=keep_summary]:contains(917 123 4567)",
        ),
        see("and of the other", ".modal [name=other_summary]:contains(0917-123-4567)"),
        click("keep the other one", ".modal button[name=action_swap]"),
        see(
            "they changed places",
            ".modal [name=keep_summary]:contains(0917-123-4567)",
        ),
        click("keep the first after all", ".modal button[name=action_swap]"),
        see("as before", ".modal [name=keep_summary]:contains(917 123 4567)"),
        click("merge", ".modal button[name=action_merge]"),
        click("be sure", ".modal:not(.o_inactive_modal) .modal-footer .btn-primary"),
        see("one buyer is left", ".o_breadcrumb:contains(Maria Buyer)"),
    ],
});
