import { _t } from "@web/core/l10n/translation";

/** What the keys do, in the order they are told: [{keys, shown, run, label}]. */
export function getKeys() {
    return [
        [["j", "ArrowDown"], ["J", "↓"], "down", _t("Next in the queue")],
        [["k", "ArrowUp"], ["K", "↑"], "up", _t("Previous in the queue")],
        [["Enter"], ["↵"], "enter", _t("Into the account")],
        [["n"], ["N"], "next", _t("Next account not yet worked on")],
        [["c"], ["C"], "call", _t("Log a call")],
        [["p"], ["P"], "promise", _t("Log a promise to pay")],
        [["d"], ["D"], "dispute", _t("Open a dispute")],
        [["a"], ["A"], "arrangement", _t("Propose an arrangement")],
        [["x"], ["X"], "stop", _t("Stop or resume dunning")],
        [["v"], ["V"], "visit", _t("Report a visit")],
        [["m"], ["M"], "payment", _t("Register a payment")],
        [["s"], ["S"], "statement", _t("Statement of account")],
        [["l"], ["L"], "copyLink", _t("Copy the payment link")],
        [["o"], ["O"], "open", _t("Open the contract")],
        [["["], ["["], "left", _t("Panel to the left")],
        [["]"], ["]"], "right", _t("Panel to the right")],
        [["/"], ["/"], "search", _t("Search any buyer")],
        [["?"], ["?"], "help", _t("These keys")],
        [["Escape"], ["Esc"], "escape", _t("Close, go back")],
    ].map(([keys, shown, run, label]) => ({ keys, shown, run, label }));
}

const TYPING = "input, textarea, select, [contenteditable=true]";
/** What is pressed by Enter or the arrows itself. */
const OWN = "button, a, [role=tab], [role=menuitem]";

/** Whether the key is for somebody else: a shortcut, or what is before the desk. */
function isOthers(ev) {
    return (
        [ev.ctrlKey, ev.altKey, ev.metaKey, ev.isComposing, ev.defaultPrevented].some(
            Boolean,
        ) || document.querySelector(".modal, .o_popover, .o-dropdown--menu")
    );
}

/** What a key means here; nothing while one types, or has something before the desk. */
export function meaningOf(ev, keys) {
    const found = keys.find((one) => one.keys.includes(ev.key));
    if (!found || isOthers(ev)) {
        return null;
    }
    const isIn = (selector) => Boolean(ev.target.closest?.(selector));
    const isTyped = ev.key !== "Escape" && isIn(TYPING);
    const isPressed = ev.key === "Enter" && isIn(OWN);
    return isTyped || isPressed ? null : found.run;
}
