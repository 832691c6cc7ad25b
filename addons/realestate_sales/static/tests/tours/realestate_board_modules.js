import { registry } from "@web/core/registry";
import {
    compareNumbers,
    lastWord,
    layOutBuilding,
    neighbour,
    stackKey,
    wrapFloors,
} from "@realestate_sales/board/board_layout";
import { BoardModel } from "@realestate_sales/board/board_model";
import { moveOf, spanned } from "@realestate_sales/board/board_selection";
import { serverTime } from "@realestate_sales/board/board_units";
import { chooseZoom, fitBoard } from "@realestate_sales/board/board_zoom";
import { answer, equal, model, numbersOf } from "./board_answers";

// The modules of the board that need no page, each case a step that throws.

const CASES = {
    "numbers are ordered as people read them": () => {
        const numbers = ["12A", "2", "10", "12", "B-3", "B-20"];
        numbers.sort(compareNumbers);
        equal(numbers, ["2", "10", "12", "12A", "B-3", "B-20"]);
    },
    "the last word of a number is what is on the door": () => {
        equal(["4-401", "A-20.01", "GH-001", "701"].map(lastWord), [
            "401",
            "01",
            "001",
            "701",
        ]);
        equal(lastWord("栋一-203"), "203");
    },
    "units above each other have the same key": () => {
        const cases = [
            ["401", "4", "01"],
            ["4-401", "4", "01"],
            ["1207", "12", "07"],
            ["A-20.01", "20", "01"],
            ["12A05", "12A", "05"],
            ["5F-502", "5F", "502"],
            ["P-001", "B1", "001"],
        ];
        for (const [number, floor, key] of cases) {
            equal(stackKey(number, floor), key);
        }
    },
    "floors stand from the top, units in columns with gaps": () => {
        const building = {};
        const unit = (number, floor) => ({ number, floor, floorSequence: 10 * floor });
        const units = ["203", "101", "102", "103", "201"].map((number) =>
            unit(number, number[0]),
        );
        layOutBuilding(building, units);
        equal(building.heads, ["01", "02", "03"]);
        equal(
            building.floors.map((floor) => [floor.label, ...numbersOf(floor.units)]),
            [
                ["2", "201", "203"],
                ["1", "101", "102", "103"],
            ],
        );
        equal(
            building.floors[0].units.map((one) => [one.col, one.style]),
            [
                [0, undefined],
                [2, "grid-column:3"],
            ],
        );
    },
    "units whose keys clash stand in order": () => {
        const building = {};
        const units = ["1-7", "2-7", "1-8"].map((number, place) => ({
            number,
            floor: place < 2 ? "G" : "H",
            floorSequence: place < 2 ? 0 : 10,
        }));
        layOutBuilding(building, units);
        equal(building.heads, []);
        equal(building.columns, 2);
    },
    "parking does not push the homes above it apart": () => {
        const building = {};
        const unit = (number, floor, kind) => ({
            number,
            floor: String(floor),
            floorSequence: 10 * floor,
            kind,
        });
        const units = [
            ...["201", "202", "301", "302"].map((one) => unit(one, one[0], "home")),
            ...["P-1", "P-2", "P-3", "H-1"].map((one) => unit(one, 1, "parking")),
        ];
        layOutBuilding(building, units);
        equal(building.heads, ["01", "02"]);
        equal(
            building.floors.map((floor) => floor.units.map((one) => one.col)),
            [
                [0, 1],
                [0, 1],
                [0, 1, 2, 3],
            ],
        );
    },
    "what stands on no floor is at the bottom, by kind": () => {
        const building = {};
        const unit = (number, floor, kind) => ({
            number,
            floor,
            kind,
            floorSequence: floor ? 10 * floor : 0,
        });
        layOutBuilding(building, [
            unit("V-2", "", "home"),
            unit("P-1", "", "plot"),
            unit("V-1", "", "home"),
            unit("101", "1", "home"),
            unit("B1", "-1", "parking"),
        ]);
        equal(
            building.floors.map(({ label, kind }) => `${label || "none"} ${kind}`),
            ["1 home", "-1 parking", "none home", "none plot"],
        );
        equal(numbersOf(building.floors[2].units), ["V-1", "V-2"]);
    },
    "villas on one floor stand as a block": () => {
        const board = model([40]);
        const [floor] = board.buildings[0].floors;
        equal([floor.isWide, floor.width, floor.lines], [true, 9, 5]);
        equal(board.buildings[0].width, 9);
    },
    "a floor too wide for the page takes several lines": () => {
        const board = model([3, 100]);
        const [wide, narrow] = board.buildings[0].floors;
        equal([wide.isWide, wide.width, wide.lines], [true, 16, 7]);
        equal([narrow.isWide, narrow.lines], [false, 1]);
        wrapFloors(board.buildings[0], 10);
        equal([wide.width, wide.lines], [10, 10]);
        equal([wide.units[10].col, wide.units[10].line], [0, 1]);
    },
    "arrows go to the unit beside, above and below": () => {
        const board = model([3, 2]);
        const at = (number) => board.units.find((unit) => unit.number === number);
        const cases = [
            ["102", "left", "101"],
            ["101", "left", "101"],
            ["102", "right", "103"],
            ["103", "up", "202"],
            ["201", "down", "101"],
            ["101", "down", "101"],
            ["102", "home", "101"],
            ["102", "end", "103"],
        ];
        for (const [from, direction, to] of cases) {
            equal(neighbour(at(from), direction).number, to);
        }
    },
    "arrows go line by line through a wide floor": () => {
        const board = model([3, 100]);
        const wide = board.buildings[0].floors[0].units;
        equal(neighbour(wide[5], "down").number, wide[21].number);
        equal(neighbour(wide[21], "up").number, wide[5].number);
        equal(neighbour(wide[98], "down").number, "103");
    },
    "left is left in a script from the right as well": () => {
        const keys = ["ArrowLeft", "ArrowUp", "Home", "x"];
        const moves = (direction) => keys.map((key) => moveOf(key, direction));
        equal(moves("ltr"), ["left", "up", "home", null]);
        equal(moves("rtl"), ["right", "up", "home", null]);
    },
    "two corners span a rectangle": () => {
        const board = model([3, 3, 3]);
        const at = (number) => board.units.find((unit) => unit.number === number);
        const found = numbersOf(spanned(at("302"), at("201"))).sort();
        equal(found, ["201", "202", "301", "302"]);
    },
    "filters of one facet add, of two restrict": () => {
        const board = model([4], { state: [0, 1, 2, 1] });
        board.toggleFilter("state", 1);
        equal([board.total.count, board.total.value], [2, 600]);
        board.toggleFilter("state", 2);
        equal(board.total.count, 3);
        board.toggleFilter("bedrooms", 1);
        equal(
            board.units.filter((unit) => !unit.isDim).map((unit) => unit.number),
            ["103"],
        );
        board.clearFilters();
        equal([board.total.count, board.isFiltered], [4, false]);
    },
    "a facet counts what the other filters leave": () => {
        const board = model([4], { state: [0, 1, 2, 1] });
        board.toggleFilter("state", 1);
        equal(
            board.sums.map((sum) => sum.count),
            [1, 2, 1, 0, 0, 0],
        );
        equal(board.facetValues("bedrooms"), [
            { value: 1, count: 0 },
            { value: 2, count: 2 },
        ]);
        board.setPriceBand([100, 200]);
        equal(
            board.sums.map((sum) => sum.count),
            [1, 1, 0, 0, 0, 0],
        );
    },
    "what is sold with a home is marked while it is free": () => {
        const board = model([2, 2], {
            state: [1, 2, 1, 1],
            main_unit_id: [3, 3, 0, 99],
        });
        const [home, lost, parking, held] = [3, 4, 1, 2].map((id) =>
            board.byId.get(id),
        );
        equal(
            [parking, held, home, lost].map((one) => board.isAttached(one)),
            [true, false, false, true],
        );
        equal([board.mainOf(parking) === home, board.mainOf(lost)], [true, undefined]);
        equal([board.sums[1].attached, board.hasChoice("attached")], [2, true]);
        equal(board.hasChoice("kind"), false);
        board.toggleFilter("attached", false);
        equal(
            board.units.filter((one) => !one.isDim).map((one) => one.id),
            [3],
        );
        equal([board.sums[1].count, board.sums[1].attached], [1, 0]);
    },
    "only floors that change are drawn anew": () => {
        const board = model([3, 3]);
        const [upper, lower] = board.buildings[0].floors;
        const before = [upper.version, lower.version];
        board.applyStates([[1, "held"]]);
        equal([upper.version - before[0], lower.version - before[1]], [0, 1]);
        equal(
            [board.units.find((unit) => unit.id === 1).isFresh, board.sums[2].count],
            [true, 1],
        );
    },
    "a message about unknown units is told apart": () => {
        const board = model([2]);
        equal(board.applyStates([[99, "held"]]).length, 0);
        equal(board.applyStates([[1, "no such state"]]).length, 0);
        const news = answer([2]);
        news.units.number = ["101", "109"];
        equal(board.apply(news), null);
    },
    "only what is not as it was is taken in": () => {
        const board = model([2]);
        equal(board.apply(answer([2]), true), []);
        const news = answer([2], { state: [1, 2] });
        news.claims[2] = { until: false, mine: true };
        equal(numbersOf(board.apply(news, true)), ["102"]);
        equal([board.units[1].isFresh, board.sums[2].count], [true, 1]);
        equal(board.units[1].claim.mine, true);
        equal(board.apply(news, true), []);
    },
    "another type is taken in, a type never heard of is not": () => {
        const board = model([2]);
        equal(numbersOf(board.apply(answer([2], { unit_type_id: [2, 2] }))), ["101"]);
        equal(board.units[0].type.name, "2BR");
        equal(board.apply(answer([2], { unit_type_id: [3, 2] })), null);
    },
    "units and buildings that come or go are noticed": () => {
        const board = model([2]);
        equal(board.apply(answer([3]), true), null);
        equal(board.apply(answer([1]), true), null);
        const renamed = answer([2]);
        renamed.buildings = [[7, "Block", "T", 40, ""]];
        equal(board.apply(renamed, true), null);
    },
    "a building that is not told hides its units": () => {
        const data = answer([2], { building_id: [7, 8] });
        const board = new BoardModel(data);
        equal(numbersOf(board.units), ["101"]);
        equal(board.applyStates([[2, "held"]]), []);
        equal(board.apply(data, true), []);
    },
    "buildings of other phases are not shown": () => {
        const data = answer([2], { building_id: [7, 8] });
        data.buildings = [
            [7, "Tower 1", "T1", 40, "First"],
            [8, "Tower 2", "T2", 0, "Second"],
        ];
        const board = new BoardModel(data);
        const shown = () => board.shownBuildings.map(({ name }) => name);
        equal(shown(), ["Tower 1", "Tower 2"]);
        equal(board.facetValues("phase"), [
            { value: "First", count: 1 },
            { value: "Second", count: 1 },
        ]);
        board.toggleFilter("phase", "Second");
        equal([shown(), board.total.count], [["Tower 2"], 1]);
        board.toggleFilter("building", 7);
        equal(shown(), ["Tower 1", "Tower 2"]);
        board.clearFilters();
        board.toggleFilter("building", 7);
        equal(shown(), ["Tower 1"]);
    },
    "a board that is built anew keeps what was chosen": () => {
        const before = model([3]);
        before.toggleFilter("type", 1);
        before.selected.add(1).add(3);
        before.compared = [before.units[2], before.units[1]];
        before.cursor = before.units[2];
        const board = model([2]);
        board.adopt(before);
        equal([...board.selected], [1]);
        equal(numbersOf(board.compared), ["102"]);
        equal(
            board.units.map((unit) => unit.isDim),
            [false, true],
        );
        equal(board.cursor.number, "101");
    },
    "the payment plan is a filter where it is known": () => {
        const data = answer([3]);
        data.claims[2] = { plan: "Cash" };
        const board = new BoardModel(data);
        equal(board.facetValues("plan"), [
            { value: "", count: 2 },
            { value: "Cash", count: 1 },
        ]);
        board.toggleFilter("plan", "Cash");
        equal(board.total.count, 1);
    },
    "claims end by the server's clock": () => {
        const board = model([2]);
        equal(serverTime("1970-01-01 00:00:10"), 10_000);
        equal(board.nextExpiry(), null);
        board.units[0].claim = { until: "2026-01-01 00:00:00" };
        board.units[1].claim = { until: "2999-01-01 00:00:00" };
        equal(numbersOf(board.expired()), numbersOf([board.units[0]]));
    },
    "a search finds numbers, the exact one first": () => {
        const board = model([3, 3]);
        equal(numbersOf(board.search("02")), ["102", "202"]);
        equal(numbersOf(board.search("T-20")), ["201", "202", "203"]);
        equal(board.units.filter((unit) => unit.isHit).length, 3);
        equal(numbersOf(board.search("")), []);
    },
    "prices are counted in bars": () => {
        const { min, max, heights } = model([4]).priceBars(3);
        equal([min, max, heights], [100, 400, [1, 1, 2]]);
    },
    "few units are large, many are small, and fit the page": () => {
        const page = { width: 1440, height: 650 };
        const zooms = [[5, 5], new Array(15).fill(10), new Array(25).fill(16)];
        equal(
            zooms.map((floors) => chooseZoom(model(floors), page)),
            [2, 1, 0],
        );
        const crowd = model(new Array(60).fill(40));
        equal(chooseZoom(crowd, page), 0);
        const pitch = fitBoard(crowd, 0, page);
        equal([pitch.detail, pitch.height], [1, 20]);
        const tight = fitBoard(model(new Array(25).fill(60)), 0, page);
        equal([tight.detail, tight.height], [0, 21]);
    },
};

registry.category("web_tour.tours").add("realestate_board_modules", {
    steps: () =>
        Object.entries(CASES).map(([content, run]) => ({
            content,
            trigger: "body",
            run,
        })),
});
