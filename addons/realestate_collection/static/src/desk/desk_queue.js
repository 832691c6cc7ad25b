/** A list of the desk: its rows as far as they were loaded, and where one is in it. */
export class DeskQueue {
    /**
     * @param {Function} fetch (after) => promise of {rows, after}
     */
    constructor(fetch) {
        this.fetch = fetch;
        this.rows = [];
        this.after = false;
        this.place = -1;
        this.done = new Set();
        this.loading = null;
    }

    /** Begin with a page that is there already. */
    adopt({ rows, after }) {
        this.rows = rows;
        this.after = after;
        this.place = rows.length ? 0 : -1;
    }

    get current() {
        return this.rows[this.place] || null;
    }

    get hasMore() {
        return Boolean(this.after);
    }

    /** Load the next page, once however often it is asked for. */
    more() {
        if (!this.loading && this.hasMore) {
            this.loading = this._more().finally(() => {
                this.loading = null;
            });
        }
        return this.loading || Promise.resolve();
    }

    async _more() {
        const { rows, after } = await this.fetch(this.after);
        // What moved on meanwhile may be on two pages.
        const known = new Set(this.rows.map((row) => row.key));
        this.rows.push(...rows.filter((row) => !known.has(row.key)));
        this.after = after;
    }

    /** Go some rows on; return whether there was one to go to. */
    async step(by) {
        if (this.place + by >= this.rows.length) {
            await this.more();
        }
        const place = Math.min(Math.max(this.place + by, 0), this.rows.length - 1);
        const hasMoved = place !== this.place;
        this.place = place;
        return hasMoved;
    }

    /** Go to the next row that was not worked on yet; return whether there is one. */
    async next() {
        for (let place = this.place + 1; ; place++) {
            if (place >= this.rows.length) {
                await this.more();
            }
            const row = this.rows[place];
            if (!row) {
                return false;
            }
            if (!this.done.has(row.id)) {
                this.place = place;
                return true;
            }
        }
    }

    goTo(key) {
        this.place = this.rows.findIndex((row) => row.key === key);
    }

    /** Worked on: it stays in sight, ticked. */
    finish(id) {
        this.done.add(id);
    }
}

/** The rows under their headings: [{bucket, rows}], in the order they came. */
export function groupRows(rows) {
    const groups = [];
    for (const row of rows) {
        const last = groups[groups.length - 1];
        if (last && last.bucket === row.bucket) {
            last.rows.push(row);
        } else {
            groups.push({ bucket: row.bucket, rows: [row] });
        }
    }
    return groups;
}
