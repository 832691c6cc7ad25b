import { onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useBus, useService } from "@web/core/utils/hooks";

const CHANGED = "realestate.board/changed";
const CHANNEL = "realestate.board_";
/** Changes that come together are asked for together. */
const TOGETHER = 200;
/** Boards that all load anew do so one after the other. */
const SPREAD = 1500;
const LONGEST_TIMER = 2 ** 31 - 1;

/** Keeps a board up to date: by the bus, and by the clock for claims that run out. */
export class BoardFeed {
    constructor(board) {
        this.board = board;
        this.bus = useService("bus_service");
        this.pending = new Set();
        this.onChanged = this.onChanged.bind(this);
        this.bus.subscribe(CHANGED, this.onChanged);
        // What was missed while the line was down is not told again.
        useBus(this.bus, "BUS:RECONNECT", () => this._reloadSoon());
        onWillUnmount(() => {
            this.bus.unsubscribe(CHANGED, this.onChanged);
            this.listen(null);
            for (const timer of [this.fetching, this.expiring, this.reloading]) {
                browser.clearTimeout(timer);
            }
        });
    }

    /** Listen to what happens in a project, and no longer to the one before. */
    listen(projectId) {
        if (this.channel) {
            this.bus.deleteChannel(this.channel);
        }
        this.channel = projectId && `${CHANNEL}${projectId}`;
        if (this.channel) {
            this.bus.addChannel(this.channel);
        }
    }

    onChanged({ project, units }) {
        const { model } = this.board;
        if (project !== model?.project.id) {
            return;
        }
        if (!units) {
            this._reloadSoon();
            return;
        }
        const known = model.applyStates(units);
        if (known.length < units.length) {
            this._reloadSoon();
            return;
        }
        known.forEach((unit) => this.pending.add(unit.id));
        this.board.refresh();
        browser.clearTimeout(this.fetching);
        this.fetching = browser.setTimeout(() => this._fetch(), TOGETHER);
    }

    _fetch() {
        const ids = [...this.pending];
        this.pending.clear();
        return this.board.fetchChanges(ids);
    }

    _reloadSoon() {
        browser.clearTimeout(this.reloading);
        this.reloading = browser.setTimeout(
            () => this.board.reload(),
            Math.random() * SPREAD,
        );
    }

    /** Wait for the next claim that ends by itself. */
    watchExpiry() {
        const { model } = this.board;
        browser.clearTimeout(this.expiring);
        const wait = model.nextExpiry() - model.now();
        if (Number.isFinite(wait)) {
            this.expiring = browser.setTimeout(
                () => this.board.fetchChanges(model.expired().map((unit) => unit.id)),
                Math.min(Math.max(wait, 0) + 1000, LONGEST_TIMER),
            );
        }
    }
}
