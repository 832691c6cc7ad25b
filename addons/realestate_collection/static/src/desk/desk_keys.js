import { _t } from "@web/core/l10n/translation";

/** What the keys do, in the order they are told. */
export function getKeys() {
    return [
        { keys: ["j", "ArrowDown"], shown: ["J", "↓"], run: "down", label: _t("Next in the queue") },
        { keys: ["k", "ArrowUp"], shown: ["K", "↑"], run: "up", label: _t("Previous in the queue") },
        { keys: ["Enter"], shown: ["↵"], run: "enter", label: _t("Into the account") },
        { keys: ["n"], shown: ["N"], run: "next", label: _t("Next account not yet worked on") },
        { keys: ["c"], shown: ["C"], run: "call", label: _t("Log a call") },
        { keys: ["p"], shown: ["P"], run: "promise", label: _t("Log a promise to pay") },
        { keys: ["d"], shown: ["D"], run: "dispute", label: _t("Open a dispute") },
        { keys: ["a"], shown: ["A"], run: "arrangement", label: _t("Propose an arrangement") },
        { keys: ["x"], shown: ["X"], run: "stop", label: _t("Stop or resume dunning") },
        { keys: ["v"], shown: ["V"], run: "visit", label: _t("Report a visit") },
        { keys: ["m"], shown: ["M"], run: "payment", label: _t("Register a payment") },
        { keys: ["s"], shown: ["S"], run: "statement", label: _t("Statement of account") },
        { keys: ["l"], shown: ["L"], run: "copyLink", label: _t("Copy the payment link") },
        { keys: ["["], shown: ["["], run: "left", label: _t("Panel to the left") },
        { keys: ["]"], shown: ["]"], run: "right", label: _t("Panel to the right") },
        { keys: ["o"], shown: ["O"], run: "open", label: _t("Open the contract") },
        { keys: ["/"], shown: ["/"], run: "search", label: _t("Search any buyer") },
        { keys: ["?"], shown: ["?"], run: "help", label: _t("These keys") },
        { keys: ["Escape"], shown: ["Esc"], run: "escape", label: _t("Close, go back") },
    ];
}

const TYPING = "input, textarea, select, [contenteditable=true]";
/** What is pressed by Enter or the arrows itself. */
const OWN = "button, a, [role=tab], [role=menuitem]";

/** What a key means here; nothing while one types, or has something before the desk. */
export function meaningOf(ev, keys) {
    if (ev.ctrlKey || ev.altKey || ev.metaKey || ev.isComposing || ev.defaultPrevented) {
        return null;
    }
    const target = ev.target.closest ? ev.target : document.body;
    if (document.querySelector(".modal, .o_popover, .o-dropdown--menu")) {
        return null;
    }
    const found = keys.find((one) => one.keys.includes(ev.key));
    if (!found || (target.closest(TYPING) && ev.key !== "Escape")) {
        return null;
    }
    if (ev.key === "Enter" && target.closest(OWN)) {
        return null;
    }
    return found.run;
}
