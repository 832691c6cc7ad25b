"""Pure arithmetic and file reading of the sales addon.

Nothing in this package imports Odoo: plain values go in, plain values come
out, so every module is tested on its own. The models call these functions and
turn their typed errors (``code`` and ``params``) into translated messages.
"""
