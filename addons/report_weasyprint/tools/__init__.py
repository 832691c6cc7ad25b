from . import colour, engine
