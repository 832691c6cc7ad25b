import { BoardModel } from "@realestate_sales/board/board_model";

// What the board is told, for the tests of its modules.

export function equal(found, expected) {
    const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
    if (left !== right) {
        throw new Error(`found ${left}, expected ${right}`);
    }
}

/** What realestate.board.load answers for floors of so many units each. */
export function answer(floors, values = {}) {
    const units = floors.flatMap((count, level) =>
        Array.from({ length: count }, (_none, place) => ({
            number: `${(level + 1) * 100 + place + 1}`,
            level: level + 1,
        })),
    );
    const column = (read) => units.map(read);
    return {
        project: { id: 1, name: "Test", code: "T", currency: 1 },
        buildings: [[7, "Tower", "T", 40, ""]],
        types: [
            [1, "1BR", 1],
            [2, "2BR", 2],
        ],
        kinds: { home: "Home" },
        rights: {},
        claims: {},
        now: "2026-01-01 00:00:00",
        units: {
            id: column((_unit, place) => place + 1),
            building_id: column(() => 7),
            number: column((unit) => unit.number),
            floor: column((unit) => unit.level - 1),
            floor_sequence: column((unit) => unit.level * 10),
            unit_type_id: column((_unit, place) => 1 + (place % 2)),
            kind: column(() => 0),
            view: column(() => 0),
            area: column(() => 50),
            price_list: column((_unit, place) => 100 * (place + 1)),
            main_unit_id: column(() => 0),
            state: column(() => 1),
            words: {
                floor: floors.map((_count, level) => `${level + 1}`),
                kind: ["home"],
                view: [""],
            },
            ...values,
        },
    };
}

export function model(floors, values) {
    const board = new BoardModel(answer(floors, values));
    board.wrap(30);
    return board;
}

export function numbersOf(units) {
    return units.map((unit) => unit.number);
}
