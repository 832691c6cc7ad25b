/**
 * Where each unit stands: buildings, floors from the top, columns by number.
 *
 * Pure functions of what the server sent; nothing here knows of the browser.
 */

const numbers = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

// Floors of more units than this, or than twice the usual floor, such as basements full
// of parking, are wrapped over several lines, which are not shorter than that.
const WIDEST_FLOOR = 60;
const NARROWEST_WRAP = 16;
/** Villas and plots stand on no floor: more of them than this stand as a block. */
const WIDEST_ROW = 12;
/** Numbers of more letters than this may be wider than their cell. */
const LONG = 4;
/** Cells of one piece that is drawn or left out as a whole. */
const CHUNK_CELLS = 240;

/** Compare two numbers as people read them: 2 before 10, 12 before 12A. */
export function compareNumbers(first, second) {
    return numbers.compare(first, second);
}

/** Return the last word of a number: "4-401" is read as 401. */
export function lastWord(number) {
    const words = number.match(/[\p{L}\p{N}]+/gu);
    return words ? words[words.length - 1] : number;
}

/**
 * Return what is the same for all units above each other: 01 of 401 on floor 4.
 *
 * @param {string} number
 * @param {string} floor as on the door
 * @returns {string}
 */
export function stackKey(number, floor) {
    const word = lastWord(number);
    const level = (floor.match(/\d+[A-Z]?/i) || floor.match(/^\w+/) || [""])[0];
    const rest = word.length - level.length;
    if (level && rest > 0 && rest <= 3 && word.startsWith(level)) {
        return word.slice(level.length);
    }
    return word;
}

/** Return the columns of floors as a Map of key to place, or null when keys clash. */
function alignByKey(floors) {
    const keys = new Set();
    for (const floor of floors) {
        const own = new Set(
            floor.units.map((unit) => stackKey(unit.number, floor.label)),
        );
        if (own.size < floor.units.length) {
            return null;
        }
        own.forEach((key) => keys.add(key));
    }
    const most = Math.max(...floors.map((floor) => floor.units.length));
    if (keys.size > Math.max(most + 2, most * 1.3)) {
        return null;
    }
    const sorted = [...keys].sort(compareNumbers);
    return new Map(sorted.map((key, place) => [key, place]));
}

/** Give the units of these floors their columns; return the heads of the columns. */
function placeInColumns(floors) {
    const columns = floors.length > 1 ? alignByKey(floors) : null;
    for (const floor of floors) {
        let next = 0;
        floor.units.forEach((unit, place) => {
            unit.col = columns
                ? columns.get(stackKey(unit.number, floor.label))
                : place;
            unit.style = unit.col === next ? undefined : `grid-column:${unit.col + 1}`;
            next = unit.col + 1;
        });
        floor.columns = next;
    }
    return columns ? [...columns.keys()] : [];
}

