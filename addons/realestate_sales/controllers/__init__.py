from . import imports
from . import portal
from . import documents
from . import portal_documents
