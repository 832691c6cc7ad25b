import { Component } from "@odoo/owl";

/** The states with their signs, counts and values; each is also a filter. */
export class BoardLegend extends Component {
    static template = "realestate_sales.BoardLegend";
    static props = ["board", "version"];

    get model() {
        return this.props.board.model;
    }

    get items() {
        const { format, isHall } = this.props.board;
        const chosen = this.model.filters.state;
        const all = this.model.units.length;
        return this.model.states.map((state) => {
            const sum = this.model.sums[state.code];
            return {
                ...state,
                count: format.count(sum.count),
                isNone: !sum.count,
                attached: sum.attached && format.count(sum.attached),
                share: format.share(sum.count, all),
                value: isHall || !sum.value ? "" : format.short(sum.value),
                isChosen: chosen.has(state.code),
                isOff: chosen.size > 0 && !chosen.has(state.code),
                style: `flex-grow:${all ? sum.all / all : 0}`,
            };
        });
    }

    /** From gone to free, as the bar is read. */
    get parts() {
        return this.items.filter((item) => this.model.sums[item.code].all).reverse();
    }

    toggle(code) {
        this.props.board.toggleFilter("state", code);
    }
}
