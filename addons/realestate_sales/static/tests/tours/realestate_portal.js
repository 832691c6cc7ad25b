import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("realestate_portal", {
    steps: () => [
        {
            content: "the home leads to the contracts",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/contracts']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the only contract is there",
            trigger: ".o_realestate_contract a:contains(T1-101)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "its schedule is complete",
            trigger:
                ".o_realestate_schedule tbody tr:nth-child(16):contains(Instalment 12/12)",
        },
        {
            content: "its balance is there",
            trigger: "section:contains(To pay now)",
        },
        {
            content: "its paper can be downloaded",
            trigger: "a[href$='/papers/contract']:contains(Sales contract)",
        },
        {
            content: "back to the list",
            trigger: ".breadcrumb a[href='/my/contracts']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the list again",
            trigger: ".o_realestate_contract:contains(East Residences)",
        },
    ],
});
