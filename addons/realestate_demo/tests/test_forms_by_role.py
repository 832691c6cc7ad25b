from odoo.exceptions import AccessError
from odoo.tests import Form, TransactionCase, tagged
from odoo.tools import mute_logger

LOGINS = (
    "agent officer supervisor manager lawyer leader archivist loan filing collector "
    "accountant"
).split()


@tagged("post_install", "-at_install")
class TestFormsByRole(TransactionCase):
    """Whoever may read a record can open its form, with all that hangs on it."""

    def _get_models(self):
        views = self.env["ir.ui.view"].search(
            [("type", "=", "form"), ("model", "=like", "realestate.%")]
        )
        names = sorted(set(views.mapped("model")))
        return [name for name in names if not self.env[name]._transient]

    def _get_record(self, model, user):
        """The newest record that the user may see; none without rights."""
        companies = {"allowed_company_ids": user.company_ids.ids}
        own = self.env(user=user.id, context=companies)[model]
        if not own.has_access("read"):
            return own
        return own.search([], limit=1, order="id desc")

    def _open(self, record):
        """Why the form of a record does not open; nothing if it does."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.models"):
                Form(record)
        except AccessError as error:
            return str(error)
        return ""

    def test_every_role_opens_every_form(self):
        opened, refused = 0, []
        for login in LOGINS:
            user = self.env["res.users"].search([("login", "=", login)])
            self.assertTrue(user, login)
            for model in self._get_models():
                record = self._get_record(model, user)
                opened += bool(record)
                problem = record and self._open(record)
                if problem:
                    refused.append(f"{login} {model}: {problem}")
        self.assertFalse(refused, "\n".join(refused))
        self.assertGreater(opened, 300)
