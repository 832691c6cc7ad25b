import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { redirect } from "@web/core/utils/urls";
import { SignatureForm } from "@portal/signature_form/signature_form";

/** Signing a contract: a code by mail, a typed name and a drawn signature. */
export class ContractSignatureForm extends SignatureForm {
    static template = "realestate_sales.ContractSignatureForm";

    setup() {
        super.setup();
        this.form = useState({
            agreed: false,
            code: "",
            codeError: "",
            error: "",
            isBusy: false,
            sentTo: "",
        });
    }

    get canSubmit() {
        return (
            this.form.agreed &&
            this.form.code.trim() &&
            !this.form.isBusy &&
            !this.signature.isSignatureEmpty
        );
    }

    async onClickSendCode() {
        await this.guard("codeError", async () => {
            const answer = await rpc(this.props.codeUrl, {});
            this.form.codeError = answer.error || "";
            this.form.sentTo = answer.sent_to || this.form.sentTo;
        });
    }

    async onClickSubmit() {
        await this.guard("error", async () => {
            const answer = await rpc(this.props.callUrl, {
                code: this.form.code,
                name: this.signature.name,
                signature: this.signature.getSignatureImage().split(",")[1],
                tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
            });
            this.form.error = answer.error || "";
            if (answer.redirect_url) {
                redirect(answer.redirect_url);
                // The page goes: the button must not come back before.
                await new Promise(() => {});
            }
        });
    }

    /** Run one call at a time; a lost connection is said where the answer would be. */
    async guard(place, call) {
        if (this.form.isBusy) {
            return;
        }
        this.form.isBusy = true;
        try {
            await call();
        } catch {
            this.form[place] = _t(
                "The server did not answer. Reload the page and try again.",
            );
        } finally {
            this.form.isBusy = false;
        }
    }
}

registry
    .category("public_components")
    .add("realestate_sales.contract_signature_form", ContractSignatureForm);
