"""Check an inventory before anything is written: units out, or errors by cell.

:func:`check_inventory` never stops at the first error: a person corrects a file
once, not row by row. Rows with an error are left out of ``rows``; whoever loads
an inventory loads it only when :attr:`InventoryReport.ok`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .inventory_fields import FIELDS, match_columns
from .inventory_rows import Columns, RowReader
from .table import Table
