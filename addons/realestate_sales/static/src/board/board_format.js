import { getCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { serverTime } from "./board_units";

const { DateTime } = luxon;

/** How the board writes numbers, in the user's language and the project's currency. */
export class BoardFormat {
    constructor(currencyId) {
        const currency = getCurrency(currencyId);
        this.symbol = currency?.symbol || "";
        this.isAfter = currency?.position === "after";
        const digits = currency?.digits?.[1] ?? 2;
        this._exact = new Intl.NumberFormat(user.lang, {
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
            trailingZeroDisplay: "stripIfInteger",
        });
        this._whole = new Intl.NumberFormat(user.lang, { maximumFractionDigits: 0 });
        this._short = new Intl.NumberFormat(user.lang, {
            notation: "compact",
            maximumSignificantDigits: 4,
        });
        this._area = new Intl.NumberFormat(user.lang, { maximumFractionDigits: 2 });
        this._share = new Intl.NumberFormat(user.lang, {
            style: "percent",
            maximumFractionDigits: 0,
        });
    }

    _withSymbol(text) {
        return this.isAfter ? `${text}\u00a0${this.symbol}` : `${this.symbol}${text}`;
    }

    count(value) {
        return this._whole.format(value);
    }

    /** 10,309,000 pesos. */
    money(amount) {
        return this._withSymbol(this._exact.format(amount));
    }

    /** 10.31M pesos. */
    short(amount) {
        return this._withSymbol(this._short.format(amount));
    }

    area(value) {
        return `${this._area.format(value)}\u00a0m²`;
    }

    share(part, whole) {
        return this._share.format(whole ? part / whole : 0);
    }

    perArea(amount, area) {
        return area ? this._withSymbol(this._whole.format(amount / area)) : "";
    }

    bedrooms(number) {
        return _t("%s BR", number);
    }

    /** When a claim ends, and how long that is from now. */
    until(text, now) {
        const at = DateTime.fromMillis(serverTime(text));
        const base = DateTime.fromMillis(now);
        const time = { hour: "2-digit", minute: "2-digit" };
        const day = { day: "numeric", month: "short", ...time };
        return {
            at: at.toLocaleString(at.hasSame(base, "day") ? time : day),
            left: at.toRelative({ base }),
        };
    }
}
