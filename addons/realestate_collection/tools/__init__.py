"""Pure arithmetic of the collection addon.

Nothing in this package imports Odoo: plain values go in, plain values come out,
so every module is tested on its own. Amounts are exact ``Decimal``; the models
turn Monetary fields into them and reason codes into translated sentences.
"""
