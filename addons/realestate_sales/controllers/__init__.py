from . import imports
from . import portal
from . import documents
