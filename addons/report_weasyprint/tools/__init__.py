from . import colour, engine, text
