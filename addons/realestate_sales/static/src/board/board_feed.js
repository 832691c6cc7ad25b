import { onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

const CHANGED = "realestate.board/changed";
const CHANNEL = "realestate.board_";
/** Changes that come together are asked for together. */
const TOGETHER = 200;
/** Boards that all look again do so one after the other. */
const SPREAD = 1500;
/** A subscription holds this long after it was asked for, at the latest. */
const SUBSCRIBED = 1500;
/** A line that is down for a moment is nobody's concern, nor one that is being made. */
const PATIENCE = 4000;
const PATIENCE_AT_FIRST = 10_000;
/** How often to look without being told: with a line, and without one. */
const LOOK_EVERY = 300_000;
const LOOK_WITHOUT_LINE = 15_000;
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Keeps a board up to date: by the bus, and by the clock for claims that run out.
 *
 * What was missed is fetched: after subscribing, when the line comes back, and now and
 * then in any case, for a screen in a hall runs for weeks.
 */
export class BoardFeed {
    constructor(board) {
        this.board = board;
        this.bus = useService("bus_service");
        this.state = useState({ isLost: false });
        this.pending = new Set();
        this.timers = {};
        this.lookAt = Infinity;
        this.onChanged = this.onChanged.bind(this);
        this.bus.subscribe(CHANGED, this.onChanged);
        this.onLine = this.onLine.bind(this);
        this.onNoLine = this.onNoLine.bind(this);
        this._eachLineEvent((event, run) => this.bus.addEventListener(event, run));
        this.hasLine = this.bus.workerState === "CONNECTED";
        if (!this.hasLine) {
            this._later("losing", PATIENCE_AT_FIRST, () => this._expectLine());
        }
        onWillUnmount(() => {
            this.isOver = true;
            this.bus.unsubscribe(CHANGED, this.onChanged);
            this._eachLineEvent((event, run) =>
                this.bus.removeEventListener(event, run),
            );
            this.listen(null);
            Object.values(this.timers).forEach((timer) => browser.clearTimeout(timer));
        });
    }

    /** Do something later, instead of what was to be done under that name. */
    _later(name, wait, run) {
        browser.clearTimeout(this.timers[name]);
        this.timers[name] = browser.setTimeout(run, Math.min(wait, LONGEST_TIMER));
    }

    /** Listen to what happens in a project, and no longer to the one before. */
    listen(projectId) {
        if (this.channel) {
            this.bus.deleteChannel(this.channel);
        }
        this.channel = projectId && `${CHANNEL}${projectId}`;
        if (this.channel) {
            this.bus.addChannel(this.channel);
            // What happens between the answer of the load and then is told to nobody.
            this.lookSoon(SUBSCRIBED);
        }
    }

    // --- the line ---

    // Not by a hook, which would begin when the board is mounted: too late.
    _eachLineEvent(use) {
        use("BUS:CONNECT", this.onLine);
        use("BUS:RECONNECT", this.onLine);
        use("BUS:DISCONNECT", this.onNoLine);
        use("BUS:RECONNECTING", this.onNoLine);
    }

    onLine() {
        browser.clearTimeout(this.timers.losing);
        this.hasLine = true;
        this.state.isLost = false;
        this.lookSoon(Math.random() * SPREAD + 500);
    }

    /** Say so when the line stays down. */
    onNoLine() {
        this.hasLine = false;
        this._later("losing", PATIENCE, () => this._lose());
    }

    /** A line that another tab had opened before is not told of. */
    _expectLine() {
        this.hasLine = this.bus.workerState === "CONNECTED";
        if (!this.hasLine) {
            this._lose();
        }
    }

    _lose() {
        this.state.isLost = true;
        this.lookSoon(0);
    }

    // --- looking ---

    /** Look what was missed, unless that will be done sooner anyhow. */
    lookSoon(wait) {
        const at = Date.now() + wait;
        if (this.isOver || at >= this.lookAt) {
            return;
        }
        this.lookAt = at;
        this._later("looking", wait, () => {
            this.lookAt = Infinity;
            this._look(() => this.board.sync());
        });
    }

    /** Fetch, and look again some time later. */
    async _look(fetch) {
        try {
            await fetch();
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.state.isLost = true;
        } finally {
            this.lookSoon(this.state.isLost ? LOOK_WITHOUT_LINE : LOOK_EVERY);
        }
        this.state.isLost = this.state.isLost && !this.hasLine;
    }

    onChanged({ project, units }) {
        const { model } = this.board;
        if (project !== model?.project.id) {
            return;
        }
        const known = units ? model.applyStates(units) : [];
        if (!units || known.length < units.length) {
            this.lookSoon(Math.random() * SPREAD);
            return;
        }
        known.forEach((unit) => this.pending.add(unit.id));
        this.board.refresh();
        this._later("fetching", TOGETHER, () => this._fetch());
    }

    /** Ask more of the units that have changed. */
    _fetch() {
        const ids = [...this.pending];
        this.pending.clear();
        return this._look(() => this.board.fetchChanges(ids));
    }

    /** Wait for the next claim that ends by itself. */
    watchExpiry() {
        const { model } = this.board;
        const wait = model.nextExpiry() - model.now();
        browser.clearTimeout(this.timers.expiring);
        if (Number.isFinite(wait)) {
            this._later("expiring", Math.max(wait, 0) + 1000, () => {
                model.expired().forEach((unit) => this.pending.add(unit.id));
                this._fetch();
            });
        }
    }
}
