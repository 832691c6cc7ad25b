/** Searching units by their number, and going from one that is found to the next. */
export class BoardSearch {
    constructor(board) {
        this.board = board;
    }

    onInput(text) {
        const { board } = this;
        board.state.search = text;
        board.state.hit = 0;
        const [first] = board.model.search(text);
        if (first && !board.model.shownBuildings.includes(first.building)) {
            // What is searched is found, wherever it is.
            board.clearFilters();
        }
        board.refresh();
        if (first) {
            board.places.show(first);
        }
    }

    onKey(ev) {
        const { state, model, places } = this.board;
        if (ev.key === "Enter" && model.hits.length) {
            const step = ev.shiftKey ? -1 : 1;
            const { length } = model.hits;
            state.hit = (state.hit + step + length) % length;
            places.show(model.hits[state.hit]);
            ev.preventDefault();
        } else if (ev.key === "ArrowDown" && model.hits.length) {
            places.focus(model.hits[state.hit]);
            ev.preventDefault();
        } else if (ev.key === "Escape") {
            this.onInput("");
            ev.stopPropagation();
        }
    }
}
