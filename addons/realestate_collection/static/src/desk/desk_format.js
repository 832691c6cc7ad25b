import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { BoardFormat } from "@realestate_sales/board/board_format";

const { DateTime } = luxon;
const DAY = { day: "numeric", month: "short" };
const YEAR = { ...DAY, year: "numeric" };
const formats = new Map();

/** How amounts of a currency are written. */
export function inCurrency(currencyId) {
    if (!formats.has(currencyId)) {
        formats.set(currencyId, new BoardFormat(currencyId));
    }
    return formats.get(currencyId);
}

export function money(amount, currencyId) {
    return inCurrency(currencyId).money(amount || 0);
}

export function short(amount, currencyId) {
    return inCurrency(currencyId).short(amount || 0);
}

/** 5 Mar, and the year where it is another one than today's. */
export function day(text) {
    if (!text) {
        return "";
    }
    const date = deserializeDate(text.slice(0, 10));
    return write(date, date.year === DateTime.local().year ? DAY : YEAR);
}

export function moment(text) {
    if (!text) {
        return "";
    }
    const at = deserializeDateTime(text);
    const time = { hour: "2-digit", minute: "2-digit" };
    const isNear = at.year === DateTime.local().year;
    return write(at, { ...(isNear ? DAY : YEAR), ...time });
}

/** 12 days, as short as the language has it. */
export function inDays(days) {
    const format = { style: "unit", unit: "day", unitDisplay: "narrow" };
    return new Intl.NumberFormat(user.lang, format).format(days);
}

function write(date, format) {
    return date.setLocale(user.lang).toLocaleString(format);
}

/** How many days a date is from another one; both as the server writes them. */
export function daysBetween(text, base) {
    const from = deserializeDate(base.slice(0, 10));
    return Math.round(deserializeDate(text.slice(0, 10)).diff(from, "days").days);
}

/** Today, tomorrow, yesterday, else the day. */
export function near(text, today) {
    const days = daysBetween(text, today);
    const words = { "-1": _t("yesterday"), 0: _t("today"), 1: _t("tomorrow") };
    return words[days] || day(text);
}

export function addDays(text, days) {
    return deserializeDate(text).plus({ days }).toISODate();
}

export function endOfMonth(text) {
    return deserializeDate(text).endOf("month").toISODate();
}

/** What a class of risk is called. */
export function riskLabel(band) {
    const labels = {
        low: _t("Low risk"),
        medium: _t("Some risk"),
        high: _t("High risk"),
    };
    return labels[band] || "";
}

/** A telephone number as an address to call. */
export function telephone(number) {
    return `tel:${number.replace(/[^\d+]/g, "")}`;
}

export function initials(name) {
    const words = (name || "").trim().split(/\s+/);
    const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
    return ends.map((word) => [...word][0] || "").join("");
}
