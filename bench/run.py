"""Run one benchmark; read by Odoo's shell.

``BENCH`` is its name, ``BENCH_OUT`` the file its figures are written to.
"""

import importlib
import json
import os
import sys
import traceback
from pathlib import Path

sys.path.insert(0, os.environ["BENCH_ROOT"])

try:
    module = importlib.import_module(f"bench.{os.environ['BENCH']}")
    table = module.main(env)  # noqa: F821  (given by the shell)
    Path(os.environ["BENCH_OUT"]).write_text(json.dumps(table.as_dict()), "utf-8")
except Exception:
    traceback.print_exc()
    # The shell swallows exceptions: its exit code would be 0.
    sys.stdout.flush()
    os._exit(1)
