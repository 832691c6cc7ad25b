from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestCompanyFields(TransactionCase):
    """What is chosen first gives a document its company."""

    def test_what_gives_the_company_can_be_chosen_before_there_is_one(self):
        given = {}
        for name, model in self.env.registry.items():
            company = model._fields.get("company_id")
            if name.startswith("realestate.") and company is not None:
                source = (company.related or "").split(".")[0]
                if source and source != "company_id":
                    given[name] = model._fields[source]
        self.assertGreater(len(given), 10)
        # The web client would offer what is of the company that is not there yet.
        closed = [
            name
            for name, source in given.items()
            if getattr(source, "check_company", False)
        ]
        self.assertEqual(closed, [])
