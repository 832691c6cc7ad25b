import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { DeskLog } from "./desk_log";

/** The right of the desk: what came of the call, and what else can be done. */
export class DeskSide extends Component {
    static template = "realestate_collection.DeskSide";
    static components = { DeskLog };
    static props = ["desk", "account"];

    setup() {
        this.state = useState(this.props.desk.state);
    }

    get buttons() {
        return [
            {
                key: "dispute",
                icon: "fa-balance-scale",
                label: _t("Dispute"),
                hint: "D",
            },
            {
                key: "arrangement",
                icon: "fa-calendar-check-o",
                label: _t("Arrangement"),
                hint: "A",
            },
            {
                key: "stop",
                icon: "fa-pause-circle-o",
                label: _t("Stop dunning"),
                hint: "X",
            },
            {
                key: "resume",
                icon: "fa-play-circle-o",
                label: _t("Resume dunning"),
                hint: "X",
            },
            {
                key: "visit",
                icon: "fa-map-marker",
                label: _t("Visit report"),
                hint: "V",
            },
            {
                key: "payment",
                icon: "fa-money",
                label: _t("Register payment"),
                hint: "M",
            },
            {
                key: "statement",
                icon: "fa-file-text-o",
                label: _t("Statement"),
                hint: "S",
            },
        ].filter(({ key }) => this.props.account.actions.includes(key));
    }

    get commands() {
        return this.props.desk.commands;
    }
}
