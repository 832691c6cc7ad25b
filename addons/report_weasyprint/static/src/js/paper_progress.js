import { onMounted, onWillUnmount } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";

const SECONDS = 2;

/** The progress of a print job, read again while the job runs. */
export class PaperProgress extends ProgressBarField {
    setup() {
        super.setup();
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), SECONDS * 1000);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async refresh() {
        const { record } = this.props;
        const runs = ["waiting", "running"].includes(record.data.state);
        if (runs && !document.hidden && !this.isLoading) {
            this.isLoading = true;
            try {
                await record.load();
            } finally {
                this.isLoading = false;
            }
        }
    }
}

registry.category("fields").add("paper_progress", {
    ...progressBarField,
    component: PaperProgress,
    displayName: _t("Progress of a Print Job"),
});
