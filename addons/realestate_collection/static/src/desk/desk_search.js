import { browser } from "@web/core/browser/browser";

/** How long one waits for the next letter, in milliseconds. */
const PAUSE = 200;

/** Searching any buyer, on whichever list. */
export class DeskSearch {
    constructor(desk) {
        this.desk = desk;
    }

    onInput(text) {
        this.desk.state.text = text.trim();
        this.isWaiting = true;
        browser.clearTimeout(this.waiting);
        this.waiting = browser.setTimeout(() => this.find(false), PAUSE);
    }

    /** Show who is found. */
    find(opens) {
        this.isWaiting = false;
        browser.clearTimeout(this.waiting);
        return this.desk.reload({ opens });
    }

    onKey(ev) {
        if (["Enter", "ArrowDown"].includes(ev.key)) {
            this.desk.root.el.focus();
            this.openFirst();
        } else if (ev.key === "Escape") {
            this.clear();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Open who is found first; whoever is quicker than the search waits for it. */
    openFirst() {
        const { state, queue } = this.desk;
        if (this.isWaiting || state.isLoading) {
            return this.find(true);
        }
        return this.desk.open(queue.current?.id);
    }

    clear() {
        const { state, root } = this.desk;
        root.el.focus();
        if (state.text) {
            state.text = "";
            return this.desk.reload();
        }
    }
}
