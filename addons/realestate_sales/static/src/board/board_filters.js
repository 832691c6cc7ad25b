import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { _t } from "@web/core/l10n/translation";
import { compareNumbers } from "./board_layout";

const BARS = 28;

/** Phase, building, kind, type, bedrooms, view, plan and price: what is looked for, and how much there is. */
export class BoardFilters extends Component {
    static template = "realestate_sales.BoardFilters";
    static components = { Dropdown };
    static props = ["board", "version"];

    setup() {
        this.band = useState({ low: 0, high: 1000 });
    }

    get model() {
        return this.props.board.model;
    }

    get format() {
        return this.props.board.format;
    }

    /** The facets there is something to choose in; what, is counted when one is opened. */
    get facets() {
        const labels = {
            phase: _t("Phase"),
            building: _t("Building"),
            kind: _t("Kind"),
            type: _t("Type"),
            bedrooms: _t("Bedrooms"),
            view: _t("View"),
            plan: _t("Payment plan"),
            attached: _t("Sale"),
        };
        return Object.entries(labels)
            .filter(([key]) => this.model.hasChoice(key))
            .map(([key, label]) => ({
                key,
                label: label.toString(),
                chosen: this.model.filters[key].size,
            }));
    }

    valuesOf(facet) {
        const values = this.model.facetValues(facet).map((item) => ({
            ...item,
            label: this.labelOf(facet, item.value),
            isChosen: this.model.filters[facet].has(item.value),
        }));
        // Phases and buildings stand in the order they were given.
        return facet === "phase" || facet === "building"
            ? values
            : values.sort((a, b) => compareNumbers(a.label, b.label));
    }

    labelOf(facet, value) {
        const labels = {
            phase: () => value || _t("No phase"),
            building: () => this.model.buildings.find(({ id }) => id === value)?.name,
            kind: () => this.model.kinds[value],
            type: () => this.model.types.get(value)?.name || _t("No type"),
            bedrooms: () => (value ? String(value) : _t("None")),
            view: () => value || _t("No view"),
            plan: () => value || _t("No plan"),
            attached: () => (value ? _t("With a home") : _t("By itself")),
        };
        return labels[facet]().toString();
    }

    /** What is chosen, as chips to take away again. */
    get chips() {
        const chips = this.facets.flatMap(({ key }) =>
            [...this.model.filters[key]].map((value) => ({
                key: `${key} ${value}`,
                label: this.chipOf(key, this.labelOf(key, value)),
                remove: () => this.toggle(key, value),
            })),
        );
        const band = this.model.filters.price;
        if (band) {
            chips.push({
                key: "price",
                label: `${this.format.short(band[0])} – ${this.format.short(band[1])}`,
                remove: () => this.clearBand(),
            });
        }
        return chips;
    }

    chipOf(facet, label) {
        return facet === "bedrooms" ? _t("%s BR", label) : label;
    }

    get prices() {
        const { min, max, heights } = this.model.priceBars(BARS);
        const most = Math.max(1, ...heights);
        const { low, high } = this.band;
        return {
            min,
            max,
            isFlat: !(max > min),
            bars: heights.map((height, place) => ({
                place,
                style: `height:${Math.round((Math.sqrt(height / most) || 0) * 100)}%`,
                isIn: (place + 1) / BARS > low / 1000 && place / BARS < high / 1000,
            })),
            from: this.format.short(this.priceAt(low, min, max)),
            to: this.format.short(this.priceAt(high, min, max)),
        };
    }

    priceAt(place, min, max) {
        return min + ((max - min) * place) / 1000;
    }

    setBand(end, ev) {
        const value = Number(ev.target.value);
        this.band[end] =
            end === "low"
                ? Math.min(value, this.band.high)
                : Math.max(value, this.band.low);
        const { min, max } = this.model.priceBars(1);
        const { low, high } = this.band;
        const isAll = low === 0 && high === 1000;
        this.props.board.setPriceBand(
            isAll ? null : [this.priceAt(low, min, max), this.priceAt(high, min, max)],
        );
    }

    clearBand() {
        Object.assign(this.band, { low: 0, high: 1000 });
        this.props.board.setPriceBand(null);
    }

    toggle(facet, value) {
        this.props.board.toggleFilter(facet, value);
    }

    clear() {
        Object.assign(this.band, { low: 0, high: 1000 });
        this.props.board.clearFilters();
    }

    get summary() {
        const { total, units, isFiltered } = this.model;
        const all = this.format.count(units.length);
        const count = this.format.count(total.count);
        return {
            units: isFiltered ? _t("%s of %s units", count, all) : _t("%s units", all),
            value: total.value ? this.format.short(total.value) : "",
            average: total.area ? this.format.perArea(total.value, total.area) : "",
        };
    }
}
