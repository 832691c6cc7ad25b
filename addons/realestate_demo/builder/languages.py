"""The languages of the interface and the papers besides English."""

from odoo.fields import Command

LANGUAGES = ("vi_VN", "zh_CN")


def build(env):
    """Install them with their translations, as the button of the settings does."""
    languages = env["res.lang"].with_context(active_test=False)
    found = languages.search([("code", "in", LANGUAGES)])
    wizard = env["base.language.install"].create(
        {"lang_ids": [Command.set(found.ids)], "overwrite": False}
    )
    wizard.lang_install()
