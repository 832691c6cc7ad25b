import { _t } from "@web/core/l10n/translation";
import { addDays, endOfMonth } from "./desk_format";

/** How contacts are made. */
export function getKinds() {
    return [
        { key: "call", icon: "fa-phone", label: _t("Call") },
        { key: "visit", icon: "fa-map-marker", label: _t("Visit") },
        { key: "meeting", icon: "fa-users", label: _t("Meeting") },
        { key: "email", icon: "fa-envelope-o", label: _t("E-mail") },
        { key: "sms", icon: "fa-commenting-o", label: _t("SMS") },
        { key: "letter", icon: "fa-file-text-o", label: _t("Letter") },
        { key: "note", icon: "fa-pencil", label: _t("Internal note") },
    ];
}

/** What came of it; the number of its place is its key. */
export function getOutcomes() {
    return [
        { key: "promised", icon: "fa-handshake-o", label: _t("Promised"), tone: "ok" },
        { key: "reached", icon: "fa-check", label: _t("Spoken to"), tone: "ok" },
        { key: "paid_already", icon: "fa-money", label: _t("Says paid"), tone: "ok" },
        {
            key: "no_answer",
            icon: "fa-bell-slash-o",
            label: _t("No answer"),
            tone: "wait",
        },
        {
            key: "left_message",
            icon: "fa-microphone",
            label: _t("Left message"),
            tone: "wait",
        },
        { key: "call_back", icon: "fa-undo", label: _t("Call back"), tone: "wait" },
        { key: "refused", icon: "fa-ban", label: _t("Will not pay"), tone: "late" },
        {
            key: "disputed",
            icon: "fa-balance-scale",
            label: _t("Disputed"),
            tone: "late",
        },
        {
            key: "wrong_number",
            icon: "fa-chain-broken",
            label: _t("Wrong number"),
            tone: "late",
        },
    ];
}

/** In how many days who does what next, by outcome; the first is proposed. */
const STEPS = {
    promised: [],
    reached: [
        ["call", 3],
        ["call", 7],
        ["call", 1],
    ],
    paid_already: [
        ["money", 2],
        ["money", 1],
        ["call", 5],
    ],
    no_answer: [
        ["call", 1],
        ["call", 0],
        ["visit", 3],
    ],
    left_message: [
        ["call", 2],
        ["call", 1],
        ["visit", 5],
    ],
    call_back: [
        ["call", 1],
        ["call", 0],
        ["call", 3],
    ],
    refused: [
        ["visit", 2],
        ["escalate", 0],
        ["call", 5],
    ],
    disputed: [
        ["answer", 2],
        ["escalate", 0],
        ["call", 5],
    ],
    wrong_number: [
        ["write", 0],
        ["visit", 3],
        ["escalate", 0],
    ],
};

export function getStepLabels() {
    return {
        call: _t("Call"),
        visit: _t("Visit"),
        write: _t("Write"),
        answer: _t("Answer"),
        money: _t("Look for the money"),
        escalate: _t("Hand over"),
    };
}

function when(days) {
    const words = { 0: _t("today"), 1: _t("tomorrow"), 7: _t("in a week") };
    return words[days] || _t("in %s days", days);
}

/** The next steps proposed after an outcome: [{key, action, date, label, when}]. */
export function proposeSteps(outcome, today) {
    const labels = getStepLabels();
    return (STEPS[outcome] || []).map(([action, days]) => ({
        key: `${action}_${days}`,
        action,
        date: addDays(today, days),
        label: labels[action],
        when: when(days),
    }));
}

/** The days a buyer promises for: [{key, date, label}]. */
export function proposeDays(today) {
    const days = [
        { key: "3", date: addDays(today, 3), label: when(3) },
        { key: "7", date: addDays(today, 7), label: when(7) },
        { key: "month", date: endOfMonth(today), label: _t("end of month") },
    ];
    const dates = new Set();
    return days.filter(({ date }) => !dates.has(date) && dates.add(date));
}

/**
 * What is sent of a filled form; null while something is missing.
 *
 * @param {Object} form kind, outcome, note, step, amount, date
 */
export function readForm(form) {
    const { kind, outcome, note, step, amount, date } = form;
    const isNote = kind === "note";
    if (isNote ? !note.trim() : !outcome) {
        return null;
    }
    const values = { kind, outcome: isNote ? null : outcome, note: note.trim() };
    if (isNote) {
        return values;
    }
    if (outcome === "promised") {
        const isSound = Number(amount) > 0 && date;
        return isSound
            ? { ...values, promise_amount: Number(amount), promise_date: date }
            : null;
    }
    return step
        ? { ...values, next_action: step.action, date_next: step.date }
        : values;
}
