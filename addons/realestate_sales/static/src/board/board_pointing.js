import { onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const HOVER_AFTER = 30;
const NEXT_AFTER = 20;

/** Pointing at units: the card that follows the pointer, and the one a click pins. */
export class BoardPointing {
    constructor(board) {
        this.board = board;
        onWillUnmount(() => browser.clearTimeout(this.hovering));
    }

    get card() {
        return this.board.state.card;
    }

    open(unit, isPinned, takesFocus = false) {
        browser.clearTimeout(this.hovering);
        const rect = this.board.places.cellOf(unit)?.getBoundingClientRect();
        if (rect) {
            this.board.state.card = { unitId: unit.id, rect, isPinned, takesFocus };
        }
    }

    /** Show another unit, and what can be done with it. */
    goTo(unit) {
        const { takesFocus } = this.card;
        this.close();
        this.board.places.focus(unit);
        // When its cell is drawn and in its place.
        browser.requestAnimationFrame(() => this.open(unit, true, takesFocus));
    }

    close() {
        browser.clearTimeout(this.hovering);
        this.board.state.card = null;
    }

    onOver(ev) {
        browser.clearTimeout(this.hovering);
        const { card } = this;
        const isBusy = card?.isPinned || this.board.selection.drag?.band;
        if (isBusy || ev.pointerType === "touch") {
            return;
        }
        const unit = this.board.places.unitAt(ev.target);
        if (!unit) {
            this.board.state.card = null;
        } else if (card?.unitId !== unit.id) {
            const show = () => this.open(unit, false);
            const wait = card ? NEXT_AFTER : HOVER_AFTER;
            this.hovering = browser.setTimeout(show, wait);
        }
    }

    onLeave() {
        browser.clearTimeout(this.hovering);
        if (!this.card?.isPinned) {
            this.board.state.card = null;
        }
    }

    onScroll() {
        const { card } = this;
        const unit = card?.isPinned && this.board.model.byId.get(card.unitId);
        this.close();
        if (unit) {
            // It stays with its cell.
            this.open(unit, true);
        }
    }

    onClick(ev) {
        const { places, selection } = this.board;
        const unit = places.unitAt(ev.target);
        if (selection.wasDragged) {
            selection.wasDragged = false;
            return;
        }
        if (!unit) {
            this.close();
            return;
        }
        places.setCursor(unit);
        if (this.board.isHall || !selection.takesClick(ev, unit)) {
            this.open(unit, true);
        }
        this.board.refresh();
    }

    onFocusIn(ev) {
        const unit = this.board.places.unitAt(ev.target);
        if (unit && ev.target.matches(":focus-visible") && !this.card?.isPinned) {
            this.open(unit, false);
        }
    }
}
