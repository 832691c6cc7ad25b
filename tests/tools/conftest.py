"""Make the pure ``tools`` packages of the addons importable without Odoo.

An addon's ``__init__`` imports its models and so Odoo. Here each addon that has
a ``tools`` package is registered as a bare package with the addon's folder as
its path: ``from realestate_sales.tools import schedule`` then loads that module
and its siblings only, relative imports included.
"""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"


def register_addon(folder: Path) -> None:
    """Register ``folder`` as a package whose ``__init__`` is never run."""
    if folder.name in sys.modules:
        return
    spec = ModuleSpec(folder.name, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    sys.modules[folder.name] = module_from_spec(spec)


for tools in sorted(ADDONS.glob("*/tools/__init__.py")):
    register_addon(tools.parents[1])
