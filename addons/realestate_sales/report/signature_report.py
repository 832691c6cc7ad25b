import pytz

from odoo import models


class SignatureProofReport(models.AbstractModel):
    """The page that says who has signed a contract: when, from where, under which
    text."""

    _name = "report.realestate_sales.report_signature_proof"
    _description = "Signature Record"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.contract"

    def _prepare_sheet(self, contract):
        signatures = contract.signature_ids.filtered(lambda one: one.state == "signed")
        return {
            "title": self.env._("Signature Record"),
            "watermark": False,
            "hash": contract.paper_sha256,
            "facts": self._prepare_facts(contract),
            "rows": [
                self._prepare_signature(signature)
                for signature in signatures.sorted("date_signed")
            ],
        }

    def _prepare_facts(self, contract):
        paper = contract.paper_id
        return [
            (self.env._("Project"), contract.project_id.name),
            (self.env._("Units"), contract.unit_names),
            (self.env._("Text"), paper.filename),
            (self.env._("Kept on"), self._format_moment(paper.date_received, "UTC")),
        ]

    def _prepare_signature(self, signature):
        online = signature.method == "portal"
        facts = [
            (self.env._("Signed"), self._get_moment_text(signature)),
            (self.env._("How"), self._get_method_text(signature)),
        ]
        if online:
            facts += [
                (self.env._("Name typed"), signature.signed_name),
                (self.env._("One-time code sent to"), signature.sent_to),
                (self.env._("IP address"), signature.ip),
                (self.env._("Browser"), signature.user_agent),
            ]
        facts.append((self.env._("Text signed (SHA-256)"), signature.text_sha256))
        drawing = signature.drawing.decode() if signature.drawing else ""
        return {
            "name": signature.signer_id.name,
            "party": signature.is_by_proxy
            and self.env._("for %(buyer)s", buyer=signature.partner_id.name),
            "facts": [fact for fact in facts if fact[1]],
            "drawing": drawing and f"data:image/png;base64,{drawing}",
        }

    def _get_moment_text(self, signature):
        if signature.method == "paper":
            return self._format_date(signature.date_signed)
        moment = self._format_moment(signature.date_signed, "UTC")
        zone = signature.tz
        if not zone or zone == "UTC":
            return moment
        local = self._format_moment(signature.date_signed, zone)
        return self.env._("%(utc)s; local time %(local)s", utc=moment, local=local)

    def _get_method_text(self, signature):
        if signature.method == "portal":
            return self.env._(
                "In the buyer portal: login, one-time code by e-mail, drawn signature"
            )
        return self.env._(
            "On paper, recorded by %(user)s", user=signature.user_id.name or ""
        )

    def _format_moment(self, moment, zone):
        if not moment:
            return ""
        local = pytz.utc.localize(moment).astimezone(pytz.timezone(zone))
        offset = "" if zone == "UTC" else local.strftime(" %z")
        return f"{self._format_date(local.date())} {local:%H:%M:%S} {zone}{offset}"
