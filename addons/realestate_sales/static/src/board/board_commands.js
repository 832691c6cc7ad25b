import { _t } from "@web/core/l10n/translation";
import { UNRELEASED } from "./board_states";

/** How many units can be compared side by side. */
export const MOST_COMPARED = 3;

function isOff(unit) {
    return unit.state === UNRELEASED;
}

/** What a person does to units from the board; the server decides whether they may. */
export class BoardCommands {
    constructor(board, { orm, action, notification }) {
        this.board = board;
        this.orm = orm;
        this.action = action;
        this.notification = notification;
    }

    hold(unit) {
        return this._change(
            [unit],
            "action_hold",
            _t("%s is held for you.", unit.number),
        );
    }

    release(unit) {
        return this._change(
            [unit],
            "action_release",
            _t("%s is free again.", unit.number),
        );
    }

    /** Be told when the unit is free again, behind those who wait already. */
    wait(unit) {
        const done = _t("You are on the waiting list of %s.", unit.number);
        return this._change([unit], "action_join_queue", done);
    }

    releaseToMarket(units) {
        const done = _t("%s units are on the market.", units.length);
        return this._change(units, "action_release_to_market", done);
    }

    /** Ask why, then take the units off the market: the reason is kept. */
    async withdraw(units) {
        const ids = units.map((unit) => unit.id);
        const asked = units.filter((unit) => !isOff(unit)).map((unit) => unit.id);
        this.board.pointing.close();
        const form = "action_withdraw_form";
        const action = await this.orm.call("realestate.unit", form, [ids]);
        await this.action.doAction(action, {
            onClose: () => this._tellWithdrawn(asked),
        });
    }

    /** Show and say what became of units after somebody was asked whether to withdraw. */
    async _tellWithdrawn(ids) {
        await this.board.fetchChanges(ids);
        const units = ids.map((id) => this.board.model.byId.get(id));
        const gone = units.filter((unit) => unit && isOff(unit));
        if (gone.length) {
            const done = _t("%s units are off the market.", gone.length);
            this.notification.add(done, { type: "success" });
            this.board.say(done);
        } else {
            this.board.say(_t("Nothing was withdrawn."));
        }
    }

    /** Call a method of the units and show what became of them, also after a refusal. */
    async _change(units, method, done) {
        const ids = units.map((unit) => unit.id);
        const hadFocus = this.board.state.card?.takesFocus;
        this.board.pointing.close();
        try {
            await this.orm.call("realestate.unit", method, [ids]);
            this.notification.add(done, { type: "success" });
            this.board.say(done);
        } finally {
            await this.board.fetchChanges(ids);
            if (hadFocus) {
                this.board.places.focus(units[0]);
            }
        }
    }

    reserve(unit) {
        return this._openForm("realestate.reservation", false, {
            name: _t("Reserve %s", unit.number),
            context: { default_unit_id: unit.id },
        });
    }

    open(unit) {
        return this._openForm("realestate.unit", unit.id);
    }

    openPaper(unit) {
        return this._openForm(unit.claim.model, unit.claim.res);
    }

    _openForm(model, id, more = {}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id || undefined,
            views: [[false, "form"]],
            target: "current",
            ...more,
        });
    }

    /** Put a unit beside the others, or take it away again. */
    compare(unit) {
        const { model } = this.board;
        if (model.compared.includes(unit)) {
            model.compared = model.compared.filter((other) => other !== unit);
        } else if (model.compared.length === MOST_COMPARED) {
            const full = _t("Three units can be compared: take one away first.");
            this.notification.add(full, { type: "warning" });
            return;
        } else {
            model.compared = [...model.compared, unit];
        }
        model.touch(unit);
        this.board.refresh();
    }

    async previewPrices(units) {
        const ids = units.map((unit) => unit.id);
        const rows = await this.orm.call("realestate.board", "preview_prices", [ids]);
        this.board.openPanel("prices", { rows });
    }
}
