import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { daysBetween, inDays, near, riskLabel, short } from "./desk_format";
import { groupRows } from "./desk_queue";

/** How near the end of the list the next page is asked for, in pixels. */
const NEAR = 400;

/** The left of the desk: the lists with their counts, and the rows of one. */
export class DeskList extends Component {
    static template = "realestate_collection.DeskList";
    static props = ["desk"];

    setup() {
        this.scroller = useRef("scroller");
        this.inDays = inDays;
        this.state = useState(this.desk.state);
    }

    get desk() {
        return this.props.desk;
    }

    get tabs() {
        return [
            { key: "my_day", label: _t("My day"), icon: "fa-sun-o" },
            { key: "promises", label: _t("Promises due"), icon: "fa-handshake-o" },
            { key: "replies", label: _t("Replies"), icon: "fa-reply" },
            { key: "maturing", label: _t("Maturing"), icon: "fa-hourglass-half" },
            {
                key: "failed",
                label: _t("Not delivered"),
                icon: "fa-exclamation-circle",
            },
            { key: "all", label: _t("All"), icon: "fa-list" },
        ];
    }

    get groups() {
        const { queue, text, tab } = this.state;
        const groups = groupRows(queue.rows);
        const labels = this.bucketLabels;
        const isTold = !text && ["my_day", "all"].includes(tab);
        return groups.map((group) => ({
            ...group,
            label: isTold ? labels[group.bucket] : "",
        }));
    }

    get bucketLabels() {
        return [
            _t("Should have been done"),
            _t("Today"),
            _t("No next step yet"),
            _t("Later"),
        ];
    }

    get emptyText() {
        if (this.state.text) {
            return {
                title: _t("Nobody found"),
                text: _t("Search by name, unit, contract number or telephone."),
            };
        }
        const texts = {
            my_day: _t("Everything that was planned until today is done."),
            promises: _t("No promise is due, and none was broken."),
            replies: _t("Every buyer who wrote has an answer."),
            maturing: _t("No balloon or retention falls due soon."),
            failed: _t("Every notice has been delivered."),
            all: _t("Nobody is late."),
        };
        return { title: _t("All clear"), text: texts[this.state.tab] };
    }

    rowClass(row) {
        const { queue } = this.state;
        let name = "o_rd_row";
        name += row.key === queue.current?.key ? " is-current" : "";
        name += queue.done.has(row.id) ? " is-done" : "";
        return name + (row.risk_band ? ` is-${row.risk_band}` : "");
    }

    choose(row) {
        this.state.queue.goTo(row.key);
        this.state.shows = "";
        this.desk.open(row.id);
    }

    amount(row) {
        return short(row.amount || row.overdue, row.currency);
    }

    /** What is to be done, or what has happened, and when. */
    told(row) {
        const { today } = this.desk.frame;
        if (row.kind === "case") {
            return row.note ? `${row.note} · ${near(row.date, today)}` : "";
        }
        return row.date
            ? `${row.note || ""} · ${near(row.date, today)}`
            : row.note || "";
    }

    isPast(row) {
        return row.date && daysBetween(row.date, this.desk.frame.today) < 0;
    }

    says(row) {
        const late = row.days ? _t("%s days late", row.days) : "";
        const parts = [row.name, row.units, this.amount(row), late, this.told(row)];
        const done = this.state.queue.done.has(row.id) ? _t("done") : "";
        return [...parts, riskLabel(row.risk_band), done].filter(Boolean).join(", ");
    }

    onScroll() {
        const { scrollHeight, scrollTop, clientHeight } = this.scroller.el;
        if (scrollHeight - scrollTop - clientHeight < NEAR) {
            this.state.queue.more();
        }
    }
}
