import { registry } from "@web/core/registry";
import { DeskAccounts } from "@realestate_collection/desk/desk_accounts";
import {
    addDays,
    daysBetween,
    endOfMonth,
    inDays,
    initials,
    money,
    telephone,
} from "@realestate_collection/desk/desk_format";
import { getKeys, meaningOf } from "@realestate_collection/desk/desk_keys";
import {
    getOutcomes,
    proposeDays,
    proposeSteps,
    readForm,
} from "@realestate_collection/desk/desk_outcomes";
import { DeskQueue, groupRows } from "@realestate_collection/desk/desk_queue";
import { DeskWarnings } from "@realestate_collection/desk/desk_warnings";

// The modules of the desk that need no page, each case a step that throws.

function equal(found, expected) {
    const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
    if (left !== right) {
        throw new Error(`found ${left}, expected ${right}`);
    }
}

function rows(...ids) {
    return ids.map((id) => ({ key: `case${id}`, id, bucket: 0 }));
}

/** A queue of pages, and how often it asked for one. */
function queueOf(...pages) {
    const asked = [];
    const page = (place) => ({
        rows: pages[place],
        after: place + 1 < pages.length ? place + 1 : false,
    });
    const queue = new DeskQueue(async (after) => {
        asked.push(after);
        return page(after);
    });
    queue.adopt(page(0));
    return { queue, asked };
}

/** Warnings of account 7, the time, and what was asked for. */
function warningsOf(known) {
    const clock = { now: 0 };
    const asked = [];
    const warnings = new DeskWarnings(
        async (id) => {
            asked.push(id);
            return { call: `of ${id}` };
        },
        () => clock.now,
    );
    warnings.begin({ contract: { id: 7 }, warnings: known });
    return { warnings, clock, asked };
}

function form(values) {
    const empty = { kind: "call", outcome: null, note: "", step: null };
    return { ...empty, amount: "", date: "", ...values };
}

function press(key, values = {}) {
    const ev = { key, target: document.body, ...values };
    return meaningOf(ev, getKeys());
}

