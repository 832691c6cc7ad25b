from odoo import fields, models


class SealRequestReport(models.AbstractModel):
    """The seal request as a form: what is stamped, how often, who approved."""

    _name = "report.realestate_sales.report_seal_request"
    _description = "Seal Request Paper"
    _inherit = ["realestate.clause.paper"]

    _paper_model = "realestate.seal.request"

    _paper_kind = "seal_request"
    _has_notes = True

    def _get_reader(self, request):
        """A paper of the house: in the language of who prints it."""
        return self.env["res.partner"]

    def _get_contract_languages(self, request, lang):
        """Those of the contracts, where all stand in the same two."""
        # A paper names contracts whose text the printer does not read.
        pairs = {
            tuple(contract._get_text_languages())
            for contract in request.sudo().contract_ids
        }
        pair = pairs.pop() if len(pairs) == 1 else ()
        return list(pair) if len(pair) == 2 else [lang]

    def _prepare_body(self, request):
        return {
            "title": self.env._("Seal Request"),
            "subtitle": request.seal_id.name,
            "watermark": self._get_watermark(request),
            "date": request.date_requested
            and fields.Datetime.context_timestamp(
                request, request.date_requested
            ).date(),
            "facts": self._prepare_facts(request),
            "purpose": request.purpose,
            "tables": [self._prepare_papers(request)],
            "signatures": self._prepare_signatures(request),
            # Three sign: in one row the form is one page.
            "css": ".rw-signature { width: calc((100% - 24mm) / 3); }",
        }

    def _prepare_values(self, request, sheet):
        contracts = request.contract_ids
        buyers = contracts.partner_id.mapped("name")
        return {
            "project.name": request.project_id.name,
            "units.names": ", ".join(filter(None, contracts.mapped("unit_names"))),
            "buyer.name": ", ".join(buyers),
            "buyers.names": ", ".join(contracts.buyer_ids.partner_id.mapped("name")),
            "seal.name": request.seal_id.name,
            "seal.copies": str(request.copies_total),
        }

    def _get_watermark(self, request):
        texts = {
            "draft": self.env._("DRAFT"),
            "refused": self.env._("REFUSED"),
            "cancelled": self.env._("CANCELLED"),
        }
        return texts.get(request.state, False)

    def _prepare_facts(self, request):
        facts = [
            (self.env._("Seal"), request.seal_id.name),
            # A paper names people whose contact the printer does not read.
            (self.env._("Requested by"), request.user_id.sudo().name),
            (self.env._("Keeper"), request.keeper_id.sudo().name),
            (self.env._("Copies of Each"), str(request.copies)),
            (self.env._("Copies to Stamp"), str(request.copies_total)),
            (
                self.env._("Stamped"),
                str(request.stamped_copies) if request.date_stamped else "",
            ),
            (self.env._("State"), request._state_label(request.state)),
        ]
        return [fact for fact in facts if fact[1]]

    def _prepare_papers(self, request):
        rows = [
            [
                str(number),
                contract.name,
                contract.partner_id.name,
                contract.unit_names,
                str(request.copies),
            ]
            for number, contract in enumerate(request.contract_ids, start=1)
        ]
        rows += [
            [str(number), name, "", "", str(request.copies)]
            for number, name in enumerate(
                request._get_paper_names(), start=len(rows) + 1
            )
        ]
        return {
            "title": self.env._("To be stamped"),
            "columns": [
                (self.env._("No."), True),
                (self.env._("Paper"), False),
                (self.env._("Buyer"), False),
                (self.env._("Units"), False),
                (self.env._("Copies"), True),
            ],
            "rows": rows,
            "total": ["", self.env._("Total"), "", "", str(request.copies_total)],
        }

    def _prepare_signatures(self, request):
        people = [
            (self.env._("Requested by"), "user_id", "date_requested"),
            (self.env._("Approved by"), "user_approved_id", "date_approved"),
            (self.env._("Stamped by"), "user_stamped_id", "date_stamped"),
        ]
        signatures = []
        for role, user, date in people:
            day = request[date] and fields.Datetime.context_timestamp(
                request, request[date]
            )
            # A paper names people whose contact the printer does not read.
            name = request[user].sudo().name or ""
            signatures.append({"role": role, "name": name, "date": day and day.date()})
        return signatures
