"""Three projects, their inventories imported from the sample files of the sales
addon.
"""

from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.tools import file_open

from . import people

SAMPLES = "realestate_sales/demo/inventory/"

MILESTONES = [
    ("Foundation complete", "FOUND", 20, -14),
    ("Structure topped out", "TOP", 55, -3),
    ("Finishes complete", "FINISH", 85, 7),
]
SURVEYED = 12
ATTACHED = 80
LINE_FIELDS = (
    "name kind amount_type value count interval_months trigger milestone_code "
    "offset_months offset_days"
).split()


@dataclass(frozen=True)
class Recipe:
    """A project and how its contracts are to be made."""

    project: Any
    plans: Any
    country: str
    contracts: int


# name of the plan: lines of name, kind, amount type, value, parts, every n months,
# trigger, milestone, months after, days after
PLANS_PH = {
    "20 % down in 12 months, the rest on turnover": [
        ("Down payment", "down_payment", "percent", 20, 12, 1, "offset", "", 1, 0),
        ("Balance on turnover", "balloon", "balance", 0, 1, 1, "offset", "", 24, 0),
    ],
    "Quarterly in 5 years, 10 % down": [
        ("Down payment", "down_payment", "percent", 10, 2, 1, "offset", "", 1, 0),
        ("Instalment", "installment", "balance", 0, 20, 3, "offset", "", 5, 0),
    ],
    "Spot cash in 30 days, 5 % kept for a year": [
        ("Payment", "installment", "percent", 95, 1, 1, "offset", "", 0, 30),
        ("Retention", "retention", "balance", 0, 1, 1, "offset", "", 12, 0),
    ],
}
PLANS_AE = {
    "60/40 by construction": [
        ("On booking", "down_payment", "percent", 10, 1, 1, "offset", "", 0, 7),
        ("Foundation", "installment", "percent", 20, 1, 1, "milestone", "FOUND", 0, 14),
        ("Structure", "installment", "percent", 30, 1, 1, "milestone", "TOP", 0, 14),
        ("On completion", "handover", "balance", 0, 1, 1, "milestone", "FINISH", 0, 30),
    ],
    "1 % a month": [
        ("On booking", "down_payment", "percent", 20, 1, 1, "offset", "", 0, 7),
        ("Monthly", "installment", "percent", 40, 40, 1, "offset", "", 1, 0),
        ("On completion", "handover", "balance", 0, 1, 1, "milestone", "FINISH", 0, 30),
    ],
}
PLANS_VN = {
    "30 % on signing, quarterly to 95 %, 5 % with the certificate": [
        ("On signing", "down_payment", "percent", 30, 1, 1, "offset", "", 0, 10),
        ("Quarterly", "installment", "percent", 65, 8, 3, "offset", "", 3, 0),
        ("With the certificate", "retention", "balance", 0, 1, 1, "offset", "", 36, 0),
    ],
}


@dataclass(frozen=True)
class Sketch:
    """What a project of the demo is to be, before it exists."""

    file: str
    name: str
    code: str
    currency: str
    jurisdiction: str
    country: str
    plans: dict
    contracts: int
    fee: float


SKETCHES = {
    "home": [
        Sketch(
            file="tower_ph.csv",
            name="Narra Bay Residences",
            code="NARRA",
            currency="PHP",
            jurisdiction="ph",
            country="PH",
            plans=PLANS_PH,
            contracts=90,
            fee=50000.0,
        ),
    ],
    "gulf": [
        Sketch(
            file="villas_ae.csv",
            name="Ghaf Grove Villas",
            code="GHAF",
            currency="AED",
            jurisdiction="ae_du",
            country="AE",
            plans=PLANS_AE,
            contracts=30,
            fee=25000.0,
        ),
        Sketch(
            file="tower_vn.xlsx",
            name="Saigon River Tower",
            code="SAIGON",
            currency="VND",
            jurisdiction="vn",
            country="VN",
            plans=PLANS_VN,
            contracts=30,
            fee=50000000.0,
        ),
    ],
}


