/** Where things are on the screen: what is chosen is brought into sight. */
export class DeskPlaces {
    constructor(desk) {
        this.desk = desk;
    }

    _find(selector) {
        return this.desk.root.el?.querySelector(selector);
    }

    showRow(key) {
        this._find(`[data-key='${key}']`)?.scrollIntoView({ block: "nearest" });
    }

    focusAccount() {
        this._find(".o_rd_account")?.focus();
    }
}
