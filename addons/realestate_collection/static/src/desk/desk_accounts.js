const FRESH = 60_000;

/** Accounts that were opened a moment ago, or will be in a moment, are at hand. */
export class DeskAccounts {
    /**
     * @param {Function} fetch (id) => promise of the account
     * @param {Function} now the time in milliseconds
     */
    constructor(fetch, now = () => Date.now()) {
        this.fetch = fetch;
        this.now = now;
        this.known = new Map();
    }

    /** The account of a contract; asked for once a minute. */
    get(id) {
        const known = this.known.get(id);
        if (known && this.now() - known.at < FRESH) {
            return known.promise;
        }
        const promise = this.fetch(id);
        this.known.set(id, { at: this.now(), promise });
        promise.catch(() => this.forget(id));
        return promise;
    }

    forget(id) {
        this.known.delete(id);
    }
}
