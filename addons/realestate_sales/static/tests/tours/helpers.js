/** Steps that every tour is made of. */

/** Wait until something is there. */
export function see(content, trigger) {
    return { content, trigger };
}

/** Click on something. */
export function click(content, trigger, options = {}) {
    return { content, trigger, run: "click", ...options };
}

/** Write `text` into an input. */
export function write(content, trigger, text) {
    return { content, trigger, run: `edit ${text}` };
}

/**
 * Choose a record by name in the many2one field whose input is `trigger`. Only the list
 * that was searched by the name marks it: one opened before would go away with the click.
 */
export function choose(trigger, name) {
    return [
        write(`look for ${name}`, trigger, name),
        click(
            `choose ${name}`,
            `.o-autocomplete--dropdown-item:contains(${name}):has(.text-primary.fw-bold)`,
        ),
    ];
}

/** The state that a form's status bar shows. */
export function current(state) {
    return `.o_statusbar_status .o_arrow_button_current[data-value=${state}]`;
}

/** Press a button of the form's header and wait for the state it leads to. */
export function press(button, state) {
    return [
        click(`press ${button}`, `.o_statusbar_buttons button[name=${button}]`),
        see(`the state is ${state}`, current(state)),
    ];
}
