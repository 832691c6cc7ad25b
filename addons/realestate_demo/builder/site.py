"""News from the construction site: a stage reached with its certificate, and its buyers
told."""

from odoo import fields

from . import drawings, people


def build(env, company):
    """Reach the next stage that buyers of ``company`` wait for."""
    projects = env["realestate.project"].search([("company_id", "=", company.id)])
    projects.write({"milestone_needs_certificate": True, "milestone_notice_days": 14})
    staff = people.get_staff(env, company)
    for project in projects:
        milestone = _get_next(project)
        if not milestone:
            continue
        text = f"{project.name}\n{milestone.name}\nInspected and found complete"
        milestone.write(
            {
                "certificate": drawings.draw_certificate(text),
                "certificate_name": "inspector-certificate.png",
            }
        )
        yesterday = fields.Date.subtract(fields.Date.today(), days=1)
        milestone.with_user(staff["officer"][:1]).action_report(yesterday)
        milestone.with_user(staff["approver"][:1]).action_reach()


def _get_next(project):
    """The first stage not reached that instalments of running contracts wait for."""
    waiting = project.env["realestate.installment"].search(
        [
            ("project_id", "=", project.id),
            ("milestone_id.date_reached", "=", False),
            ("contract_id.state", "=", "active"),
        ]
    )
    return waiting.milestone_id.sorted("sequence")[:1]
