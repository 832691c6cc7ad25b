import { registry } from "@web/core/registry";
import { choose } from "./helpers";

const STAGE = ".o_statusbar_status .o_arrow_button_current";

/** A mortgage from its papers to a refusal, and on to another bank. */
registry.category("web_tour.tours").add("realestate_mortgage", {
    steps: () => [
        {
            content: "the papers are there",
            trigger: "button[name='action_complete_documents']",
            run: "click",
        },
        {
            content: "the buyer is to go to the bank",
            trigger: `${STAGE}:contains(Bank Appointment)`,
        },
        {
            content: "he has been there",
            trigger: ".o_statusbar_buttons button:contains(Next Step)",
            run: "click",
        },
        {
            content: "today",
            trigger: ".modal button[name='action_record']",
            run: "click",
        },
        {
            content: "the notary follows",
            trigger: `body:not(:has(.modal)) ${STAGE}:contains(Notarization)`,
        },
        {
            content: "the bank says no",
            trigger: ".o_statusbar_buttons button:contains(Loan Refused)",
            run: "click",
        },
        {
            content: "why",
            trigger: ".modal div[name='reason'] textarea",
            run: "edit The income is too low",
        },
        {
            content: "what comes instead",
            trigger: ".modal .o_radio_input[data-value='bank']",
            run: "click",
        },
        {
            content: "record it",
            trigger: ".modal button[name='action_refuse']",
            run: "click",
        },
        {
            content: "the reason is shown",
            trigger: ".alert-warning:contains(The income is too low)",
        },
        {
            content: "try another bank",
            trigger: "button[name='action_other_bank']",
            run: "click",
        },
        ...choose(".modal div[name='programme_id'] input", "Second Chance"),
        {
            content: "take it up",
            trigger: ".modal button[name='action_restart']",
            run: "click",
        },
        {
            content: "it begins with its papers",
            trigger: `body:not(:has(.modal)) ${STAGE}:contains(Documents)`,
        },
    ],
});
