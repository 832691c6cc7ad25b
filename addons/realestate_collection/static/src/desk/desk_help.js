import { Component, onMounted, useRef } from "@odoo/owl";

/** The keys of the desk, told. */
export class DeskHelp extends Component {
    static template = "realestate_collection.DeskHelp";
    static props = ["keys", "close"];

    setup() {
        const button = useRef("close");
        onMounted(() => button.el.focus());
    }
}
