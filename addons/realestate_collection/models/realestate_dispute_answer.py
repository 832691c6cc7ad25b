from odoo import models
from odoo.tools import plaintext2html

TEMPLATE = "realestate_collection.mail_template_dispute_answer"


class RealestateDispute(models.Model):
    """The answer goes to the buyer, in the buyer's language."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dispute"  # pylint: disable=consider-merging-classes-inherited

    def _mail_answer(self):
        """Mail what was decided; whoever collects is told where there is no address."""
        self.ensure_one()
        if not self.partner_id.email_normalized:
            self._ask_to_tell_answer()
            return
        self.env.ref(TEMPLATE).send_mail(
            self.id,
            email_layout_xmlid="mail.mail_notification_light",
            # What the buyer answers is a reply to the contract.
            email_values={
                "model": self.contract_id._name,
                "res_id": self.contract_id.id,
            },
        )

    def _ask_to_tell_answer(self):
        """The officer tells the buyer what nobody can mail."""
        contract = self.contract_id
        lang = contract._get_collector().lang or self.env.lang
        env = self.with_context(lang=lang).env
        contract.with_env(env)._schedule_quietly(
            act_type_xmlid="mail.mail_activity_data_todo",
            summary=env._("Tell the buyer our answer: there is no e-mail address"),
            note=plaintext2html(
                f"{self.with_env(env).display_name}: {self.decision_note}"
            ),
        )
