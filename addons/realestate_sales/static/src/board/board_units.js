import { lastWord, layOutBuilding, wrapFloors } from "./board_layout";
import { AVAILABLE, getStates } from "./board_states";

const NO_TYPE = { id: 0, name: "", bedrooms: 0 };
/** What can become of a unit without moving it. */
const CHANGING = ["area", "price", "state", "claim", "view", "type", "mainId"];

/** The units of a project: where they stand, and what becomes of them. */
export class BoardUnits {
    /** @param {Object} data what realestate.board.load returned */
    constructor(data) {
        this.states = getStates();
        this.project = data.project;
        this.rights = data.rights;
        this.kinds = data.kinds;
        this.types = new Map(
            data.types.map(([id, name, bedrooms]) => [id, { id, name, bedrooms }]),
        );
        this.byId = new Map();
        this.skew = serverTime(data.now) - Date.now();
        this._build(data);
    }

    /** Count anew what has changed; whoever looks for something does it. */
    refreshMatches() {}

    _build(data) {
        const byBuilding = new Map(data.buildings.map(([id]) => [id, []]));
        for (const unit of this._unpack(data)) {
            // An archived building is not told, its units are.
            if (byBuilding.has(unit.buildingId)) {
                this.byId.set(unit.id, unit);
                byBuilding.get(unit.buildingId).push(unit);
            }
        }
        this.buildings = [];
        for (const [id, name, code, progress, phase] of data.buildings) {
            const building = { id, name, code, progress, phase };
            const units = byBuilding.get(id);
            if (units.length) {
                for (const unit of units) {
                    unit.building = building;
                    unit.searched = `${code}-${unit.number}`.toLowerCase();
                }
                layOutBuilding(building, units);
                this.buildings.push(building);
            }
        }
        this.units = this.buildings.flatMap((building) => building.units);
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
                typeId: columns.unit_type_id[place],
                type: this.types.get(columns.unit_type_id[place]) || NO_TYPE,
                kind: words.kind[columns.kind[place]],
                view: words.view[columns.view[place]],
                area: columns.area[place] || 0,
                price: columns.price_list[place] || 0,
                state: columns.state[place],
                mainId: columns.main_unit_id[place] || 0,
                claim: claims[id] || null,
                isDim: false,
                isHit: false,
                isFresh: false,
                says: null,
            };
        });
    }

    /** Whether a unit looks free and is only sold with another one. */
    isAttached(unit) {
        return unit.mainId > 0 && unit.state === AVAILABLE;
    }

    /** Return the unit that another one is sold with, if it is here. */
    mainOf(unit) {
        return this.byId.get(unit.mainId);
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
     * Take in what became of some units, or of all; return those that changed, or null
     * when units have come, gone or moved and the board must be built anew.
     */
    apply(data, isAll = false) {
        if (isAll && !this._hasFrame(data)) {
            return null;
        }
        const here = ({ id }) => !isAll || this.byId.has(id);
        const told = this._unpack(data).filter(here);
        if (!told.every((news) => this._isInPlace(news))) {
            return null;
        }
        const changed = told.filter((news) => this._takeIn(news));
        this.refreshMatches();
        return changed.map(({ id }) => this.byId.get(id));
    }

    /** Whether the units and buildings of an answer are the ones that are here. */
    _hasFrame({ buildings, units }) {
        const sign = (one) => [one.id, one.name, one.code, one.progress, one.phase];
        const withUnits = new Set(units.building_id);
        const told = buildings.filter(([id]) => withUnits.has(id));
        const shown = new Set(told.map(([id]) => id));
        const ids = units.id.filter((_id, place) =>
            shown.has(units.building_id[place]),
        );
        return (
            ids.length === this.byId.size &&
            ids.every((id) => this.byId.has(id)) &&
            isSame(told, this.buildings.map(sign))
        );
    }

    _isInPlace(news) {
        const unit = this.byId.get(news.id);
        const place = ["buildingId", "floor", "floorSequence", "number", "kind"];
        return (
            unit &&
            (!news.typeId || this.types.has(news.typeId)) &&
            place.every((name) => unit[name] === news[name])
        );
    }

    /** Note what is new of a unit; return whether anything is. */
    _takeIn(news) {
        const unit = this.byId.get(news.id);
        const names = CHANGING.filter((name) => !isSame(unit[name], news[name]));
        if (names.length) {
            unit.isFresh = unit.isFresh || unit.state !== news.state;
            names.forEach((name) => (unit[name] = news[name]));
            unit.says = null;
            this.touch(unit);
        }
        return names.length > 0;
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
                    unit.says = null;
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

    // --- layout ---

    /** Lay the floors out for so many cells side by side. */
    wrap(room) {
        if (this.room !== room) {
            this.room = room;
            this.buildings.forEach((building) => wrapFloors(building, room));
        }
    }
}

function isSame(one, other) {
    return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Read a server's time, which is UTC, as milliseconds. */
export function serverTime(text) {
    return Date.parse(`${text.replace(" ", "T")}Z`);
}
