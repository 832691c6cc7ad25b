from odoo.fields import Command

from .common import RealestateSalesCommon

BASE = {"name": "Base", "kind": "base", "value": 20000}


class PricingCommon(RealestateSalesCommon):
    """The common developer, with price lists made of rules."""

    @classmethod
    def _create_pricelist(cls, rules=(BASE,), **values):
        """A draft of ``rules``, in their order."""
        return cls.env["realestate.pricelist"].create(
            {
                "project_id": cls.project.id,
                "rule_ids": [
                    Command.create({"sequence": sequence, **rule})
                    for sequence, rule in enumerate(rules)
                ],
                **values,
            }
        )

    @classmethod
    def _prices(cls, pricelist):
        """List and floor price of each line, by unit."""
        return {
            line.unit_id: (line.price_list, line.price_floor)
            for line in pricelist.line_ids
        }
