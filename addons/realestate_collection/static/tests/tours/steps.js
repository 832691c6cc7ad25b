import { waitUntil } from "@odoo/hoot-dom";
import { browser } from "@web/core/browser/browser";
import { click } from "@realestate_sales/../tests/tours/helpers";

/** Steps of the tours of collection. */

/** Press `trigger` and wait until the browser has received something from `path`. */
export function print(content, trigger, path) {
    return [
        click(content, trigger),
        {
            content: `${content}: it arrives`,
            trigger: "body",
            run: () =>
                waitUntil(
                    () =>
                        performance
                            .getEntriesByType("resource")
                            .some(({ name }) => name.includes(path)),
                    { timeout: 20000 },
                ),
        },
    ];
}

/** Press `trigger`; what it would open beside the page has to come as `type`. */
export function download(content, trigger, type) {
    let answer = null;
    return [
        {
            content,
            trigger,
            async run(actions) {
                browser.open = (url) => {
                    answer = fetch(url);
                    return window;
                };
                await actions.click();
            },
        },
        {
            content: `${content}: it arrives`,
            trigger: "body",
            async run() {
                await waitUntil(() => answer, { timeout: 20000 });
                const { ok, status, headers } = await answer;
                const found = headers.get("Content-Type");
                if (!ok || !found.includes(type)) {
                    throw new Error(`${content}: answered ${status}, ${found}`);
                }
            },
        },
    ];
}

/** Press a button above a form, whether it fits there or stands under "More". */
export function pressAbove(content, name) {
    return [
        {
            content: `${content}: the buttons`,
            trigger: ".o-form-buttonbox",
            run() {
                if (!document.querySelector(`button[name=${name}]`)) {
                    document.querySelector(".o_button_more").click();
                }
            },
        },
        click(content, `button[name=${name}]`),
    ];
}

/** Choose an action of the form's menu. */
export function act(content, label) {
    return [
        click(`${content}: the menu`, ".o_cp_action_menus button:has(.fa-cog)"),
        click(content, `.o-dropdown--menu .o-dropdown-item:contains(${label})`),
    ];
}
