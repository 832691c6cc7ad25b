from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.post import NumbersError, match_numbers


class RealestatePostNumbers(models.TransientModel):
    """The post's numbers of registered letters, pasted from its list."""

    _name = "realestate.post.numbers"
    _description = "Enter Registered Numbers"

    batch_id = fields.Many2one("realestate.post.batch", required=True)
    text = fields.Text(string="Numbers", required=True)
    letter_count = fields.Integer(related="batch_id.letter_count")
    letter_ids = fields.Many2many(
        "realestate.dunning.delivery",
        string="The Pile",
        compute="_compute_letter_ids",
        help="In the order of the pile, without the letters taken out.",
    )

    @api.depends("batch_id")
    def _compute_letter_ids(self):
        for wizard in self:
            wizard.letter_ids = wizard.batch_id._get_letters()

    def action_record(self):
        """Give each letter its number."""
        self.ensure_one()
        self.batch_id._check_officer()
        letters = self.batch_id._get_letters()
        taken = self._get_taken(letters)
        names = [letter.contract_id.name for letter in letters]
        try:
            places = letters.mapped("post_place")
            found = match_numbers(self.text or "", names, taken, places)
        except NumbersError as error:
            raise UserError(self._get_message(error)) from error
        for place, number in found.items():
            letters[place].registered_number = number
        return {"type": "ir.actions.act_window_close"}

    def _get_taken(self, letters):
        """Numbers of other letters of the company: a number is given once."""
        others = self.env["realestate.dunning.delivery"].search_fetch(
            [
                ("registered_number", "!=", False),
                ("company_id", "=", self.batch_id.company_id.id),
                ("id", "not in", letters.ids),
            ],
            ["registered_number"],
        )
        return others.mapped("registered_number")

    def _get_message(self, error):
        params = error.params
        if error.code == "empty":
            return self.env._("Paste the numbers first, one a line.")
        if error.code == "count":
            return self.env._(
                "%(given)s numbers for %(wanted)s letters. Paste one for each, in the "
                "order of the pile, or put the place or the contract before each.",
                **params,
            )
        if error.code == "unknown":
            return self.env._(
                "Line %(line)s: “%(letter)s” is neither a place in this pile nor one "
                "of its contracts.",
                **params,
            )
        if error.code == "letter_twice":
            return self.env._(
                "Line %(line)s: %(letter)s has a number in a line above already.",
                **params,
            )
        return self.env._(
            "Line %(line)s: the number %(number)s is another letter's already.",
            **params,
        )
