const FRESH = 60_000;

/** What speaks against contacting the buyer now; it changes while one looks. */
export class DeskWarnings {
    /**
     * @param {Function} fetch (id) => promise of {channel: sentence}
     * @param {Function} now the time in milliseconds
     */
    constructor(fetch, now = () => Date.now()) {
        this.fetch = fetch;
        this.now = now;
        this.known = {};
    }

    /** Begin with what came with an account. */
    begin({ contract, warnings }) {
        this.id = contract.id;
        this.at = this.now();
        this.known = warnings || {};
    }

    /** Ask anew, once a minute; the answer for another account is let go. */
    async refresh() {
        if (this.now() - this.at < FRESH) {
            return;
        }
        const { id } = this;
        this.at = this.now();
        const known = await this.fetch(id);
        if (this.id === id) {
            this.known = known;
        }
    }

    /** The sentence for a way of contact; empty: it is free. */
    of(kind) {
        return this.known[kind] || "";
    }
}
