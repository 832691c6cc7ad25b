from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.table` says of a file that cannot be read, by its codes.
TABLE_MESSAGES = {
    "empty": _lt("The file is empty. Choose the file with the table."),
    "encrypted": _lt("The file is protected by a password. Save it without one."),
    "formula_error": _lt(
        "Cell %(cell)s shows %(value)s (%(count)s such cells). Correct the formula "
        "or write the value."
    ),
    "formula_without_value": _lt(
        "Cell %(cell)s holds a formula without its result (%(count)s such cells). "
        "Open the file in a spreadsheet program and save it."
    ),
    "malformed": _lt(
        "Row %(row)s cannot be read: %(reason)s. Save the file again as CSV or XLSX."
    ),
    "no_header": _lt(
        "No header row was found in the first %(rows)s rows. Put the names of the "
        "columns above the table."
    ),
    "no_rows": _lt("There are no rows below the header (row %(row)s)."),
    "no_sheet": _lt("There is no sheet called %(sheet)s. The file has: %(sheets)s."),
    "not_a_spreadsheet": _lt(
        "The file is no CSV or XLSX spreadsheet. Save it as XLSX."
    ),
    "old_format": _lt("The file is in the old XLS format. Save it as XLSX."),
    "too_large": _lt("The file has more than %(maximum)s MB. Split it."),
    "too_many_columns": _lt(
        "The table has more than %(maximum)s columns. Remove those that are not needed."
    ),
    "too_many_rows": _lt("The table has more than %(maximum)s rows. Split the file."),
}

#: What :mod:`..tools.inventory_report` says of one cell, by its codes.
CHECK_MESSAGES = {
    "bedrooms_invalid": _lt(
        "%(value)s is no number of bedrooms. Write a whole number from 0 to 50."
    ),
    "building_missing": _lt("The building is missing. Fill the cell."),
    "column_missing": _lt(
        "No column was found for %(field)s. Choose the column that holds it."
    ),
    "column_twice": _lt("Two columns are called %(header)s. Rename or remove one."),
    "column_unknown": _lt(
        "There is no column %(value)s for %(field)s. Choose one of the columns of "
        "the file."
    ),
    "corner_unknown": _lt(
        "%(value)s does not say whether the unit is a corner. Write yes or no."
    ),
    "currency_mismatch": _lt(
        "The amount is in %(found)s but %(expected)s is expected. Convert it or "
        "choose the other currency."
    ),
    "field_unknown": _lt("%(field)s is nothing an inventory is read for."),
    "floor_above_list": _lt(
        "The floor price %(price_floor)s is above the list price %(price_list)s."
    ),
    "floor_missing": _lt(
        "The floor is missing; other units of %(building)s have one. Fill the cell."
    ),
    "floor_spelling": _lt(
        "Floor %(value)s is the same as floor %(floor)s of %(building)s and is "
        "loaded under that name."
    ),
    "floor_unknown": _lt(
        "%(value)s is no floor we can read. Write it like 5, 12A, B2, LG, G, "
        "Mezzanine, PH or Roof."
    ),
    "kind_unknown": _lt(
        "%(value)s is no kind of unit. Write home, parking, storage, plot or shop."
    ),
    "not_positive": _lt("%(value)s must be above zero."),
    "number_ambiguous": _lt(
        "%(value)s can be read as two numbers. Say whether the comma is the decimal "
        "sign of the file."
    ),
    "number_duplicate": _lt(
        "Unit %(number)s of %(building)s stands in rows %(rows)s. Keep one of them."
    ),
    "number_missing": _lt("The unit number is missing. Fill the cell."),
    "number_unreadable": _lt("%(value)s is no number. Write digits only."),
    "price_rounded": _lt("%(value)s is rounded to %(rounded)s."),
    "row_too_long": _lt(
        "The row has more cells than the header. Put quotes around values that "
        "contain the separator, or remove the extra cells."
    ),
    "status_taken": _lt(
        "The unit is %(value)s in the file. It is loaded as not released: enter its "
        "reservation or contract."
    ),
    "status_unknown": _lt("%(value)s is no status. Write available or blocked."),
    "text_is_date": _lt(
        "%(value)s was turned into a date by the spreadsheet program. Format the "
        "column as text and write the value again."
    ),
    "text_too_long": _lt("The text has more than %(maximum)s characters. Shorten it."),
    "too_large": _lt("%(value)s is too large to be true."),
    "total_row": _lt("The row of totals is not a unit and is left out."),
}

#: What only the database knows.
IMPORT_MESSAGES = {
    "building_archived": _lt(
        "Building %(building)s is archived. Restore it, or give the rows another "
        "building."
    ),
    "building_column_missing": _lt(
        "No column was found for the building. Choose the column that holds it, or "
        "name the building of the whole file."
    ),
    "currency_assumed": _lt(
        "No header names a currency: prices are taken as %(currency)s. Choose "
        "another currency if that is wrong."
    ),
    "currency_inactive": _lt(
        "%(currency)s is not active in this database. Activate it in Settings → "
        "Invoicing → Currencies, then check the file again."
    ),
    "currency_other": _lt(
        "The prices are in %(found)s but project %(project)s sells in %(expected)s. "
        "Convert them, or choose another project."
    ),
    "currency_unknown": _lt(
        "There is no currency %(currency)s in this database. Correct the header, or "
        "choose the currency."
    ),
    "field_twice": _lt(
        "Two columns are read as %(field)s: %(headers)s. Choose one of them."
    ),
    "load_collided": _lt(
        "Someone else has just added the same project, building or units. Check the "
        "file again to see what is there now."
    ),
    "load_refused": _lt("Nothing was loaded: %(reason)s"),
    "phase_archived": _lt(
        "“%(phase)s” is an archived phase. Restore it, or give the building another "
        "one."
    ),
    "phase_differs": _lt(
        "%(building)s is in “%(phase)s” in this row and in “%(first)s” in row "
        "%(first_row)s. A building is in one phase: correct one of them."
    ),
    "phase_given": _lt(
        "Building %(building)s, in no phase so far, goes into “%(phase)s”."
    ),
    "phase_known": _lt(
        "Building %(building)s is in “%(known)s”; the row says “%(phase)s”. Correct "
        "the row, or choose to update known units."
    ),
    "phase_moved": _lt(
        "Building %(building)s goes from “%(known)s” to “%(phase)s”, with all its "
        "units."
    ),
    "price_column_absent": _lt(
        "No column is read as the list price: the units are loaded without prices."
    ),
    "price_column_missing": _lt(
        "%(count)s units are marked as available, but no column was found for the "
        "list price. Choose it, or load without putting units on the market."
    ),
    "price_missing": _lt(
        "The unit is available but has no list price. Fill the cell, or write "
        "blocked as its status."
    ),
    "project_archived": _lt(
        "Project %(project)s is archived. Restore it, or choose another project."
    ),
    "project_code_taken": _lt(
        "The code %(code)s belongs to project %(project)s. Choose that project, or "
        "give another code."
    ),
    "project_guessed": _lt(
        "The file names no project. Its buildings are known in project %(project)s: "
        "the units go there."
    ),
    "project_missing": _lt(
        "The file names several buildings (%(buildings)s) and no project. Choose "
        "the project, or name the new one."
    ),
    "project_other": _lt(
        "The file says project %(found)s; its units go to project %(project)s."
    ),
    "project_several": _lt(
        "The file has units of several projects: %(projects)s. Make one file of each."
    ),
    "status_refused": _lt(
        "The unit is %(value)s in the file. Only free units are loaded: correct the "
        "status, or choose to load such units as not released and enter their "
        "reservations or contracts afterwards."
    ),
    "unit_archived": _lt(
        "Unit %(number)s of %(building)s exists and is archived. Restore it, and "
        "take the row out of the file."
    ),
    "unit_exists": _lt(
        "Unit %(number)s of %(building)s is there already. Take the row out of the "
        "file, or choose to update known units."
    ),
}

#: What a column may be read as: see :data:`..tools.inventory_fields.FIELDS`.
FIELD_NAMES = {
    "phase": _lt("Phase"),
    "building": _lt("Building"),
    "floor": _lt("Floor"),
    "number": _lt("Unit number"),
    "unit_type": _lt("Unit type"),
    "kind": _lt("Kind"),
    "bedrooms": _lt("Bedrooms"),
    "view": _lt("View"),
    "is_corner": _lt("Corner"),
    "area_predicted": _lt("Area"),
    "area_measured": _lt("Measured area"),
    "price_list": _lt("List price"),
    "price_floor": _lt("Floor price"),
    "delivery_standard": _lt("Delivery standard"),
    "main_unit": _lt("Sold with"),
    "is_released": _lt("Status"),
    "project": _lt("Project"),
}
