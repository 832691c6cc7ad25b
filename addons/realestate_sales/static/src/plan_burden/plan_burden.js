import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const HEIGHT = 40;
const GAP = 0.2;

/** What a payment plan costs in each period, as bars: price below, interest on top. */
export class PlanBurden extends Component {
    static template = "realestate_sales.PlanBurden";
    static props = { ...standardFieldProps };

    get chart() {
        return this.props.record.data[this.props.name] || { bars: [] };
    }

    get bars() {
        const { bars, highest } = this.chart;
        const width = 100 / (bars.length || 1);
        return bars.map((bar, index) => {
            const price = (HEIGHT * bar.price) / (highest || 1);
            const interest = (HEIGHT * bar.interest) / (highest || 1);
            return {
                key: index,
                text: bar.text,
                x: index * width + (width * GAP) / 2,
                width: width * (1 - GAP),
                price,
                interest,
                priceTop: HEIGHT - price,
                interestTop: HEIGHT - price - interest,
            };
        });
    }
}

registry.category("fields").add("plan_burden", {
    component: PlanBurden,
    displayName: _t("Burden of a Payment Plan"),
    supportedTypes: ["json"],
});
