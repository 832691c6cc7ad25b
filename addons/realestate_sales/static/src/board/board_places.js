import { _t } from "@web/core/l10n/translation";
import { chooseZoom, fitBoard } from "./board_zoom";

/** Boards of more units draw only what is in sight. */
const LAZY_FROM = 1200;
/** What stands above the canvas before it can be measured. */
const HEADER = 244;
const HALL_HEADER = 176;
/** What stays in sight above and before the cells may lie over them. */
const HEADS = 80;
const MARGIN = "250px 0px";

/** Where things are on the page: sizes, what is drawn at all, where the focus goes. */
export class BoardPlaces {
    constructor(board) {
        this.board = board;
        this.pitch = null;
        this.isLazy = false;
        this.toFocus = null;
        // What is said after a unit that is not looked for.
        this.dimmed = `, ${_t("filtered out")}`;
    }

    get model() {
        return this.board.model;
    }

    // --- size ---

    get zoom() {
        return this.board.state.zoom ?? this.autoZoom;
    }

    /** Choose the size of the cells for the room there is. */
    fit() {
        const canvas = this.board.canvas.el;
        const header = this.board.isHall ? HALL_HEADER : HEADER;
        const page = {
            width: canvas?.clientWidth || window.innerWidth,
            height: canvas?.clientHeight || window.innerHeight - header,
        };
        if (this.board.state.zoom === null) {
            this.autoZoom = chooseZoom(this.model, page);
        }
        this.pitch = fitBoard(this.model, this.zoom, page);
        const shown = this.model.shownBuildings;
        if (!shown.includes(this.model.cursor.building)) {
            this.model.cursor = shown[0].units[0];
        }
        this.isLazy = this.model.units.length > LAZY_FROM;
        if (this.isLazy) {
            this._showFirst((page.width * page.height) / this.pitch.area);
        }
        this.model.touchAll();
    }

    // --- what is drawn ---

    /** Draw about a screen at once; the observer sees to the rest. */
    _showFirst(screen) {
        let cells = 0;
        const start = this.model.cursor.row.chunk;
        for (const chunk of this.model.shownBuildings.flatMap((one) => one.chunks)) {
            chunk.shown = cells < screen || chunk === start;
            cells += chunk.floors.reduce((sum, floor) => sum + floor.units.length, 0);
        }
    }

    watch(el, chunk) {
        if (this.isLazy) {
            el.boardChunk = chunk;
            this.observer = this.observer || this._makeObserver();
            this.observer.observe(el);
        }
    }

    forget(el) {
        this.observer?.unobserve(el);
    }

    forgetAll() {
        this.observer?.disconnect();
        this.observer = null;
    }

    _makeObserver() {
        const seen = (entries) => {
            let hasChanged = false;
            for (const { target, isIntersecting } of entries) {
                const chunk = target.boardChunk;
                // Where the keys are must stay, or Tab would not find the grid.
                const isShown = isIntersecting || chunk === this.model.cursor.row.chunk;
                if (chunk.shown !== isShown) {
                    chunk.shown = isShown;
                    chunk.version++;
                    chunk.floors[0].building.version++;
                    hasChanged = true;
                }
            }
            if (hasChanged) {
                this.board.refresh();
            }
        };
        const options = { root: this.board.canvas.el, rootMargin: MARGIN };
        return new IntersectionObserver(seen, options);
    }

    // --- units ---

    cellOf(unit) {
        return this.board.root.el?.querySelector(`[data-u="${unit.id}"]`);
    }

    unitAt(target) {
        const cell = target.closest?.("[data-u]");
        return cell && this.model.byId.get(Number(cell.dataset.u));
    }

    setCursor(unit) {
        this.model.touch(this.model.cursor);
        this.model.cursor = unit;
        unit.row.chunk.shown = true;
        this.model.touch(unit);
    }

    /** Bring a unit into sight and make it the one the keys start from. */
    show(unit) {
        this._go(unit, true);
    }

    /** Bring a unit into sight and give it the focus. */
    focus(unit) {
        this._go(unit, false);
    }

    _go(unit, isQuiet) {
        this.setCursor(unit);
        this.toFocus = { unit, isQuiet };
        this.board.refresh();
    }

    /** Go where _go wanted to, now that the cell is drawn. */
    arrive() {
        const { unit, isQuiet } = this.toFocus || {};
        this.toFocus = null;
        const cell = unit && this.cellOf(unit);
        if (!cell) {
            return;
        }
        if (!this._isInSight(cell)) {
            const behavior = isQuiet ? "smooth" : "instant";
            const block = isQuiet ? "center" : "nearest";
            cell.scrollIntoView({ block, inline: block, behavior });
        }
        if (!isQuiet) {
            cell.focus({ preventScroll: true });
        }
    }

    _isInSight(cell) {
        const [own, room] = [cell, this.board.canvas.el].map((el) =>
            el.getBoundingClientRect(),
        );
        return (
            own.top >= room.top + HEADS &&
            own.bottom <= room.bottom &&
            own.left >= room.left + HEADS &&
            own.right <= room.right
        );
    }

    // --- words ---

    soldWith(unit) {
        const main = this.model.mainOf(unit);
        return main ? _t("sold with %s", main.number) : _t("sold with a home");
    }

    /** What a screen reader says of a unit. */
    describe(unit) {
        const { format, model } = this.board;
        return [
            _t("Unit %s", unit.number),
            model.states[unit.state].label,
            unit.claim?.mine && _t("by you"),
            model.isAttached(unit) && this.soldWith(unit),
            unit.type.name,
            unit.area && format.area(unit.area),
            unit.price && format.money(unit.price),
        ]
            .filter(Boolean)
            .join(", ");
    }
}