def build(env, home, gulf):
    """Return the recipes of the three projects."""
    return [
        _build_project(env, company, sketch)
        for company, key in ((home, "home"), (gulf, "gulf"))
        for sketch in SKETCHES[key]
    ]


def _build_project(env, company, sketch):
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    currency = env["res.currency"].search([("name", "=", sketch.currency)])
    jurisdiction = env.ref(f"realestate_sales.jurisdiction_{sketch.jurisdiction}")
    project = env["realestate.project"].create(
        {
            "name": sketch.name,
            "code": sketch.code,
            "company_id": company.id,
            "currency_id": currency.id,
            "jurisdiction_id": jurisdiction.id,
            "date_start": _in_months(-26),
            "date_completion": _in_months(10),
            "reservation_fee": sketch.fee,
        }
    )
    _import_inventory(env, project, sketch.file)
    _add_phases(env, project)
    _add_milestones(env, project)
    return Recipe(
        project,
        _create_plans(env, project, sketch.plans),
        sketch.country,
        sketch.contracts,
    )


def _import_inventory(env, project, file):
    with file_open(SAMPLES + file, "rb") as sample:
        content = sample.read()
    report = env["realestate.import"].run(
        "inventory", content, dry_run=False, filename=file, project_id=project.id
    )
    if not report["ok"]:
        raise ValueError(f"{file}: {report['message']} {report['errors'][:5]}")


def _add_phases(env, project):
    """Two phases: the last building comes later, where there are several."""
    buildings = project.building_ids
    first = buildings[:-1] or buildings
    for number, (part, months) in enumerate(((first, -24), (buildings - first, 4))):
        env["realestate.phase"].create(
            {
                "name": f"Phase {number + 1}",
                "code": f"P{number + 1}",
                "sequence": number,
                "project_id": project.id,
                "date_launch": _in_months(months),
                "building_ids": [Command.set(part.ids)],
            }
        )


def _add_milestones(env, project):
    for sequence, (name, code, percent, months) in enumerate(MILESTONES):
        milestone = env["realestate.milestone"].create(
            {
                "name": name,
                "code": code,
                "percent": percent,
                "sequence": sequence,
                "project_id": project.id,
                "date_planned": _in_months(months),
            }
        )
        if months < 0:
            milestone.action_reach(_in_months(months))
    project.building_ids.progress = 62


def attach_parking(recipe, rng):
    """Some homes are sold with a parking space of their own."""
    homes, places = (
        recipe.project.unit_ids.filtered(
            lambda unit, kind=kind: unit.kind == kind and unit.is_released
        )
        for kind in ("home", "parking")
    )
    count = min(ATTACHED, len(places) // 2)
    for home, place in zip(rng.sample(list(homes), count), places, strict=False):
        place.main_unit_id = home


def survey_homes(recipe, rng):
    """The surveyor has been to some of the homes; they are not as planned."""
    homes = recipe.project.unit_ids.filtered(lambda unit: unit.kind == "home")
    surveyor = people.get_staff(homes.env, recipe.project.company_id)["approver"][:1]
    homes = homes.browse(rng.sample(homes.ids, SURVEYED)).with_user(surveyor)
    for home in homes[:3]:
        home.action_measure(
            home.area_predicted + 0.4, "Plans of the second permit", kind="predicted"
        )
    for home in homes:
        home.action_measure(
            home.area_predicted * rng.uniform(0.985, 1.02),
            "Survey after the finishes, first visit",
            fields.Date.today() - relativedelta(days=rng.randrange(3, 40)),
        )


def _create_plans(env, project, plans):
    return env["realestate.payment.plan"].create(
        [
            {
                "name": name,
                "project_ids": [Command.set(project.ids)],
                "company_id": project.company_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "sequence": sequence,
                            **dict(zip(LINE_FIELDS, line, strict=True)),
                        }
                    )
                    for sequence, line in enumerate(lines, start=1)
                ],
            }
            for name, lines in plans.items()
        ]
    )


def _in_months(months):
    return fields.Date.today() + relativedelta(months=months)
