import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { day, inDays, money, moment } from "./desk_format";

const ICONS = {
    loan: "fa-university",
    promise: "fa-handshake-o",
    dispute: "fa-balance-scale",
    arrangement: "fa-calendar-check-o",
    email: "fa-envelope-o",
    sms: "fa-commenting-o",
    letter: "fa-file-text-o",
    call: "fa-phone",
    visit: "fa-map-marker",
};

/** One panel of the account: loaded when it is opened. */
export class DeskPanel extends Component {
    static template = "realestate_collection.DeskPanel";
    static props = ["desk", "account", "panel", "version"];

    setup() {
        this.action = useService("action");
        this.day = day;
        this.inDays = inDays;
        this.moment = moment;
        this.state = useState({ rows: null, failure: "", showsPaid: false });
        onWillStart(() => {
            this._load(this.props);
        });
        onWillUpdateProps((props) => {
            const isSame =
                props.panel === this.props.panel &&
                props.account === this.props.account;
            if (!isSame) {
                this._load(props, props.panel === this.props.panel);
            }
        });
    }

    /** Load the rows; what is there stays until then where it is the same panel. */
    async _load({ desk, account, panel }, isKept = false) {
        const asked = {};
        this.asked = asked;
        this.state.failure = "";
        if (!isKept) {
            this.state.rows = null;
        }
        try {
            const rows = await desk.ask("get_panel", [account.contract.id, panel]);
            if (this.asked === asked) {
                this.state.rows = rows;
            }
        } catch (error) {
            if (this.asked === asked) {
                this.state.failure = error.data?.message || error.message;
            }
        }
    }

    get paidRows() {
        return this.state.rows.filter((row) => row.state === "paid");
    }

    /** What is paid is shown on demand: the eye goes to what is not. */
    get scheduleRows() {
        const { rows, showsPaid } = this.state;
        return showsPaid ? rows : rows.filter((row) => row.state !== "paid");
    }

    iconOf(row) {
        return ICONS[row.channel || row.kind] || "fa-circle-o";
    }

    /** When it was: the day where only that is known. */
    whenOf(row) {
        return row.is_day ? day(row.day) : moment(row.date);
    }

    /** Open what a row is of. */
    openRecord(model, id) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
                target: "new",
            },
            { onClose: () => this.props.desk.refreshAccount() },
        );
    }

    retry() {
        this._load(this.props);
    }

    money(amount) {
        return money(amount, this.props.account.contract.currency);
    }

    /** Nothing where there is nothing. */
    some(amount) {
        return amount ? this.money(amount) : "";
    }
}
