import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { redirect } from "@web/core/utils/urls";
import { Interaction } from "@web/public/interaction";

/** Saying why one does not sign. */
export class ContractRefusal extends Interaction {
    static selector = ".o_realestate_refusal";
    dynamicContent = {
        button: { "t-on-click.prevent": this.onClickRefuse },
    };

    async onClickRefuse() {
        const reason = this.el.querySelector("textarea").value;
        const answer = await this.waitFor(rpc(this.el.dataset.url, { reason }));
        if (answer.redirect_url) {
            redirect(answer.redirect_url);
        } else {
            this.el.querySelector(".o_realestate_refusal_error").textContent =
                answer.error;
        }
    }
}

registry
    .category("public.interactions")
    .add("realestate_sales.contract_refusal", ContractRefusal);
