import { registry } from "@web/core/registry";

/** Choose a small PDF in the file input of a form. */
function choosePaper(input) {
    const file = new File(["%PDF-1.4\n"], "tax.pdf", { type: "application/pdf" });
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
}

registry.category("web_tour.tours").add("realestate_documents_portal", {
    steps: () => [
        {
            content: "the home leads to the documents",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/documents']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "why the last one was refused is told; choose another file",
            trigger:
                ".o_realestate_documents li:contains(Page 2 is missing) input[type=file]",
            run: ({ anchor }) => choosePaper(anchor),
        },
        {
            content: "send it",
            trigger:
                ".o_realestate_documents li:contains(Page 2 is missing) button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it is being checked",
            trigger: ".o_realestate_documents li:contains(Tax):contains(Thank you)",
        },
    ],
});

registry.category("web_tour.tours").add("realestate_documents_desk", {
    steps: () => [
        {
            content: "open the paper to check",
            trigger: ".o_data_row:contains(To Check) td[name=name]",
            run: "click",
        },
        {
            content: "refuse it",
            trigger: ".o_statusbar_buttons button:contains(Refuse)",
            run: "click",
        },
        {
            content: "the reason is asked",
            trigger: ".modal div[name=reason] textarea",
            run: "edit Page 2 is missing",
        },
        {
            content: "refuse",
            trigger: ".modal button[name=action_refuse]",
            run: "click",
        },
        {
            content: "it is refused, with the reason",
            trigger: ".alert:contains(Page 2 is missing)",
        },
    ],
});
