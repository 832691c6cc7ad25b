import { Component, onMounted, onPatched, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { AVAILABLE, HELD, RESERVED } from "./board_states";

const WIDTH = 300;
/** More than most cards are high. */
const HEIGHT = 370;
const GAP = 8;

/**
 * What there is to know of a unit; hovering shows it, a click or Enter pins it and adds
 * what can be done.
 */
export class BoardCard extends Component {
    static template = "realestate_sales.BoardCard";
    static props = ["board", "unit", "rect", "isPinned", "takesFocus?", "version"];

    setup() {
        this.root = useRef("root");
        onPatched(() => this.keepInSight());
        onMounted(() => {
            this.keepInSight();
            if (this.props.takesFocus) {
                this.root.el.querySelector("button")?.focus();
            }
        });
    }

    /** Move a card that is higher than the room beside its cell. */
    keepInSight() {
        const { el } = this.root;
        el.style.marginBlock = "";
        const { top, bottom } = el.getBoundingClientRect();
        const below = bottom + GAP - window.innerHeight;
        if (below > 0) {
            el.style.marginBlockStart = `${-below}px`;
        } else if (top < GAP) {
            el.style.marginBlockEnd = `${top - GAP}px`;
        }
    }

    get state() {
        return this.props.board.model.states[this.props.unit.state];
    }

    /** Beside the cell, where there is more room. */
    get style() {
        const { rect } = this.props;
        const left = Math.min(
            Math.max(rect.left + rect.width / 2 - WIDTH / 2, GAP),
            window.innerWidth - WIDTH - GAP,
        );
        const below = window.innerHeight - rect.bottom;
        const place =
            below < HEIGHT && rect.top > below
                ? `bottom:${window.innerHeight - rect.top + GAP}px`
                : `top:${rect.bottom + GAP}px`;
        return `left:${Math.max(left, GAP)}px;width:${WIDTH}px;${place}`;
    }

    get main() {
        return this.props.board.model.mainOf(this.props.unit);
    }

    /** The numbers of what is sold with the unit. */
    get attached() {
        const { unit, board } = this.props;
        return board.model.units
            .filter((other) => other.mainId === unit.id)
            .map((other) => other.number);
    }

    /** The floor with the bedrooms, or these alone where there is none. */
    get placeFacts() {
        const { unit } = this.props;
        const bedrooms = unit.type.bedrooms && this.bedrooms;
        return unit.floor
            ? [[_t("Floor"), [unit.floor, bedrooms]]]
            : [[_t("Bedrooms"), [unit.type.bedrooms || ""]]];
    }

    /** The facts, as pairs of a label and a text. */
    get facts() {
        const { unit, board } = this.props;
        const { format } = board;
        const facts = [
            [_t("Type"), [...new Set([unit.type.name, board.model.kinds[unit.kind]])]],
            ...this.placeFacts,
            [_t("Area"), [unit.area && format.area(unit.area)]],
            [_t("View"), [unit.view]],
            [_t("Per m²"), [this.hasPrice && format.perArea(unit.price, unit.area)]],
            [_t("Sold with"), [this.main && this.main.number]],
            [_t("With it"), this.attached],
            ...this.claimFacts,
        ];
        return facts
            .map(([label, parts]) => ({
                label: label.toString(),
                text: parts.filter(Boolean).join(" · "),
            }))
            .filter((fact) => fact.text);
    }

    get bedrooms() {
        return this.props.board.format
            .bedrooms(this.props.unit.type.bedrooms)
            .toString();
    }

    get hasPrice() {
        return Boolean(this.props.unit.price);
    }

    get claimFacts() {
        const { unit, board } = this.props;
        const { claim } = unit;
        if (!claim || unit.state < HELD || board.isHall) {
            return [];
        }
        const until = claim.until && board.format.until(claim.until, board.model.now());
        const by = claim.mine ? _t("You").toString() : claim.user;
        return [
            [_t("Until"), [until && until.at, until && until.left]],
            [_t("By"), [by]],
            [_t("Buyer"), [claim.buyer]],
            [_t("Plan"), [claim.plan]],
        ];
    }

    /** What the user may do with the unit as it is. */
    get can() {
        const { unit, board } = this.props;
        const { claim: mayClaim, supervisor } = board.model.rights;
        const isMine = Boolean(unit.claim?.mine);
        const byState = {
            [AVAILABLE]: { hold: true, reserve: true },
            [HELD]: { reserve: isMine, release: isMine || supervisor, wait: !isMine },
            [RESERVED]: { wait: !isMine },
        };
        // What is sold with a home is claimed with it.
        const can = (mayClaim && !unit.mainId && byState[unit.state]) || {};
        return { ...can, paper: Boolean(unit.claim?.res) };
    }

    get isCompared() {
        return this.props.board.model.compared.includes(this.props.unit);
    }

    get paperLabel() {
        const isContract = this.props.unit.claim.model === "realestate.contract";
        return isContract ? _t("Contract") : _t("Reservation");
    }
}
