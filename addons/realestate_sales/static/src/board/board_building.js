import { Component, onMounted, onWillUnmount, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { AVAILABLE } from "./board_states";

/** What stands on no floor is known by a picture of its kind. */
const GROUND_ICONS = {
    home: "fa-home",
    parking: "fa-car",
    storage: "fa-archive",
    plot: "fa-map-o",
    shop: "fa-shopping-bag",
};

/** One floor: the door of the floor and its units. Redrawn when its version changes. */
export class BoardFloor extends Component {
    static template = "realestate_sales.BoardFloor";
    static props = ["floor", "version", "detail", "board"];

    get label() {
        const { floor, board } = this.props;
        return floor.label
            ? _t("Floor %s", floor.label)
            : _t("On no floor: %s", board.model.kinds[floor.kind]);
    }

    get icon() {
        return `fa fa-fw ${GROUND_ICONS[this.props.floor.kind] || "fa-square-o"}`;
    }

    /** What a screen reader says; it is made when a cell is drawn, and kept. */
    says(unit) {
        unit.says = unit.says || this.props.board.places.describe(unit);
        return unit.isDim ? unit.says + this.props.board.places.dimmed : unit.says;
    }

    get cellsStyle() {
        return `--rb-n:${this.props.floor.width}`;
    }

    cellClass(unit) {
        const { model } = this.props.board;
        let name = `o_rb_cell is-${model.states[unit.state].key}`;
        name += unit.isDim ? " is-dim" : "";
        name += unit.isHit ? " is-hit" : "";
        name += model.isAttached(unit) ? " is-attached" : "";
        name += unit.isFresh ? " is-fresh" : "";
        name += model.selected.has(unit.id) ? " is-selected" : "";
        name += model.compared?.includes(unit) ? " is-compared" : "";
        return name + (unit.claim?.mine ? " is-mine" : "");
    }

    isSelected(unit) {
        return this.props.board.model.selected.has(unit.id) ? "true" : "false";
    }

    tabIndex(unit) {
        return this.props.board.model.cursor === unit ? "0" : "-1";
    }
}

/** Some floors that are drawn together, or only kept room for while out of sight. */
export class BoardChunk extends Component {
    static template = "realestate_sales.BoardChunk";
    static components = { BoardFloor };
    static props = ["chunk", "version", "detail", "board"];

    setup() {
        this.root = useRef("root");
        const { board, chunk } = this.props;
        onMounted(() => board.places.watch(this.root.el, chunk));
        onWillUnmount(() => board.places.forget(this.root.el));
    }

    get isShown() {
        return this.props.chunk.shown || !this.props.board.places.isLazy;
    }

    get rootStyle() {
        const { board, chunk } = this.props;
        const lines = chunk.floors.reduce((sum, floor) => sum + floor.lines, 0);
        return this.isShown ? "" : `height:${lines * board.places.pitch.height}px`;
    }
}

/** A building: its name, how far it is sold and built, its floors from the top. */
export class BoardBuilding extends Component {
    static template = "realestate_sales.BoardBuilding";
    static components = { BoardChunk };
    static props = ["building", "version", "detail", "board"];

    get freeText() {
        const { building, board } = this.props;
        const free = board.format.count(building.counts[AVAILABLE]);
        return _t(
            "%s of %s available",
            free,
            board.format.count(building.units.length),
        );
    }

    /** Parts of the bar: what is gone first, what is free, what is not released. */
    get parts() {
        const { building, board } = this.props;
        const all = building.units.length;
        return [5, 4, 3, 2, 1, 0]
            .filter((code) => building.counts[code])
            .map((code) => ({
                ...board.model.states[code],
                style: `flex-grow:${building.counts[code] / all}`,
                count: building.counts[code],
            }));
    }

    get hasHeads() {
        return this.props.detail > 0 && this.props.building.heads.length > 1;
    }
}
