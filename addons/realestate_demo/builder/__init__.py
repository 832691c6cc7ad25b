"""Build the demo by the suite's public entry points only, never by writing states.

Every date is relative to today, so that the demo never ages. One seed makes two
builds of the same day equal.
"""

import logging
import random

from . import (
    approvals,
    cases,
    checks,
    companies,
    contracts,
    debts,
    desk_papers,
    documents,
    drawings,
    fees,
    filings,
    holds,
    languages,
    money,
    mortgages,
    notices,
    people,
    plans,
    prices,
    projects,
    releases,
    reports,
    signings,
    site,
    standards,
    texts,
)

_logger = logging.getLogger(__name__)
SEED = 19


def build_demo(env):
    """Hook of the installation: two companies, three projects, 150 contracts."""
    env = env(context={**env.context, "tracking_disable": True, "lang": "en_US"})
    rng = random.Random(SEED)
    _logger.info("demo: languages, companies and users")
    languages.build(env)
    home, gulf = companies.build(env)
    people.build_users(env, home, gulf)
    people.limit_holds(env, home | gulf)
    _logger.info("demo: projects and inventory")
    for recipe in projects.build(env, home, gulf):
        drawings.add_pictures(recipe.project, random.Random(SEED))
        standards.set_standards(recipe.project)
        prices.open_sales(env, recipe)
        projects.attach_parking(recipe, random.Random(SEED))
        _logger.info("demo: contracts of %s", recipe.project.name)
        made = contracts.build(env, recipe, rng)
        _logger.info("demo: invoices and payments of %s", recipe.project.name)
        money.build(env, made, rng)
        projects.survey_homes(recipe, rng)
        _logger.info("demo: price lists of %s", recipe.project.name)
        prices.raise_prices(env, recipe)
        releases.build(env, recipe)
    _logger.info("demo: approvals and reminders")
    plans.build(env, home)
    for company in home | gulf:
        site.build(env, company)
    approvals.build(env, home | gulf)
    signings.build(env, home | gulf)
    people.build_portal_users(env)
    fees.build(env, home | gulf)
    # Before reviews by a second person are asked for.
    desk_papers.ask_the_buyer(env)
    checks.build(env, home)
    texts.build(env, home)
    mortgages.build(env, home | gulf)
    _collect(env, home, gulf)
    _build_files(env, home, gulf)
    # Last: they tell of everything before.
    reports.build(env, home | gulf)


def _collect(env, home, gulf):
    """Dunning, the post, cases and what becomes of bad debts."""
    _logger.info("demo: dunning and cases")
    holds.build(env, home, gulf)
    notices.set_levels(env, home)
    money.remind(env, home | gulf)
    # Cases name the collection officer, who gets what the post brings back.
    cases.build(env, home | gulf, random.Random(SEED))
    notices.build(env, home)
    holds.ask_release(env, gulf)
    debts.build(env, home | gulf)


def _build_files(env, home, gulf):
    """Papers of the buyers, signed, sealed and archived."""
    _logger.info("demo: buyer files")
    documents.build(env, home | gulf)
    _logger.info("demo: signatures, seals and the archive")
    desk_papers.build(env, home)
    documents.confirm_details(env)
    _logger.info("demo: filings, permits and progress plans")
    filings.build(env, home | gulf)