/** Return what most units of a floor are: parking does not stand below homes. */
function kindOf(floor) {
    const counts = new Map();
    for (const { kind } of floor.units) {
        counts.set(kind, (counts.get(kind) || 0) + 1);
    }
    return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

/** Place floors of the same kind in columns; return the heads of the most floors. */
function placeByKind(floors) {
    const groups = new Map();
    for (const floor of floors) {
        const kind = kindOf(floor);
        groups.set(kind, [...(groups.get(kind) || []), floor]);
    }
    let [most, heads] = [0, []];
    for (const group of groups.values()) {
        const own = placeInColumns(group);
        if (group.length > most) {
            [most, heads] = [group.length, own];
        }
    }
    return heads;
}

/** Group the units of a building into floors, from the top; what stands on no floor, by
 * kind, is at the bottom.
 */
function makeFloors(units) {
    const floors = new Map();
    for (const unit of units) {
        const key = `${unit.floorSequence} ${unit.floor || unit.kind}`;
        if (!floors.has(key)) {
            floors.set(key, {
                key,
                label: unit.floor,
                kind: unit.kind,
                sequence: unit.floor ? unit.floorSequence : -Infinity,
                units: [],
                version: 0,
            });
        }
        floors.get(key).units.push(unit);
    }
    const ordered = [...floors.values()];
    ordered.sort((a, b) => compareFloors(b, a) || numbers.compare(b.label, a.label));
    for (const floor of ordered) {
        floor.units.sort((a, b) => numbers.compare(a.number, b.number));
        floor.isLong = floor.units.some(({ short }) => short?.length > LONG);
        for (const unit of floor.units) {
            unit.row = floor;
        }
    }
    return ordered;
}

function compareFloors(first, second) {
    return first.sequence === second.sequence ? 0 : first.sequence - second.sequence;
}

/** Whether nothing of a building stands on a floor, as of villas and plots. */
function isFlat(floors) {
    return floors.length === 1 || !floors.some((floor) => floor.label);
}

/** Cut the floors into pieces of some hundred cells each. */
function makeChunks(floors) {
    const chunks = [];
    let cells = Infinity;
    for (const floor of floors) {
        if (cells + floor.units.length > CHUNK_CELLS) {
            chunks.push({ id: chunks.length, floors: [], version: 0, shown: false });
            cells = 0;
        }
        const chunk = chunks[chunks.length - 1];
        chunk.floors.push(floor);
        floor.chunk = chunk;
        cells += floor.units.length;
    }
    return chunks;
}

/** Return how many units a floor may have to stand in one line. */
function widestOf(floors) {
    if (isFlat(floors)) {
        return WIDEST_ROW;
    }
    const counts = floors.map((floor) => floor.units.length).sort((a, b) => a - b);
    const usual = counts[Math.floor(counts.length / 2)];
    return Math.min(WIDEST_FLOOR, Math.max(NARROWEST_WRAP, usual * 2));
}

/**
 * Put the units of one building in their places.
 *
 * @param {Object} building gets floors, chunks, columns, heads
 * @param {Object[]} units of this building; get col, row, style
 */
export function layOutBuilding(building, units) {
    const floors = makeFloors(units);
    const widest = widestOf(floors);
    const narrow = floors.filter((floor) => floor.units.length <= widest);
    building.units = units;
    building.floors = floors;
    building.heads = placeByKind(narrow);
    building.columns = Math.max(0, ...narrow.map((floor) => floor.columns));
    floors.forEach((floor, index) => {
        floor.index = index;
        floor.isWide = floor.units.length > widest;
        floor.building = building;
    });
    building.chunks = makeChunks(floors);
    building.version = 0;
}

/** Return how many units stand side by side on a floor that is wrapped. */
function wrappedWidth(building, room) {
    if (isFlat(building.floors)) {
        const block = Math.ceil(Math.sqrt(building.units.length * 1.7));
        return Math.max(Math.min(room, block), 4);
    }
    const wish = Math.max(NARROWEST_WRAP, Math.round(building.columns * 1.3));
    return Math.max(building.columns, Math.min(room, wish, WIDEST_FLOOR), 4);
}

/**
 * Wrap the floors that are too wide for the room there is.
 *
 * @param {Object} building
 * @param {number} room cells that fit side by side
 */
export function wrapFloors(building, room) {
    const width = wrappedWidth(building, room);
    building.width = building.columns;
    for (const floor of building.floors) {
        floor.width = floor.isWide ? width : building.columns;
        floor.lines = floor.isWide ? Math.ceil(floor.units.length / width) : 1;
        building.width = Math.max(building.width, floor.width);
        if (floor.isWide) {
            floor.units.forEach((unit, place) => {
                unit.col = place % width;
                unit.line = Math.floor(place / width);
                unit.style = undefined;
            });
        }
    }
}

/** Return the unit beside another one, or the same where there is none. */
export function neighbour(unit, direction) {
    const floor = unit.row;
    const place = floor.units.indexOf(unit);
    if (direction === "left" || direction === "right") {
        return floor.units[place + (direction === "left" ? -1 : 1)] || unit;
    }
    if (direction === "home" || direction === "end") {
        return floor.units[direction === "home" ? 0 : floor.units.length - 1];
    }
    return above(unit, place, direction === "up" ? -1 : 1);
}

/** Return the unit one line up (-1) or down (1). */
function above(unit, place, step) {
    const floor = unit.row;
    if (floor.isWide) {
        const inside = floor.units[place + step * floor.width];
        if (inside) {
            return inside;
        }
    }
    const floors = floor.building.floors;
    const next = floors[floors.indexOf(floor) + step];
    if (!next) {
        return unit;
    }
    const line = step < 0 ? next.lines - 1 : 0;
    const candidates = next.isWide
        ? next.units.filter((other) => other.line === line)
        : next.units;
    return candidates.reduce((best, other) =>
        Math.abs(other.col - unit.col) < Math.abs(best.col - unit.col) ? other : best,
    );
}
