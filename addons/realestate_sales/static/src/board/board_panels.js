import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useActiveElement } from "@web/core/ui/ui_service";

/** A sheet over the board, which keeps the focus. Escape and a click beside it close it. */
class BoardPanel extends Component {
    static template = "realestate_sales.BoardPanel";
    static props = ["title", "board", "slots"];

    setup() {
        useActiveElement("root");
    }
}

/** Up to three units side by side; what differs stands out. */
export class BoardCompare extends Component {
    static template = "realestate_sales.BoardCompare";
    static components = { BoardPanel };
    static props = ["board", "version"];

    get units() {
        return this.props.board.model.compared;
    }

    get rows() {
        const { format, model } = this.props.board;
        const facts = [
            [_t("State"), (unit) => model.states[unit.state].label],
            [_t("List price"), (unit) => unit.price && format.money(unit.price)],
            [
                _t("Per m²"),
                (unit) => unit.price && format.perArea(unit.price, unit.area),
            ],
            [_t("Area"), (unit) => unit.area && format.area(unit.area)],
            [_t("Type"), (unit) => unit.type.name],
            [_t("Bedrooms"), (unit) => unit.type.bedrooms],
            [_t("Kind"), (unit) => model.kinds[unit.kind]],
            [_t("Building"), (unit) => unit.building.name],
            [_t("Floor"), (unit) => unit.floor],
            [_t("View"), (unit) => unit.view],
        ];
        return facts.map(([label, tell], place) => {
            const cells = this.units.map((unit) => String(tell(unit) || "–"));
            return { place, label, cells, differs: new Set(cells).size > 1 };
        });
    }

    stateOf(unit) {
        return this.props.board.model.states[unit.state];
    }
}

/** What the price lists say of the selected units. */
export class BoardPrices extends Component {
    static template = "realestate_sales.BoardPrices";
    static components = { BoardPanel };
    static props = ["board", "rows"];

    get rows() {
        return this.props.rows.map((row) => ({
            ...row,
            now: this.money(row.price_list),
            list: this.money(row.effective),
            next: this.money(row.coming),
            change: this.change(row),
            area: this.props.board.format.area(row.area),
        }));
    }

    /** Whether any list prices the units now, and whether a later one does. */
    get has() {
        return {
            list: this.props.rows.some((row) => row.effective),
            next: this.props.rows.some((row) => row.coming),
        };
    }

    money(amount) {
        return amount ? this.props.board.format.money(amount) : "–";
    }

    /** By how much the price will change: by the coming list, else by today's. */
    change(row) {
        const target = row.coming || row.effective;
        if (!target || !row.price_list || target === row.price_list) {
            return { text: "–", style: "" };
        }
        const part = target / row.price_list - 1;
        const text = `${part > 0 ? "+" : "−"}${(Math.abs(part) * 100).toFixed(1)} %`;
        return { text, style: part > 0 ? "is-up" : "is-down" };
    }

    get totals() {
        const sum = (read) => this.props.rows.reduce((all, row) => all + read(row), 0);
        const now = sum((row) => row.price_list);
        const list = sum((row) => row.effective || row.price_list);
        const next = sum((row) => row.coming || row.effective || row.price_list);
        return {
            now: this.money(now),
            list: this.money(list),
            next: this.money(next),
            change: this.change({ price_list: now, effective: list, coming: next }),
        };
    }

    get date() {
        return this.props.rows.find((row) => row.date_coming)?.date_coming;
    }
}
