import { Component, onWillStart, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DESK, firstTheme } from "./desk_action";
import { day, inDays, initials, money, short } from "./desk_format";
import { DeskQueue } from "./desk_queue";

/** Cases of one page of an officer's list. */
const PAGE = 100;
/** Whose nobody is. */
const NOBODY = -1;

/** The team: how much each officer has, what comes of it, and cases handed over. */
export class DeskTeam extends Component {
    static template = "realestate_collection.DeskTeam";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.day = day;
        this.inDays = inDays;
        this.money = money;
        this.short = short;
        this.initials = initials;
        this.state = useState({
            period: "week",
            team: null,
            isLoading: false,
            theme: firstTheme(),
            officer: null,
            queue: null,
            chosen: new Set(),
            isMoving: false,
        });
        onWillStart(async () => {
            const [{ officers }] = await Promise.all([
                this.orm.silent.call(DESK, "get_filters", []),
                this.load(),
            ]);
            this.officers = officers;
        });
    }

    async load() {
        this.state.isLoading = true;
        try {
            const args = [this.state.period];
            this.state.team = await this.orm.silent.call(DESK, "get_team", args);
        } finally {
            this.state.isLoading = false;
        }
    }

    get periods() {
        return [
            { key: "day", label: _t("Today") },
            { key: "week", label: _t("7 days") },
            { key: "month", label: _t("30 days") },
        ];
    }

    choosePeriod(period) {
        this.state.period = period;
        return this.load();
    }

    get themeClass() {
        return this.state.theme === "dark" ? "is-dark" : "";
    }

    // --- figures ---

    /** How long the bar of an officer's cases is. */
    loadStyle(one) {
        const most = Math.max(
            1,
            ...this.state.team.officers.map((other) => other.cases || 0),
        );
        return `width:${Math.round((100 * (one.cases || 0)) / most)}%`;
    }

    share(part, whole) {
        const format = new Intl.NumberFormat(user.lang, { style: "percent" });
        return whole ? format.format(part / whole) : "—";
    }

    kept(one) {
        return this.share(one.kept || 0, (one.kept || 0) + (one.broken || 0));
    }

    amounts(list) {
        return (list || []).map(([currency, amount]) => ({
            key: currency,
            short: short(amount, currency),
            exact: money(amount, currency),
        }));
    }

    get totals() {
        const sum = (name) =>
            this.state.team.officers.reduce((all, one) => all + (one[name] || 0), 0);
        return [
            { key: "cases", label: _t("Open cases"), value: sum("cases") },
            { key: "behind", label: _t("Next steps overdue"), value: sum("behind") },
            { key: "unplanned", label: _t("No next step"), value: sum("unplanned") },
            { key: "replies", label: _t("Unanswered replies"), value: sum("replies") },
            {
                key: "contacts_today",
                label: _t("Contacts today"),
                value: sum("contacts_today"),
            },
        ];
    }

    // --- cases of one ---

    async open(officer) {
        const filters = { officer: officer.id || NOBODY };
        const fetch = (after) =>
            this.orm.silent.call(DESK, "get_queue", ["all", filters, after, PAGE]);
        const queue = new DeskQueue(fetch);
        queue.adopt(await fetch(false));
        Object.assign(this.state, { officer, queue, chosen: new Set() });
    }

    close() {
        Object.assign(this.state, { officer: null, queue: null });
    }

    onKey(ev) {
        if (ev.key === "Escape" && this.state.officer) {
            this.close();
            ev.stopPropagation();
        }
    }

    toggle(row) {
        const { chosen } = this.state;
        if (!chosen.delete(row.case_id)) {
            chosen.add(row.case_id);
        }
    }

    get isAll() {
        const { queue, chosen } = this.state;
        return queue.rows.length > 0 && chosen.size === queue.rows.length;
    }

    toggleAll() {
        const ids = this.isAll ? [] : this.state.queue.rows.map((row) => row.case_id);
        this.state.chosen = new Set(ids);
    }

    get others() {
        return this.officers.filter(({ id }) => id !== this.state.officer.id);
    }

    async move(other) {
        this.state.isMoving = true;
        try {
            const ids = [...this.state.chosen];
            const count = await this.orm.call(DESK, "reassign", [ids, other.id]);
            this.notification.add(_t("%s cases handed to %s.", count, other.name), {
                type: "success",
            });
            await Promise.all([this.load(), this.open(this.state.officer)]);
        } finally {
            this.state.isMoving = false;
        }
    }
}

registry.category("actions").add("realestate_collection.desk_team", DeskTeam);
