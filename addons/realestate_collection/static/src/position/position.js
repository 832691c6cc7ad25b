import { Component, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Degrees as they are stored: a tenth of a metre. */
const DIGITS = 6;

/**
 * A button that writes where the telephone is into ``latitude`` and ``longitude``.
 * Nothing is read before the officer asks for it, and the browser asks once more.
 */
export class Position extends Component {
    static template = "realestate_collection.Position";
    static props = { ...standardWidgetProps };

    setup() {
        this.state = useState({ busy: false, message: "" });
    }

    async locate() {
        Object.assign(this.state, { busy: true, message: "" });
        try {
            const { coords } = await new Promise((resolve, reject) =>
                navigator.geolocation.getCurrentPosition(resolve, reject, {
                    enableHighAccuracy: true,
                    timeout: 15000,
                }),
            );
            await this.props.record.update({
                latitude: Number(coords.latitude.toFixed(DIGITS)),
                longitude: Number(coords.longitude.toFixed(DIGITS)),
            });
            this.state.message = _t("Found, within %s m.", Math.round(coords.accuracy));
        } catch {
            this.state.message = _t("The position is not known. Write the place down.");
        }
        this.state.busy = false;
    }
}

registry.category("view_widgets").add("realestate_position", { component: Position });
