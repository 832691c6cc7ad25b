import {
    Component,
    onMounted,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { cookie } from "@web/core/browser/cookie";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DeskAccount } from "./desk_account";
import { DeskAccounts } from "./desk_accounts";
import { DeskCommands } from "./desk_commands";
import { DeskFilters, keptFilters } from "./desk_filters";
import { DeskHelp } from "./desk_help";
import { getKeys, meaningOf } from "./desk_keys";
import { DeskList } from "./desk_list";
import { DeskPlaces } from "./desk_places";
import { DeskQueue } from "./desk_queue";
import { DeskSearch } from "./desk_search";
import { DeskSide } from "./desk_side";

export const DESK = "realestate.collection.desk";
export const THEME = "realestate_collection.desk.theme";

/** Light or dark, as the user has chosen here or in the client. */
export function firstTheme() {
    const known = browser.localStorage.getItem(THEME);
    return known || (cookie.get("color_scheme") === "dark" ? "dark" : "light");
}

/** The collector's desk: whom to see to, the buyer, and what came of it. */
export class Desk extends Component {
    static template = "realestate_collection.Desk";
    static components = {
        DeskAccount,
        DeskHelp,
        DeskList,
        DeskSide,
        Dropdown,
        DropdownItem,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.searchBox = useRef("search");
        this.keys = getKeys();
        this.state = useState(this._firstState());
        this.accounts = new DeskAccounts((id) => this.ask("get_account", [id]));
        this.commands = new DeskCommands(this, {
            action: useService("action"),
            notification: useService("notification"),
        });
        this.filters = new DeskFilters(this);
        this.places = new DeskPlaces(this);
        this.search = new DeskSearch(this);
        useExternalListener(window, "keydown", (ev) => this.onKey(ev));
        useSetupAction({
            getLocalState: () => ({
                tab: this.state.tab,
                contract: this.state.contractId,
                panel: this.state.panel,
            }),
        });
        onWillStart(() => this._start());
        onMounted(() => this.root.el?.focus());
    }

    _firstState() {
        const kept = this.props.state || {};
        return {
            tab: kept.tab || "my_day",
            text: "",
            filters: keptFilters(),
            counts: {},
            queue: null,
            isLoading: false,
            contractId: kept.contract || null,
            account: null,
            isOpening: false,
            failure: "",
            panel: kept.panel || "timeline",
            panelVersion: 0,
            form: null,
            theme: firstTheme(),
            shows: "",
            isHelp: false,
            said: "",
        };
    }

    // --- loading ---

    ask(method, args = []) {
        return this.orm.silent.call(DESK, method, args);
    }

    async _start() {
        this.frame = await this.ask("open_desk", [this.filters.asked, this.state.tab]);
        this.state.counts = this.frame.counts;
        this._show(this.frame.queue);
        const kept = this.state.contractId;
        const row = kept
            ? this.queue.rows.find(({ id }) => id === kept)
            : this.queue.current;
        if (row) {
            this.queue.goTo(row.key);
        }
        // The queue is seen first; the account follows.
        this.open(kept || row?.id);
    }

    _show(page) {
        const done = this.queue?.done;
        const { tab } = this.state;
        const queue = new DeskQueue((after) =>
            this.ask("get_queue", [
                this.state.text ? "search" : tab,
                this.filters.asked,
                after,
            ]),
        );
        queue.adopt(page);
        queue.done = done || queue.done;
        this.state.queue = queue;
    }

    get queue() {
        return this.state.queue;
    }

    /** Load the list anew and begin at its first row. */
    async reload({ opens = true } = {}) {
        const asked = {};
        this.asked = asked;
        this.state.isLoading = true;
        const tab = this.state.text ? "search" : this.state.tab;
        try {
            const [page, counts] = await Promise.all([
                this.ask("get_queue", [tab, this.filters.asked]),
                this.ask("get_counts", [this.filters.asked]),
            ]);
            if (this.asked === asked) {
                this.state.counts = counts;
                this._show(page);
                this.say(this.countText);
                if (opens) {
                    await this.open(this.queue.current?.id);
                }
            }
        } finally {
            if (this.asked === asked) {
                this.state.isLoading = false;
            }
        }
    }

    /** Show an account. */
    async open(contractId) {
        this.state.contractId = contractId || null;
        this.state.failure = "";
        this.state.form = null;
        if (!contractId) {
            this.state.account = null;
            return;
        }
        this.state.isOpening = true;
        try {
            const account = await this.accounts.get(contractId);
            if (this.state.contractId === contractId) {
                this.state.account = account;
                this.state.panelVersion++;
                this._prefetch();
            }
        } catch (error) {
            if (this.state.contractId === contractId) {
                this.state.account = null;
                this.state.failure = error.data?.message || error.message;
            }
        } finally {
            if (this.state.contractId === contractId) {
                this.state.isOpening = false;
            }
        }
    }

    /** Have the account at hand that is most likely opened next. */
    _prefetch() {
        const next = this.queue.rows[this.queue.place + 1];
        if (next) {
            browser.setTimeout(() => this.accounts.get(next.id).catch(() => {}), 200);
        }
    }

    /** Read what is shown of the account anew, after something was done. */
    async refreshAccount() {
        const { contractId } = this.state;
        this.accounts.forget(contractId);
        const account = await this.accounts.get(contractId);
        if (this.state.contractId === contractId) {
            this.state.account = account;
            this.state.panelVersion++;
        }
        this.state.counts = await this.ask("get_counts", [this.filters.asked]);
    }

    // --- choosing ---

    chooseTab(tab) {
        this.state.tab = tab;
        this.state.text = "";
        return this.reload();
    }

    onKey(ev) {
        const run = meaningOf(ev, this.keys);
        if (run && this.commands.run(run) !== false) {
            ev.preventDefault();
        }
    }

    // --- looks ---

    toggleTheme() {
        this.state.theme = this.state.theme === "dark" ? "light" : "dark";
        browser.localStorage.setItem(THEME, this.state.theme);
    }

    get themeClass() {
        return this.state.theme === "dark" ? "is-dark" : "";
    }

    get countText() {
        const { rows, hasMore } = this.queue;
        return hasMore
            ? _t("%s accounts and more", rows.length)
            : _t("%s accounts", rows.length);
    }

    /** Tell a screen reader what has happened. */
    say(text) {
        const said = text.toString();
        // The same words once more are not heard unless they differ.
        this.state.said = said === this.state.said ? `${said}\u00a0` : said;
    }
}

registry.category("actions").add("realestate_collection.desk", Desk);
