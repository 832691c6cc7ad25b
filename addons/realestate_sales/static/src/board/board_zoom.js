import { _t } from "@web/core/l10n/translation";

/** Sizes of a cell in pixels: the usual one, the largest one where there is room. */
const SIZES = [
    { key: "dense", width: 18, height: 18, gap: 2, widest: 32 },
    { key: "normal", width: 42, height: 26, gap: 3, widest: 54 },
    { key: "large", width: 96, height: 58, gap: 4, widest: 120 },
];
const SMALLEST = 11;
/** The smallest cells may be so many times as high as wide, to fill a large screen. */
const TALLEST = 1.4;
/** Screens to scroll through before the cells become small. */
const MOST_SCREENS = 3;
/** Cells from this width on have room for their number. */
const WITH_NUMBER = 26;
// Around the cells, as board_grid.scss has it: the frame of a building, its head and
// foot, the room between buildings and around all of them.
const FRAME = 30;
const HEAD = 72;
const BETWEEN = 16;
const PAGE = 42;

/** Return the zooms with their labels. */
export function getZooms() {
    const labels = [_t("Dense"), _t("Normal"), _t("Large")];
    return SIZES.map((size, place) => ({ ...size, label: labels[place].toString() }));
}

/** Return the width of the floors' doors, by their longest label. */
function levelOf(model) {
    const lengths = model.shownBuildings.flatMap((building) =>
        building.floors.map((floor) => floor.label.length),
    );
    return Math.min(Math.max(Math.max(...lengths) * 6.5 + 12, 28), 76);
}

/** Return how high the page becomes when the buildings stand in lines of a width. */
function pageHeight(model, cell, width, level) {
    let [left, highest, height] = [0, 0, PAGE];
    for (const building of model.shownBuildings) {
        const own = building.width * cell.width + level + FRAME;
        if (left && left + own > width - PAGE) {
            height += highest + BETWEEN;
            left = highest = 0;
        }
        left += own + BETWEEN;
        const lines = building.floors.reduce((sum, floor) => sum + floor.lines, 0);
        highest = Math.max(highest, lines * cell.height + HEAD);
    }
    return height + highest;
}

function isNarrow(model, cell, width, level) {
    return model.shownBuildings.every(
        (building) => building.width * cell.width + level + FRAME <= width - PAGE,
    );
}

/** Return the cells of a zoom from the largest to the smallest. */
function* cellsOf(zoom) {
    const { width, height, gap, widest } = SIZES[zoom];
    const least = zoom === 0 ? SMALLEST : width;
    for (let inner = widest; inner >= least; inner--) {
        const flattest = Math.max(SMALLEST, Math.round(inner * 0.6));
        const low = zoom === 0 ? Math.min(flattest, height) : height;
        const tall =
            zoom === 0 ? Math.max(height, Math.round(inner * TALLEST)) : height;
        for (let high = tall; high >= low; high--) {
            yield { inner, width: inner + gap, high, height: high + gap, gap };
        }
    }
}

/** Return the largest cell of a zoom with which everything fits on a screen, or null. */
function fittingCell(model, zoom, page, level) {
    let best = null;
    for (const cell of cellsOf(zoom)) {
        if (best && cell.inner * cell.high <= best.inner * best.high) {
            continue;
        }
        model.wrap(roomOf(cell, page.width, level));
        const height = pageHeight(model, cell, page.width, level);
        if (height <= page.height && isNarrow(model, cell, page.width, level)) {
            best = cell;
        }
    }
    return best;
}

function roomOf(cell, width, level) {
    return Math.floor((width - PAGE - FRAME - level) / cell.width);
}

/** Return the largest zoom at which the units fit on one screen. */
export function chooseZoom(model, page) {
    const level = levelOf(model);
    return [2, 1].find((zoom) => fittingCell(model, zoom, page, level)) || 0;
}

/** Return the cell of a zoom whose buildings fill the width, when a screen is too small. */
function fillingCell(model, zoom, page, level) {
    const cells = [...cellsOf(zoom)].filter((cell) => cell.high === SIZES[zoom].height);
    const usual = cells.find((cell) => cell.inner === SIZES[zoom].width);
    model.wrap(roomOf(usual, page.width, level));
    const screens = pageHeight(model, usual, page.width, level) / page.height;
    if (zoom === 0 && screens > MOST_SCREENS) {
        // Then see as much as possible at once.
        return [...cellsOf(zoom)].find(({ inner }) => inner === SMALLEST + 1);
    }
    const most = Math.max(...model.shownBuildings.map((building) => building.width));
    const free = page.width - PAGE + BETWEEN;
    const own = (cell) => most * cell.width + level + FRAME + BETWEEN;
    const beside = Math.max(1, Math.floor(free / own(usual)));
    return cells.find((cell) => own(cell) * beside <= free) || usual;
}

/**
 * Lay the model out for a zoom.
 *
 * @param {{ width: number, height: number }} page the room there is
 * @returns {{ height: number, area: number, detail: number, style: string }} of a line
 *  its height, of a cell its area and how much stands in it
 */
export function fitBoard(model, zoom, page) {
    const level = levelOf(model);
    const cell =
        fittingCell(model, zoom, page, level) || fillingCell(model, zoom, page, level);
    model.wrap(roomOf(cell, page.width, level));
    return {
        height: cell.height,
        area: cell.width * cell.height,
        detail: cell.inner < WITH_NUMBER ? 0 : Math.max(zoom, 1),
        style:
            `--rb-cw:${cell.inner}px;--rb-ch:${cell.high}px;` +
            `--rb-gap:${cell.gap}px;--rb-level:${level}px`,
    };
}
