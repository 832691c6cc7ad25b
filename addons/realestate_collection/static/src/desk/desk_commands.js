import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

/** The panels of an account, from left to right. */
export const PANELS = ["timeline", "schedule", "ledger", "notices", "agreements"];

/** What the desk does when it is told to, by keys or buttons. */
export class DeskCommands {
    constructor(desk, { action, notification }) {
        this.desk = desk;
        this.action = action;
        this.notification = notification;
    }

    /** Do what a key means; return false where it means nothing now. */
    run(name) {
        return this[name]();
    }

    down() {
        return this._step(1);
    }

    up() {
        return this._step(-1);
    }

    async _step(by) {
        const { desk } = this;
        if (await desk.queue.step(by)) {
            this._openCurrent();
        }
    }

    /** Open where one has arrived, not what one passes by. */
    _openCurrent() {
        const { desk } = this;
        const { current } = desk.queue;
        desk.state.contractId = current.id;
        desk.places.showRow(current.key);
        browser.clearTimeout(this.opening);
        this.opening = browser.setTimeout(() => {
            if (desk.queue.current === current) {
                desk.open(current.id);
            }
        }, 90);
    }

    async next() {
        const { desk } = this;
        if (await desk.queue.next()) {
            desk.places.showRow(desk.queue.current.key);
            desk.say(desk.queue.current.name);
            await desk.open(desk.queue.current.id);
        } else {
            this.notification.add(_t("That was the last one in this list."), {
                type: "success",
            });
        }
    }

    enter() {
        this.desk.state.shows = "";
        this.desk.places.focusAccount();
    }

    call() {
        return this._log(null);
    }

    promise() {
        return this._log("promised");
    }

    _log(outcome) {
        const { state } = this.desk;
        if (!state.account) {
            return false;
        }
        state.shows = "side";
        state.form = { outcome, version: (state.form?.version || 0) + 1 };
    }

    left() {
        this._turn(-1);
    }

    right() {
        this._turn(1);
    }

    _turn(by) {
        const { state } = this.desk;
        const place = PANELS.indexOf(state.panel) + by;
        state.panel = PANELS[Math.min(Math.max(place, 0), PANELS.length - 1)];
    }

    search() {
        this.desk.searchBox.el.focus();
        this.desk.searchBox.el.select();
    }

    help() {
        this.desk.state.isHelp = !this.desk.state.isHelp;
    }

    /** Undo the last thing that was opened; return false when there is none. */
    escape() {
        const { state, root } = this.desk;
        if (state.isHelp) {
            state.isHelp = false;
        } else if (state.form) {
            state.form = null;
        } else if (state.shows) {
            state.shows = "";
        } else if (state.text) {
            this.desk.search.clear();
        } else {
            return false;
        }
        root.el.focus();
    }

    open() {
        return this.doAction("contract");
    }

    dispute() {
        return this._press("dispute");
    }

    arrangement() {
        return this._press("arrangement");
    }

    stop() {
        return this._press("stop", "resume");
    }

    visit() {
        return this._press("visit");
    }

    payment() {
        return this._press("payment");
    }

    statement() {
        return this._press("statement");
    }

    /** Press the first of these buttons that is there. */
    _press(...kinds) {
        const { account } = this.desk.state;
        const kind = kinds.find((one) => account?.actions.includes(one));
        return kind ? this.doAction(kind) : false;
    }

    /** Open what a button is for; what it changed is seen when it closes. */
    async doAction(kind) {
        const { desk } = this;
        const { contractId } = desk.state;
        if (!contractId) {
            return false;
        }
        const action = await desk.ask("get_action", [contractId, kind]);
        await this.action.doAction(action, {
            onClose: () => desk.refreshAccount(),
        });
    }

    team() {
        const { action } = this;
        return action.doAction(
            "realestate_collection.realestate_collection_desk_team_action",
        );
    }

    async copyLink() {
        const { desk } = this;
        const link = await desk.orm.call(
            "realestate.collection.desk",
            "get_payment_link",
            [desk.state.contractId],
        );
        await browser.navigator.clipboard.writeText(link);
        this.notification.add(_t("The payment link is copied: paste it in any chat."), {
            type: "success",
        });
    }

    /** Keep what came of a contact; go on to the next account where asked. */
    async save(values, goesOn) {
        const { desk } = this;
        const { contractId } = desk.state;
        await desk.orm.call(
            "realestate.collection.desk",
            "log_contact",
            [contractId],
            values,
        );
        desk.queue.finish(contractId);
        desk.state.form = null;
        desk.state.shows = "";
        desk.say(_t("Saved"));
        desk.accounts.forget(contractId);
        if (goesOn) {
            desk.ask("get_counts", [desk.filters.asked]).then((counts) => {
                desk.state.counts = counts;
            });
            await this.next();
        } else {
            await desk.refreshAccount();
        }
        desk.root.el.focus();
    }
}
