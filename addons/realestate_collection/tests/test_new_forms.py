from odoo.tests import Form, tagged

from .common import RealestateCollectionCommon


@tagged("post_install", "-at_install")
class TestNewForms(RealestateCollectionCommon):
    """A form is opened before anything is chosen: no project, no unit, no currency."""

    def test_every_form_that_staff_may_open_opens(self):
        # A second project, so that none is proposed.
        self._create_project(code="SECOND")
        opened = set()
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.manager)
            if not name.startswith("realestate.") or model._abstract:
                continue
            if model._transient or not model._auto or not model.has_access("create"):
                continue
            with self.subTest(model=name):
                Form(model)
                opened.add(name)
        self.assertGreater(len(opened), 20)
        self.assertLess({"realestate.contract", "realestate.deposit"}, opened)