const CASES = {
    "a queue begins at its first row": () => {
        equal(queueOf(rows(1, 2)).queue.current.id, 1);
        equal(queueOf([]).queue.current, null);
    },
    "stepping past the end loads the next page": async () => {
        const { queue, asked } = queueOf(rows(1, 2), rows(3));
        equal(await queue.step(1), true);
        equal(asked, []);
        equal(await queue.step(1), true);
        equal([queue.current.id, asked], [3, [1]]);
        equal(await queue.step(1), false);
        equal(queue.current.id, 3);
    },
    "stepping before the beginning stays there": async () => {
        const { queue } = queueOf(rows(1, 2));
        equal(await queue.step(-1), false);
        equal(queue.current.id, 1);
    },
    "a page is asked for once however often one asks": async () => {
        const { queue, asked } = queueOf(rows(1), rows(2));
        await Promise.all([queue.more(), queue.more()]);
        equal([queue.rows.length, asked], [2, [1]]);
    },
    "what moved to the next page is not shown twice": async () => {
        const { queue } = queueOf(rows(1, 2), rows(2, 3));
        await queue.more();
        equal(
            queue.rows.map(({ id }) => id),
            [1, 2, 3],
        );
    },
    "next leaves out what was worked on": async () => {
        const { queue } = queueOf(rows(1, 2, 3), rows(4));
        queue.finish(2);
        equal([await queue.next(), queue.current.id], [true, 3]);
        equal([await queue.next(), queue.current.id], [true, 4]);
        equal([await queue.next(), queue.current.id], [false, 4]);
    },
    "a buyer with two rows is worked on once": async () => {
        const twice = [{ key: "a", id: 1 }, { key: "b", id: 1 }, ...rows(2)];
        const { queue } = queueOf(twice);
        queue.finish(1);
        await queue.next();
        equal(queue.current.id, 2);
    },
    "rows stand under their headings": () => {
        const told = [0, 0, 1, 3].map((bucket) => ({ bucket }));
        equal(
            groupRows(told).map((group) => [group.bucket, group.rows.length]),
            [
                [0, 2],
                [1, 1],
                [3, 1],
            ],
        );
    },
    "an account is asked for once a minute": async () => {
        let now = 0;
        let count = 0;
        const accounts = new DeskAccounts(
            async () => ++count,
            () => now,
        );
        equal([await accounts.get(7), await accounts.get(7)], [1, 1]);
        now = 61_000;
        equal(await accounts.get(7), 2);
        accounts.forget(7);
        equal(await accounts.get(7), 3);
    },
    "an account that failed is asked for again": async () => {
        let isBroken = true;
        const accounts = new DeskAccounts(async () => {
            if (isBroken) {
                throw new Error("lost");
            }
            return "there";
        });
        const failed = await accounts.get(7).catch((error) => error.message);
        isBroken = false;
        equal([failed, await accounts.get(7)], ["lost", "there"]);
    },
    "a warning is that of its way of contact": () => {
        const { warnings } = warningsOf({ call: "Too late" });
        equal([warnings.of("call"), warnings.of("visit")], ["Too late", ""]);
        warnings.begin({ contract: { id: 8 }, warnings: {} });
        equal(warnings.of("call"), "");
    },
    "warnings are asked for again after a minute": async () => {
        const { warnings, clock, asked } = warningsOf({});
        await warnings.refresh();
        equal([asked, warnings.of("call")], [[], ""]);
        clock.now = 60_000;
        await warnings.refresh();
        await warnings.refresh();
        equal([asked, warnings.of("call")], [[7], "of 7"]);
    },
    "a warning for another account is let go": async () => {
        const { warnings, clock } = warningsOf({});
        clock.now = 60_000;
        const asking = warnings.refresh();
        warnings.begin({ contract: { id: 8 }, warnings: { call: "of 8" } });
        await asking;
        equal(warnings.of("call"), "of 8");
    },
    "every outcome but a promise proposes a next step": () => {
        for (const { key } of getOutcomes()) {
            const steps = proposeSteps(key, "2026-03-10");
            equal(steps.length > 0, key !== "promised");
            equal(new Set(steps.map((step) => step.key)).size, steps.length);
        }
    },
    "next steps are dated from today": () => {
        const [first] = proposeSteps("no_answer", "2026-03-31");
        equal([first.action, first.date], ["call", "2026-04-01"]);
    },
    "a promise is for three days, a week or the end of the month": () => {
        const dates = (today) => proposeDays(today).map(({ date }) => date);
        equal(dates("2026-02-10"), ["2026-02-13", "2026-02-17", "2026-02-28"]);
        equal(dates("2026-03-28"), ["2026-03-31", "2026-04-04"]);
    },
    "a form without an outcome is not sent": () => {
        equal(readForm(form({})), null);
        equal(readForm(form({ kind: "note" })), null);
        equal(readForm(form({ outcome: "promised", amount: "5" })), null);
        equal(readForm(form({ outcome: "promised", amount: "0", date: "x" })), null);
    },
    "a form is sent as log_contact takes it": () => {
        const step = { action: "call", date: "2026-03-12" };
        equal(readForm(form({ outcome: "no_answer", step, note: " x " })), {
            kind: "call",
            outcome: "no_answer",
            note: "x",
            next_action: "call",
            date_next: "2026-03-12",
        });
        const promise = { outcome: "promised", amount: "12.5", date: "2026-03-12" };
        equal(readForm(form(promise)), {
            kind: "call",
            outcome: "promised",
            note: "",
            promise_amount: 12.5,
            promise_date: "2026-03-12",
        });
        equal(readForm(form({ kind: "note", outcome: "reached", note: "Hi" })), {
            kind: "note",
            outcome: null,
            note: "Hi",
        });
    },
    "days are counted over the end of a month and of summer time": () => {
        equal(addDays("2026-02-28", 1), "2026-03-01");
        equal(endOfMonth("2028-02-10"), "2028-02-29");
        equal(daysBetween("2026-04-01", "2026-03-01"), 31);
        equal(daysBetween("2026-02-28", "2026-03-01"), -1);
    },
    "amounts have all of their decimals or none": () => {
        equal(
            [1114166.7, 7640000, 0].map((amount) => money(amount)),
            ["1,114,166.70", "7,640,000", "0"],
        );
    },
    "days late are told in the language": () => {
        equal([397, 1].map(inDays), ["397d", "1d"]);
    },
    "names and numbers": () => {
        equal(["Maria de la Cruz", "Ana", "", "王小明"].map(initials), [
            "MC",
            "A",
            "",
            "王",
        ]);
        equal(telephone("+63 (917) 555-0199"), "tel:+639175550199");
    },
    "every key means one thing": () => {
        const keys = getKeys().flatMap((one) => one.keys);
        equal(new Set(keys).size, keys.length);
        equal([press("j"), press("ArrowUp"), press("?")], ["down", "up", "help"]);
        equal(press("z"), null);
    },
    "keys mean nothing with Ctrl, or while one types": () => {
        equal(press("c", { ctrlKey: true }), null);
        const input = document.createElement("input");
        equal(press("c", { target: input }), null);
        equal(press("Escape", { target: input }), "escape");
        const button = document.createElement("button");
        equal(press("Enter", { target: button }), null);
        equal(press("c", { target: button }), "call");
    },
};

registry.category("web_tour.tours").add("realestate_desk_modules", {
    steps: () =>
        Object.entries(CASES).map(([content, run]) => ({
            content,
            trigger: "body",
            run,
        })),
});
