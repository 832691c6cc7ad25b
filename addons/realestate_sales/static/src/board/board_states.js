import { _t } from "@web/core/l10n/translation";

/**
 * The states of a unit in the order of a sale. Each has a colour and a sign of its own in
 * board.scss, from light (to be sold) to dark (gone), so that nobody needs the colours.
 */
export const STATE_KEYS = [
    "unreleased",
    "available",
    "held",
    "reserved",
    "contracted",
    "handed_over",
];
export const UNRELEASED = 0;
export const AVAILABLE = 1;
export const HELD = 2;
export const RESERVED = 3;

/** Return the states with their translated labels. */
export function getStates() {
    const labels = [
        _t("Not released"),
        _t("Available"),
        _t("Held"),
        _t("Reserved"),
        _t("Contracted"),
        _t("Handed over"),
    ];
    return STATE_KEYS.map((key, code) => ({
        key,
        code,
        label: labels[code].toString(),
    }));
}
