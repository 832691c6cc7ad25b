import { registry } from "@web/core/registry";

const SUBMIT = ".o_realestate_sign_submit";

/** Sign with a code that is wrong at first; the test knows the right one. */
registry.category("web_tour.tours").add("realestate_sign", {
    steps: () => [
        {
            content: "the contract leads to the signature",
            trigger: ".o_realestate_to_sign",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "nothing can be signed yet",
            trigger: `${SUBMIT}:disabled`,
        },
        {
            content: "ask for a code",
            trigger: ".o_realestate_send_code",
            run: "click",
        },
        {
            content: "it is sent to an address that only its owner knows",
            trigger: ".o_realestate_sent_to:contains(••••@example.com)",
        },
        {
            content: "another one has to wait",
            trigger: ".o_realestate_send_code:enabled",
            run: "click",
        },
        {
            content: "and says how long",
            trigger: ".o_realestate_code_error:contains(just now)",
        },
        {
            content: "have the name drawn",
            trigger: ".o_web_sign_auto_button",
            run: "click",
        },
        {
            content: "the signature is drawn",
            trigger: "canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            content: "agree",
            trigger: "#o_realestate_agreed",
            run: "check",
        },
        {
            content: "without a code there is no signature",
            trigger: `${SUBMIT}:disabled`,
        },
        {
            content: "type a wrong code",
            trigger: "#o_realestate_code",
            run: "edit 999999",
        },
        {
            trigger: `${SUBMIT}:enabled`,
            run: "click",
        },
        {
            content: "it does not sign",
            trigger: ".o_realestate_sign_error:contains(4 tries left)",
        },
        {
            content: "type the right one, as it is read",
            trigger: "#o_realestate_code",
            run: "edit 042 042",
        },
        {
            trigger: `${SUBMIT}:enabled`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it is signed",
            trigger: ".alert-success:contains(You have signed)",
        },
    ],
});
