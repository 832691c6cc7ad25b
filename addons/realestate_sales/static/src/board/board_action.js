import {
    Component,
    onMounted,
    onPatched,
    onWillStart,
    onWillUnmount,
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
import { debounce } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { BoardBuilding } from "./board_building";
import { BoardCard } from "./board_card";
import { BoardCommands } from "./board_commands";
import { BoardFeed } from "./board_feed";
import { BoardFilters } from "./board_filters";
import { BoardFormat } from "./board_format";
import { BoardLegend } from "./board_legend";
import { BoardModel } from "./board_model";
import { BoardCompare, BoardPrices } from "./board_panels";
import { BoardPlaces } from "./board_places";
import { BoardPointing } from "./board_pointing";
import { BoardSearch } from "./board_search";
import { BoardSelection } from "./board_selection";
import { RESERVED } from "./board_states";
import { getZooms } from "./board_zoom";

const BOARD = "realestate_sales.board";
const HALL = "realestate_sales.board_hall";

/** The sales control board, and in a hall its screen for everybody to see. */
export class Board extends Component {
    static template = "realestate_sales.Board";
    static components = {
        BoardBuilding,
        BoardCard,
        BoardCompare,
        BoardFilters,
        BoardLegend,
        BoardPrices,
        Dropdown,
        DropdownItem,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.isHall = this.props.action.tag === HALL;
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.canvas = useRef("canvas");
        this.searchBox = useRef("search");
        this.zooms = getZooms();
        this.version = 0;
        this.state = useState(this._firstState());
        this.commands = new BoardCommands(this, {
            orm: this.orm,
            action: this.action,
            notification: useService("notification"),
        });
        this.places = new BoardPlaces(this);
        this.pointing = new BoardPointing(this);
        this.search = new BoardSearch(this);
        this.selection = new BoardSelection(this);
        this.feed = new BoardFeed(this);
        this._listen();
        onWillStart(() => this._start());
    }

    _firstState() {
        const kept = this.props.state || {};
        const known = browser.localStorage.getItem(`${BOARD}.theme`);
        const scheme = cookie.get("color_scheme");
        return {
            zoom: kept.zoom ?? null,
            theme: known || (scheme === "dark" ? "dark" : "light"),
            search: kept.search || "",
            hit: 0,
            card: null,
            panel: null,
            isPicking: false,
            said: "",
        };
    }

    _listen() {
        useExternalListener(
            window,
            "resize",
            debounce(() => this.fit(), 150),
        );
        useExternalListener(window, "keydown", (ev) => this.onWindowKey(ev));
        useSetupAction({
            getLocalState: () => ({
                project: this.model?.project.id,
                filters: this.model?.filters,
                zoom: this.state.zoom,
                search: this.state.search,
                scroll: this.canvas.el?.scrollTop,
            }),
        });
        onMounted(() => {
            if (this.canvas.el && this.props.state?.scroll) {
                this.canvas.el.scrollTop = this.props.state.scroll;
            }
        });
        onPatched(() => {
            this.places.arrive();
        });
        onWillUnmount(() => {
            this.places.forgetAll();
        });
    }

    // --- loading ---

    async _start() {
        const projects = this.isHall ? "get_hall_projects" : "get_projects";
        this.projects = await this.orm.call("realestate.board", projects, []);
        const kept = this.props.state?.project;
        const asked = this.props.action.context?.active_id || kept;
        const last = asked || Number(browser.localStorage.getItem(`${BOARD}.project`));
        const project = this.projects.find(({ id }) => id === last) || this.projects[0];
        if (project) {
            await this.open(project.id, this.props.state);
        }
    }

    /** Show a project. */
    async open(projectId, kept = null) {
        this.opening = projectId;
        this.feed.listen(projectId);
        const data = await this._load(projectId);
        if (this.opening !== projectId) {
            return;
        }
        this.format = new BoardFormat(data.project.currency);
        browser.localStorage.setItem(`${BOARD}.project`, projectId);
        this.isStaff = data.staff;
        this.state.card = null;
        this._show(data, { filters: kept?.filters });
    }

    _load(projectId, { ids, isSilent = false } = {}) {
        const orm = isSilent ? this.orm.silent : this.orm;
        const method = ids ? "load_changes" : "load";
        const args = ids ? [projectId, ids] : [projectId];
        return orm.call("realestate.board", this.isHall ? "load_hall" : method, args);
    }

    /** Show what was loaded, and of what was there before what is still there. */
    _show(data, before) {
        this.places.forgetAll();
        this.model = new BoardModel(data);
        if (!this.model.units.length) {
            this.model = null;
            this.refresh();
            return;
        }
        this.model.adopt(before);
        this.model.search(this.state.search);
        if (this.state.card && !this.model.byId.has(this.state.card.unitId)) {
            this.state.card = null;
        }
        this.places.fit();
        this.feed.watchExpiry();
        this.refresh();
    }

    /** Load everything again; redraw what is not as it was. */
    async sync() {
        const { project } = this.model || {};
        const data = project && (await this._load(project.id, { isSilent: true }));
        if (!data || this.model?.project.id !== project.id) {
            return;
        }
        if (this.model.apply(data, true) === null) {
            this._show(data, this.model);
            return;
        }
        this.feed.watchExpiry();
        this.refresh();
    }

    /** Ask what became of some units and show it. */
    async fetchChanges(ids) {
        if (!ids.length) {
            return;
        }
        const { id } = this.model.project;
        const data = await this._load(id, { ids, isSilent: true });
        if (this.model?.project.id !== id) {
            return;
        }
        if (data.units.id.length < ids.length || this.model.apply(data) === null) {
            await this.sync();
            return;
        }
        this.feed.watchExpiry();
        this.refresh();
    }

    /** Redraw what has changed. */
    refresh() {
        this.version++;
        this.render();
    }

    // --- looks ---

    fit() {
        if (this.model) {
            this.places.fit();
            this.refresh();
        }
    }

    setZoom(zoom) {
        this.state.zoom = zoom;
        this.pointing.close();
        this.fit();
    }

    get themeClass() {
        return this.state.theme === "dark" ? "is-dark" : "";
    }

    toggleTheme() {
        this.state.theme = this.state.theme === "dark" ? "light" : "dark";
        browser.localStorage.setItem(`${BOARD}.theme`, this.state.theme);
    }

    /** Tell a screen reader what has happened. */
    say(text) {
        const said = text.toString();
        // The same words once more are not heard unless they differ.
        this.state.said = said === this.state.said ? `${said}\u00a0` : said;
    }

    get projectText() {
        const { buildings, units } = this.model;
        const sold = units.filter((unit) => unit.state > RESERVED).length;
        const share = this.format.share(sold, units.length);
        const count = this.format.count(units.length);
        return buildings.length === 1
            ? _t("1 building · %s units · %s sold", count, share)
            : _t("%s buildings · %s units · %s sold", buildings.length, count, share);
    }

    // --- filters ---

    toggleFilter(facet, value) {
        const before = this.model.shownBuildings.length;
        this.model.toggleFilter(facet, value);
        this._afterFilter(before);
    }

    /** Redraw, anew when other buildings are shown. */
    _afterFilter(shownBefore) {
        if (shownBefore === this.model.shownBuildings.length) {
            this.refresh();
        } else {
            this.pointing.close();
            this.fit();
        }
    }

    setPriceBand(band) {
        this.model.setPriceBand(band);
        this.refresh();
    }

    clearFilters() {
        const before = this.model.shownBuildings.length;
        this.model.clearFilters();
        this._afterFilter(before);
    }

    // --- keys ---

    onKey(ev) {
        const unit = this.places.unitAt(ev.target);
        if (!unit) {
            return;
        }
        if (ev.key === "Enter") {
            this.pointing.open(unit, true, true);
        } else if (!this.selection.onKey(ev, unit)) {
            return;
        }
        ev.preventDefault();
    }

    onWindowKey(ev) {
        const isTyping = ev.target.closest?.("input, textarea, [contenteditable=true]");
        if (ev.key === "Escape" && this.escape()) {
            ev.preventDefault();
        } else if (ev.key === "/" && !isTyping && this.searchBox.el) {
            this.searchBox.el.focus();
            ev.preventDefault();
        }
    }

    /** Undo the last thing that was opened; return whether there was one. */
    escape() {
        const { card, panel } = this.state;
        if (panel) {
            this.closePanel();
        } else if (card?.isPinned) {
            const unit = this.model.byId.get(card.unitId);
            this.pointing.close();
            if (card.takesFocus) {
                this.places.focus(unit);
            }
        } else if (this.model?.selected.size) {
            this.pointing.close();
            this.selection.clear();
        } else {
            return false;
        }
        return true;
    }

    // --- panels ---

    openPanel(kind, data = {}) {
        this.pointing.close();
        this.state.panel = { kind, ...data };
    }

    closePanel() {
        this.state.panel = null;
    }

    openHall() {
        return this.action.doAction("realestate_sales.realestate_board_hall_action", {
            additionalContext: { active_id: this.model.project.id },
        });
    }

    leaveHall() {
        return this.action.doAction("realestate_sales.realestate_board_action", {
            clearBreadcrumbs: true,
        });
    }

    async toggleFullscreen() {
        if (document.fullscreenElement) {
            await document.exitFullscreen();
        } else {
            await document.documentElement.requestFullscreen();
        }
    }

    get marketChoice() {
        const units = this.selection.units;
        return {
            release: units.filter((unit) => unit.state === 0),
            withdraw: units.filter((unit) => unit.state === 1),
            value: this.format.short(units.reduce((sum, unit) => sum + unit.price, 0)),
        };
    }
}

registry.category("actions").add(BOARD, Board);
registry.category("actions").add(HALL, Board);
