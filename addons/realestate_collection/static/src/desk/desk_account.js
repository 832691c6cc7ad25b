import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { PANELS } from "./desk_commands";
import { day, initials, money, riskLabel, short, telephone } from "./desk_format";
import { DeskPanel } from "./desk_panel";

/** The middle of the desk: the buyer, how things stand, and the panels. */
export class DeskAccount extends Component {
    static template = "realestate_collection.DeskAccount";
    static components = { DeskPanel };
    static props = ["desk", "account"];

    setup() {
        this.state = useState(this.desk.state);
        this.day = day;
        this.initials = initials;
        this.riskLabel = riskLabel;
        this.telephone = telephone;
    }

    get account() {
        return this.props.account;
    }

    get desk() {
        return this.props.desk;
    }

    get panels() {
        const labels = {
            timeline: _t("Timeline"),
            schedule: _t("Schedule"),
            ledger: _t("Ledger"),
            notices: _t("Notices"),
            agreements: _t("Loans & agreements"),
        };
        return PANELS.map((key) => ({ key, label: labels[key] }));
    }

    money(amount) {
        return money(amount, this.account.contract.currency);
    }

    short(amount) {
        return short(amount, this.account.contract.currency);
    }

    get paidShare() {
        const { paid, total } = this.account.amounts;
        return total ? Math.min(Math.max(paid / total, 0), 1) : 0;
    }

    get paidText() {
        return new Intl.NumberFormat(undefined, { style: "percent" }).format(
            this.paidShare,
        );
    }

    get hasNotes() {
        const { case: own, holds } = this.account;
        return own.has_reply || holds.length;
    }

    get riskStyle() {
        return `--rd-share:${this.account.case.risk}%`;
    }
}
