"""Arrows go one way: an addon knows those upstream of it and nobody else."""

import ast
import re

from source import (
    ADDONS,
    addon_files,
    addon_of,
    expect_none,
    manifests,
    models,
    python_files,
    tree,
    upstream,
    where,
)

ORDER = [
    "report_weasyprint",
    "realestate_sales",
    "realestate_collection",
    "realestate_handover",
    "realestate_helpdesk",
    "realestate_collection_queue",
    "realestate_demo",
]
# What the architecture allows as hard dependencies, beside the suite itself.
CORE = {
    "account",
    "account_payment",
    "base",
    "calendar",
    "contacts",
    "crm",
    "mail",
    "payment",
    "portal",
    "product",
    "rating",
    "resource",
    "sms",
    "web",
}

# For the demo, never below an addon that goes live: pretended payments, and what has to
# be told to ask nobody about invented companies.
DEMO = {"payment_demo", "partner_autocomplete"}

# Optional addons that a glue addon, and no other, builds on.
OPTIONAL = {"realestate_collection_queue": {"queue_job"}}


def strangers(addon):
    """Return the suite's addons that ``addon`` must not know."""
    return set(manifests()) - upstream(addon) - {addon}


def imported_addons(path):
    """Yield (addon, node) of each import from odoo.addons in a file."""
    for node in ast.walk(tree(path)):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith("odoo.addons."):
                yield name.split(".")[2], node


def test_addons_depend_on_core_and_upstream_only():
    wrong = []
    for addon, manifest in manifests().items():
        allowed = CORE | set(ORDER[: ORDER.index(addon)])
        allowed |= DEMO if addon == "realestate_demo" else OPTIONAL.get(addon, set())
        wrong += [f"{addon} -> {name}" for name in set(manifest["depends"]) - allowed]
    expect_none(wrong)


def test_glue_installs_itself_and_nobody_builds_on_it():
    for addon in OPTIONAL:
        assert manifests()[addon]["auto_install"] is True
        expect_none([name for name in manifests() if addon in upstream(name)])


def test_imports_point_upstream():
    wrong = [
        f"{where(path, node)} imports {name}"
        for path in python_files(tests=True)
        for name, node in imported_addons(path)
        if name in strangers(addon_of(path))
    ]
    expect_none(wrong)


def test_external_ids_point_upstream():
    wrong = []
    for path in addon_files(".xml", ".csv", ".py", ".js"):
        text = path.read_text("utf-8", "replace")
        for name in strangers(addon_of(path)):
            for match in re.finditer(rf"\b{name}\.[a-z_]\w*", text):
                wrong.append(f"{path.relative_to(ADDONS)}: {match[0]}")
    expect_none(wrong)


def test_models_of_downstream_addons_are_not_named_upstream():
    home = {model.name: addon_of(model.path) for model in models() if model.is_new}
    wrong = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if home.get(node.value) in strangers(addon_of(path)):
                    wrong.append(f"{where(path, node)} names {node.value}")
    expect_none(wrong)


def is_environment(node):
    """Say whether an expression is ``env``, ``self.env`` or ``x.env``."""
    return (isinstance(node, ast.Name) and node.id == "env") or (
        isinstance(node, ast.Attribute) and node.attr == "env"
    )


def test_nobody_probes_for_other_addons():
    """``"x" in self.env`` and ``hasattr`` make behaviour depend on who is installed."""
    wrong = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            probing = isinstance(node, ast.Compare) and any(
                isinstance(operator, ast.In | ast.NotIn) and is_environment(right)
                for operator, right in zip(node.ops, node.comparators, strict=True)
            )
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if probing or (named and node.func.id == "hasattr"):
                wrong.append(where(path, node))
    expect_none(wrong)


def test_tools_know_nothing_of_odoo():
    """Only arithmetic, Decimal and dates: so they are testable by tables."""
    wrong = []
    for path in python_files():
        if path.parent.name != "tools":
            continue
        for node in ast.walk(tree(path)):
            module = getattr(node, "module", None) or ""
            names = [alias.name for alias in getattr(node, "names", [])]
            is_import = isinstance(node, ast.Import | ast.ImportFrom)
            if is_import and "odoo" in {
                name.split(".")[0] for name in [module, *names]
            }:
                wrong.append(where(path, node))
    expect_none(wrong)
