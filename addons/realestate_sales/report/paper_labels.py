from odoo import models


class RealestatePaper(models.AbstractModel):
    """The words around the values: headings and heads of tables.

    They are no part of the templates, so that a paper in two languages has both.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.paper"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_labels(self):
        """Headings and labels of the papers of a sale, by their name."""
        return {
            **self._prepare_unit_labels(),
            **self._prepare_schedule_labels(),
            "buyers": self.env._("Buyers and their shares"),
            "buyer": self.env._("Buyer"),
            "tax_id": self.env._("Tax ID"),
            "address_head": self.env._("Address"),
            "contact": self.env._("Contact"),
            "share": self.env._("Share"),
            "terms": self.env._("Terms"),
            "special_terms": self.env._("Special terms"),
            "delivery": self.env._("Delivery standard"),
            "signatures": self.env._("Signatures"),
            "date": self.env._("Date:"),
            "seal": self.env._("Seal"),
            "agreed": self.env._(
                "The parties have read this contract with its payment schedule and "
                "agree to it."
            ),
            "changed": self.env._(
                "Wording with a bar beside it differs from the seller's standard text."
            ),
            "left_out": self.env._("The standard clause is left out:"),
        }

    def _prepare_unit_labels(self):
        return {
            "units": self.env._("Units"),
            "unit": self.env._("Unit"),
            "building": self.env._("Building"),
            "floor": self.env._("Floor"),
            "description": self.env._("Description"),
            "area": self.env._("Area (m²)"),
            "price": self.env._("Price"),
            "predicted": self.env._(
                "Area according to the plans; it is measured when the building is "
                "finished."
            ),
        }

    def _prepare_schedule_labels(self):
        return {
            "schedule": self.env._("Payment schedule"),
            "part": self.env._("Part of the price"),
            "payments": self.env._("Payments"),
            "first_due": self.env._("First due"),
            "last_due": self.env._("Last due"),
            "amount": self.env._("Amount"),
            "number": self.env._("No."),
            "instalment": self.env._("Instalment"),
            "due": self.env._("Due"),
            "left": self.env._("Left to pay"),
            "principal": self.env._("Principal"),
            "interest": self.env._("Interest"),
            "payment": self.env._("Payment"),
            "on_the_day": self.env._(
                "The interest is what is due if every payment is made on its day."
            ),
            "whole": self.env._("Price and interest"),
        }
