from . import imports
from . import portal
