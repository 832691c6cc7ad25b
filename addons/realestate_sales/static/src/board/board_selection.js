import { onWillUnmount, useExternalListener } from "@odoo/owl";
import { neighbour } from "./board_layout";

const DRAG_FROM = 6;
const MOVES = {
    ArrowLeft: "left",
    ArrowRight: "right",
    ArrowUp: "up",
    ArrowDown: "down",
    Home: "home",
    End: "end",
};

/** Where a key goes: in a script from the right the first unit stands on the right. */
export function moveOf(key, direction) {
    const move = MOVES[key];
    const mirrored = { left: "right", right: "left" }[move];
    return (direction === "rtl" && mirrored) || move;
}

/** The units of the rectangle that two units of one building span. */
export function spanned(first, last) {
    if (first.building !== last.building) {
        return [last];
    }
    const { floors } = first.building;
    const rows = [floors.indexOf(first.row), floors.indexOf(last.row)];
    const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
    const [left, right] = [
        Math.min(first.col, last.col),
        Math.max(first.col, last.col),
    ];
    return floors
        .slice(top, bottom + 1)
        .flatMap((floor) => floor.units)
        .filter((unit) => unit.col >= left && unit.col <= right);
}

/** Choosing many units: by clicks with Shift or Ctrl, by dragging, by keys. */
export class BoardSelection {
    constructor(board) {
        this.board = board;
        this.drag = null;
        this.wasDragged = false;
        useExternalListener(window, "pointermove", (ev) => this._move(ev));
        useExternalListener(window, "pointerup", () => this._drop());
        useExternalListener(window, "pointercancel", () => this._drop());
        onWillUnmount(() => this.drag?.band?.remove());
    }

    get model() {
        return this.board.model;
    }

    get units() {
        return [...this.model.selected].map((id) => this.model.byId.get(id));
    }

    set(units, isOn) {
        for (const unit of units) {
            if (this.model.selected.has(unit.id) !== isOn) {
                this.model.selected[isOn ? "add" : "delete"](unit.id);
                this.model.touch(unit);
            }
        }
        this.board.refresh();
    }

    toggle(unit) {
        this.anchor = unit;
        this.set([unit], !this.model.selected.has(unit.id));
    }

    extendTo(unit) {
        this.anchor = this.anchor || this.model.cursor || unit;
        this.set(spanned(this.anchor, unit), true);
    }

    clear() {
        this.set(this.units, false);
    }

    /** Select what is not dimmed. */
    selectMatching() {
        this.set(
            this.model.units.filter((unit) => !unit.isDim),
            true,
        );
    }

    /** Whether a click chooses the unit instead of opening its card. */
    takesClick(ev, unit) {
        if (ev.shiftKey) {
            this.extendTo(unit);
        } else if (ev.ctrlKey || ev.metaKey || this.board.state.isPicking) {
            this.toggle(unit);
        } else {
            this.anchor = unit;
            return false;
        }
        return true;
    }

    // --- dragging ---

    start(ev) {
        this.wasDragged = false;
        if (ev.pointerType !== "mouse" || ev.button !== 0 || this.board.isHall) {
            return;
        }
        this.drag = { x: ev.clientX, y: ev.clientY };
    }

    _move(ev) {
        const { drag } = this;
        if (!drag) {
            return;
        }
        const far = Math.hypot(ev.clientX - drag.x, ev.clientY - drag.y);
        if (!drag.band && far < DRAG_FROM) {
            return;
        }
        if (!drag.band) {
            this._startBand(ev);
        }
        const box = {
            left: Math.min(drag.x, ev.clientX),
            top: Math.min(drag.y, ev.clientY),
            right: Math.max(drag.x, ev.clientX),
            bottom: Math.max(drag.y, ev.clientY),
        };
        Object.assign(drag.band.style, {
            left: `${box.left}px`,
            top: `${box.top}px`,
            width: `${box.right - box.left}px`,
            height: `${box.bottom - box.top}px`,
        });
        this._selectIn(box);
    }

    _startBand() {
        const { drag } = this;
        this.board.pointing.close();
        const root = this.board.root.el;
        drag.before = new Set(this.model.selected);
        drag.cells = [...root.querySelectorAll(".o_rb_cell")].map((cell) => ({
            unit: this.model.byId.get(Number(cell.dataset.u)),
            rect: cell.getBoundingClientRect(),
        }));
        drag.band = document.createElement("div");
        drag.band.className = "o_rb_band";
        root.append(drag.band);
    }

    _selectIn(box) {
        const { before, cells } = this.drag;
        let hasChanged = false;
        for (const { unit, rect } of cells) {
            const isIn =
                rect.left < box.right &&
                rect.right > box.left &&
                rect.top < box.bottom &&
                rect.bottom > box.top;
            const isOn = isIn || before.has(unit.id);
            if (this.model.selected.has(unit.id) !== isOn) {
                this.model.selected[isOn ? "add" : "delete"](unit.id);
                this.model.touch(unit);
                hasChanged = true;
            }
        }
        if (hasChanged) {
            this.board.refresh();
        }
    }

    _drop() {
        this.wasDragged = Boolean(this.drag?.band);
        this.drag?.band?.remove();
        this.drag = null;
    }

    // --- keys ---

    /** Handle a key pressed on a unit; return whether it meant something. */
    onKey(ev, unit) {
        return (
            this._walk(ev, unit) ||
            this._changeBuilding(ev, unit) ||
            (!this.board.isHall && this._choose(ev, unit))
        );
    }

    _walk(ev, unit) {
        const move = moveOf(ev.key, getComputedStyle(ev.target).direction);
        if (!move) {
            return false;
        }
        const next = neighbour(unit, move);
        if (ev.shiftKey && !this.board.isHall) {
            this.anchor = this.anchor || unit;
            this.extendTo(next);
        } else {
            this.anchor = null;
        }
        this.board.places.focus(next);
        return true;
    }

    _changeBuilding(ev, unit) {
        const page = { PageUp: -1, PageDown: 1 }[ev.key];
        if (!page) {
            return false;
        }
        const buildings = this.model.shownBuildings;
        const next = buildings[buildings.indexOf(unit.building) + page];
        this.board.places.focus(next ? next.floors[0].units[0] : unit);
        return true;
    }

    _choose(ev, unit) {
        if (ev.key === " ") {
            this.toggle(unit);
            return true;
        }
        if (ev.key === "a" && (ev.ctrlKey || ev.metaKey)) {
            this.selectMatching();
            return true;
        }
        return false;
    }
}
