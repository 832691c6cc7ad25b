import { compareNumbers, lastWord, layOutBuilding, wrapFloors } from "./board_layout";
import { getStates } from "./board_states";

/** Filters that choose among values: what a unit says of itself for each. */
const FACETS = {
    state: (unit) => unit.state,
    kind: (unit) => unit.kind,
    type: (unit) => unit.type.id,
    bedrooms: (unit) => unit.type.bedrooms,
    view: (unit) => unit.view,
};
const NO_TYPE = { id: 0, name: "", bedrooms: 0 };

/** The units of a project and what is being looked for among them. */
export class BoardModel {
    /**
     * @param {Object} data what realestate.board.load returned
     * @param {(unit: Object, states: Object[]) => string} describe what a screen reader says of a unit
     */
    constructor(data, describe) {
        this.describe = describe;
        this.states = getStates();
        this.project = data.project;
        this.rights = data.rights;
        this.kinds = data.kinds;
        this.types = new Map(
            data.types.map(([id, name, bedrooms]) => [id, { id, name, bedrooms }]),
        );
        this.byId = new Map();
        this.filters = this.noFilters();
        this.skew = serverTime(data.now) - Date.now();
        this.hits = [];
        this.selected = new Set();
        this._build(data);
        this.refreshMatches();
    }

    _build(data) {
        const byBuilding = new Map(data.buildings.map(([id]) => [id, []]));
        for (const unit of this._unpack(data)) {
            this.byId.set(unit.id, unit);
            byBuilding.get(unit.buildingId)?.push(unit);
        }
        this.buildings = [];
        for (const [id, name, code, progress] of data.buildings) {
            const building = { id, name, code, progress };
            const units = byBuilding.get(id);
            if (units.length) {
                units.forEach((unit) => (unit.building = building));
                layOutBuilding(building, units);
                this.buildings.push(building);
            }
        }
        this.units = this.buildings.flatMap((building) => building.units);
        for (const unit of this.units) {
            unit.says = this.describe(unit, this.states);
        }
    }

    /** Turn the columns of an answer into units. */
    _unpack({ units: columns, claims }) {
        const { words } = columns;
        return columns.id.map((id, place) => {
            const number = columns.number[place];
            const word = lastWord(number);
            return {
                id,
                number,
                short: word.length > 6 ? word.slice(-5) : word,
                buildingId: columns.building_id[place],
                floor: words.floor[columns.floor[place]],
                floorSequence: columns.floor_sequence[place],
                type: this.types.get(columns.unit_type_id[place]) || NO_TYPE,
                kind: words.kind[columns.kind[place]],
                view: words.view[columns.view[place]],
                area: columns.area[place] || 0,
                price: columns.price_list[place] || 0,
                state: columns.state[place],
                claim: claims[id] || null,
                isDim: false,
                isHit: false,
                isFresh: false,
            };
        });
    }

    // --- changes ---

    /** Note that a unit looks different now. */
    touch(unit) {
        unit.row.version++;
        unit.row.chunk.version++;
        unit.building.version++;
    }

    /** Redraw everything. */
    touchAll() {
        for (const building of this.buildings) {
            building.version++;
            building.chunks.forEach((chunk) => chunk.version++);
            building.floors.forEach((floor) => floor.version++);
        }
    }

    /**
     * Take in what became of some units; return those that changed, or null when units
     * have come, gone or moved and the board must be loaded anew.
     */
    apply(data) {
        const changed = [];
        for (const news of this._unpack(data)) {
            const unit = this.byId.get(news.id);
            if (!unit || unit.floor !== news.floor || unit.number !== news.number) {
                return null;
            }
            const { area, price, state, claim, view } = news;
            unit.isFresh = unit.isFresh || unit.state !== state;
            Object.assign(unit, { area, price, state, claim, view });
            unit.says = this.describe(unit, this.states);
            this.touch(unit);
            changed.push(unit);
        }
        this.refreshMatches();
        return changed;
    }

    /** Take in the states that a message of the bus told; return the units it knows. */
    applyStates(pairs) {
        const known = [];
        for (const [id, key] of pairs) {
            const unit = this.byId.get(id);
            const state = this.states.findIndex((one) => one.key === key);
            if (unit && state >= 0) {
                if (unit.state !== state) {
                    unit.isFresh = true;
                    unit.state = state;
                    unit.says = this.describe(unit, this.states);
                    this.touch(unit);
                }
                known.push(unit);
            }
        }
        this.refreshMatches();
        return known;
    }

    /** Return the time on the server's clock, in milliseconds. */
    now() {
        return Date.now() + this.skew;
    }

    /** Return when the next claim ends by itself, or Infinity. */
    nextExpiry() {
        let next = Infinity;
        for (const { claim } of this.units) {
            if (claim?.until) {
                next = Math.min(next, serverTime(claim.until));
            }
        }
        return next;
    }

    /** Return the units whose claims have run out. */
    expired() {
        const now = this.now();
        return this.units.filter(
            ({ claim }) => claim?.until && serverTime(claim.until) <= now,
        );
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
        const sums = this.states.map(() => ({ count: 0, value: 0, all: 0 }));
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
            }
            if (isIn) {
                addTo(total, unit);
            }
        }
        this.sums = sums;
        this.total = total;
        this._sumBuildings();
    }

    _sumBuildings() {
        for (const building of this.buildings) {
            building.counts = this.states.map(() => 0);
            for (const unit of building.units) {
                building.counts[unit.state]++;
            }
        }
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
        const isHit = (unit) =>
            unit.number.toLowerCase().includes(wanted) ||
            `${unit.building.code}-${unit.number}`.toLowerCase().includes(wanted);
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

    // --- layout ---

    /** Lay the floors out for so many cells side by side. */
    wrap(room) {
        if (this.room !== room) {
            this.room = room;
            this.buildings.forEach((building) => wrapFloors(building, room));
        }
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

/** Read a server's time, which is UTC, as milliseconds. */
export function serverTime(text) {
    return Date.parse(`${text.replace(" ", "T")}Z`);
}
