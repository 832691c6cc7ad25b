import { compareNumbers } from "./board_layout";
import { BoardUnits } from "./board_units";

/** Filters that choose among values: what a unit says of itself for each. */
const FACETS = {
    state: (unit) => unit.state,
    phase: (unit) => unit.building.phase,
    building: (unit) => unit.building.id,
    kind: (unit) => unit.kind,
    type: (unit) => unit.type.id,
    bedrooms: (unit) => unit.type.bedrooms,
    view: (unit) => unit.view,
    plan: (unit) => unit.claim?.plan || "",
    attached: (unit) => unit.mainId > 0,
};

/** The units of a project, and what is being looked for and chosen among them. */
export class BoardModel extends BoardUnits {
    constructor(data) {
        super(data);
        this.filters = this.noFilters();
        this.hits = [];
        this.selected = new Set();
        this.compared = [];
        [this.cursor] = this.units;
        this.refreshMatches();
    }

    /** Take over what was looked for and chosen in another model, as far as it is here. */
    adopt({ filters, selected = [], compared = [], cursor = {} }) {
        this.filters = filters || this.filters;
        this.selected = new Set([...selected].filter((id) => this.byId.has(id)));
        const here = ({ id }) => this.byId.get(id);
        this.compared = compared.map(here).filter(Boolean);
        this.cursor = here(cursor) || this.units[0];
        this.refreshMatches();
    }

    // --- filters ---

    noFilters() {
        const filters = { price: null };
        Object.keys(FACETS).forEach((facet) => (filters[facet] = new Set()));
        return filters;
    }

    get isFiltered() {
        const { price, ...facets } = this.filters;
        return Boolean(price) || Object.values(facets).some((values) => values.size);
    }

    /** Note that a value of a facet is looked for, or no longer. */
    toggleFilter(facet, value) {
        const values = this.filters[facet];
        if (!values.delete(value)) {
            values.add(value);
        }
        this.refreshMatches();
    }

    setPriceBand(band) {
        this.filters.price = band;
        this.refreshMatches();
    }

    clearFilters() {
        this.filters = this.noFilters();
        this.refreshMatches();
    }

    /**
     * Note of a unit how many filters it misses and the last of them: so it counts for
     * the values of a facet when it misses nothing but that.
     */
    _judge(unit, facets) {
        const band = this.filters.price;
        unit.misses = 0;
        if (band && (unit.price < band[0] || unit.price > band[1])) {
            unit.misses++;
            unit.missed = "price";
        }
        for (const facet of facets) {
            if (!this.filters[facet].has(FACETS[facet](unit))) {
                unit.misses++;
                unit.missed = facet;
            }
        }
    }

    /** Whether a unit passes the filters, leaving one of them out. */
    matches(unit, except) {
        return !unit.misses || (unit.misses === 1 && unit.missed === except);
    }

    /** Dim what does not match and count anew. */
    refreshMatches() {
        const facets = Object.keys(FACETS).filter((facet) => this.filters[facet].size);
        const sums = this.states.map(() => ({
            count: 0,
            value: 0,
            all: 0,
            attached: 0,
        }));
        const total = { count: 0, value: 0, area: 0, priced: 0 };
        for (const unit of this.units) {
            this._judge(unit, facets);
            const isIn = !unit.misses;
            if (unit.isDim === isIn) {
                unit.isDim = !isIn;
                this.touch(unit);
            }
            const sum = sums[unit.state];
            sum.all++;
            if (this.matches(unit, "state")) {
                sum.count++;
                sum.value += unit.price;
                sum.attached += this.isAttached(unit) ? 1 : 0;
            }
            if (isIn) {
                addTo(total, unit);
            }
        }
        this.sums = sums;
        this.total = total;
        this._sumBuildings();
    }

    /** Whole buildings that are not looked for are not shown at all. */
    get shownBuildings() {
        const { phase, building } = this.filters;
        const shown = this.buildings.filter(
            (one) =>
                (!phase.size || phase.has(one.phase)) &&
                (!building.size || building.has(one.id)),
        );
        return shown.length ? shown : this.buildings;
    }

    _sumBuildings() {
        for (const building of this.buildings) {
            building.counts = this.states.map(() => 0);
            for (const unit of building.units) {
                building.counts[unit.state]++;
            }
        }
    }

    /** Whether there is something to choose in a facet. */
    hasChoice(facet) {
        const tell = FACETS[facet];
        const first = tell(this.units[0]);
        return this.units.some((unit) => tell(unit) !== first);
    }

    /** Return the values a facet can take, with how many units there are of each. */
    facetValues(facet) {
        const counts = new Map();
        for (const unit of this.units) {
            const value = FACETS[facet](unit);
            const known = counts.get(value) || 0;
            counts.set(value, known + (this.matches(unit, facet) ? 1 : 0));
        }
        return [...counts].map(([value, count]) => ({ value, count }));
    }

    /** Return the least and the highest price, and bars of how many lie between. */
    priceBars(bars) {
        const prices = this.units.map((unit) => unit.price).filter(Boolean);
        const min = prices.reduce((a, b) => Math.min(a, b), Infinity);
        const max = prices.reduce((a, b) => Math.max(a, b), 0);
        const heights = new Array(bars).fill(0);
        for (const price of prices) {
            const place = Math.floor(((price - min) / (max - min || 1)) * bars);
            heights[Math.min(place, bars - 1)]++;
        }
        return { min, max, heights };
    }

    // --- search ---

    /** Mark the units whose number contains the text; return them in order. */
    search(text) {
        const wanted = text.trim().toLowerCase();
        const isHit = (unit) => unit.searched.includes(wanted);
        const hits = wanted ? this.units.filter(isHit) : [];
        const marked = new Set(hits);
        for (const unit of this.units) {
            if (unit.isHit !== marked.has(unit)) {
                unit.isHit = !unit.isHit;
                this.touch(unit);
            }
        }
        const exact = (unit) => Number(unit.short.toLowerCase() === wanted);
        hits.sort((a, b) => exact(b) - exact(a) || compareNumbers(a.number, b.number));
        this.hits = hits;
        return hits;
    }
}

function addTo(total, unit) {
    total.count++;
    total.value += unit.price;
    if (unit.price) {
        total.area += unit.area;
        total.priced++;
    }
}
