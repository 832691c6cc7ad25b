import { Component, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { money } from "./desk_format";
import {
    getKinds,
    getOutcomes,
    proposeDays,
    proposeSteps,
    readForm,
} from "./desk_outcomes";
import { DeskWarnings } from "./desk_warnings";

/** What came of a contact: the outcome, what comes next, saved. */
export class DeskLog extends Component {
    static template = "realestate_collection.DeskLog";
    static props = ["desk", "account", "form"];

    setup() {
        this.root = useRef("root");
        this.kinds = getKinds();
        this.outcomes = getOutcomes();
        this.state = useState(this._empty());
        const { desk } = this.props;
        this.warnings = useState(
            new DeskWarnings((id) => desk.ask("get_contact_warnings", [id])),
        );
        this.warnings.begin(this.props.account);
        this._begin(this.props);
        onWillUpdateProps((props) => {
            const isOther =
                props.account.contract.id !== this.props.account.contract.id;
            if (isOther) {
                Object.assign(this.state, this._empty());
            }
            if (props.account !== this.props.account) {
                this.warnings.begin(props.account);
            }
            if (isOther || props.form?.version !== this.props.form?.version) {
                this._begin(props);
            }
        });
        useEffect(
            (version) => {
                if (version) {
                    this._focus();
                }
            },
            () => [this.props.form?.version],
        );
    }

    _empty() {
        return {
            kind: "call",
            outcome: null,
            step: null,
            note: "",
            amount: "",
            date: "",
            isSaving: false,
        };
    }

    _begin({ form, account }) {
        if (form?.outcome) {
            this.choose(form.outcome, account);
        }
    }

    _focus() {
        const first =
            this.state.outcome === "promised" ? ".o_rd_amount" : ".is-outcome";
        this.root.el.querySelector(first)?.focus();
    }

    get warning() {
        return this.warnings.of(this.state.kind);
    }

    chooseKind(kind) {
        this.state.kind = kind;
        this.warnings.refresh();
    }

    get today() {
        return this.props.desk.frame.today;
    }

    get isNote() {
        return this.state.kind === "note";
    }

    get steps() {
        return proposeSteps(this.state.outcome, this.today);
    }

    get days() {
        return proposeDays(this.today);
    }

    get values() {
        return readForm(this.state);
    }

    money(amount) {
        return money(amount, this.props.account.contract.currency);
    }

    choose(outcome, account = this.props.account) {
        this.warnings.refresh();
        this.state.outcome = outcome;
        [this.state.step = null] = proposeSteps(outcome, this.today);
        if (outcome === "promised") {
            const { overdue, receivable } = account.amounts;
            this.state.amount = this.state.amount || overdue || receivable || "";
            this.state.date = this.state.date || this.days[0].date;
        }
    }

    /** A date of one's own for the next step. */
    setStepDate(date) {
        const action = this.state.step?.action || "call";
        this.state.step = date && { key: "own", action, date };
    }

    /** Digits choose an outcome, Enter saves. */
    onKey(ev) {
        const isText = ev.target.matches("input, textarea");
        const outcome = this.outcomes[Number(ev.key) - 1];
        if (outcome && !isText) {
            this.choose(outcome.key);
        } else if (ev.key === "Enter" && (ev.ctrlKey || ev.target.matches("input"))) {
            this.save(!ev.shiftKey);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    async save(goesOn) {
        const { values } = this;
        if (!values || this.state.isSaving) {
            return;
        }
        this.state.isSaving = true;
        try {
            await this.props.desk.commands.save(values, goesOn);
            Object.assign(this.state, this._empty());
        } finally {
            this.state.isSaving = false;
        }
    }
}
