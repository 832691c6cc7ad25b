import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";

const FILTERS = "realestate_collection.desk.filters";
const MINE = "mine";

/** The filters as the user left them. */
export function keptFilters() {
    try {
        const kept = JSON.parse(browser.localStorage.getItem(FILTERS));
        return { project: kept.project || null, officer: kept.officer ?? MINE };
    } catch {
        return { project: null, officer: MINE };
    }
}

/** Whose accounts the desk shows, and of which project. */
export class DeskFilters {
    constructor(desk) {
        this.desk = desk;
    }

    /** What the server is asked with. */
    get asked() {
        const { filters, text } = this.desk.state;
        const officer = filters.officer === MINE ? user.userId : filters.officer;
        return { project: filters.project, officer: officer || null, text };
    }

    set(name, value) {
        const { filters } = this.desk.state;
        filters[name] = value;
        browser.localStorage.setItem(FILTERS, JSON.stringify(filters));
        return this.desk.reload();
    }

    get projectLabel() {
        const { project } = this.desk.state.filters;
        const found = this.desk.frame.projects.find(({ id }) => id === project);
        return found ? found.code || found.name : _t("All projects");
    }

    get officers() {
        return [
            { id: MINE, name: _t("Mine") },
            { id: 0, name: _t("Everybody's") },
            ...this.desk.frame.officers.filter(({ id }) => id !== user.userId),
        ];
    }

    get officerLabel() {
        const { officer } = this.desk.state.filters;
        const found = this.officers.find(({ id }) => id === officer);
        return found ? found.name : _t("Mine");
    }
}
