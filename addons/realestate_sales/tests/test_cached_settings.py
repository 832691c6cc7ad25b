from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestCachedSettings(TransactionCase):
    """What is read from the cache is read anew once a setting has changed."""

    def _companies(self):
        tiers = self.env["realestate.approval.tier"]
        return self.env.company in tiers._get_companies("contract")

    def test_tiers_are_known_as_soon_as_they_change(self):
        tiers = self.env["realestate.approval.tier"]
        tiers.search([]).unlink()
        self.assertFalse(self._companies())
        tier = tiers.create(
            {
                "name": "Director",
                "kind": "contract",
                "group_id": self.env.ref("base.group_system").id,
            }
        )
        self.assertTrue(self._companies())
        tier.active = False
        self.assertFalse(self._companies())
        tier.active = True
        self.assertTrue(self._companies())
        tier.unlink()
        self.assertFalse(self._companies())

    def test_papers_a_step_waits_for_are_known_as_soon_as_they_change(self):
        types = self.env["realestate.document.type"]
        types.search([]).blocks = "none"
        self.assertFalse(types._get_blocking("seal"))
        paper = types.create({"name": "Deed", "code": "deed_x", "blocks": "seal"})
        self.assertEqual(types._get_blocking("seal"), paper)
        paper.sequence = 3
        other = types.create(
            {"name": "Map", "code": "map_x", "blocks": "seal", "sequence": 2}
        )
        self.assertEqual(types._get_blocking("seal"), other | paper)
        paper.blocks = "sign"
        self.assertEqual(types._get_blocking("seal"), other)
        other.active = False
        self.assertFalse(types._get_blocking("seal"))

    def test_other_fields_leave_the_cache_alone(self):
        types = self.env["realestate.document.type"]
        paper = types.create({"name": "Deed", "code": "deed_y", "blocks": "seal"})
        known = types._get_blocking("seal")
        paper.name = "Title Deed"
        with self.assertQueryCount(0):
            self.assertEqual(types._get_blocking("seal"), known)
