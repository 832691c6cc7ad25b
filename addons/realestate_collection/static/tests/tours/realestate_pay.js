import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("realestate_pay", {
    steps: () => [
        {
            content: "the contract has something to pay",
            trigger: ".card:contains(of it overdue) a:contains(Pay online)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "everything that is open is proposed",
            trigger: ".list-group-item.active:contains(200,000.00)",
        },
        {
            content: "pay another amount",
            trigger: "input[name=amount]",
            run: "edit 130000",
        },
        {
            content: "take it",
            trigger: "button:contains(Choose)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the amount is the one chosen",
            trigger: "#o_realestate_amount:contains(130,000.00)",
        },
        {
            content: "pay",
            trigger: "button[name=o_payment_submit_button]:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "back on the contract with thanks",
            trigger:
                "body:has(.o_realestate_schedule) .alert:contains(has been processed)",
        },
        {
            content: "what is left to pay",
            trigger: ".card:contains(To pay now):contains(70,000.00)",
        },
        {
            content: "look at the statement",
            trigger: "a:contains(Statement of account):not([target])",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the payment is on it",
            trigger: "tr:contains(Payment):contains(130,000.00):contains(70,000.00)",
        },
    ],
});
