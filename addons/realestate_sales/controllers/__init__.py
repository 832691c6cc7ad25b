from . import documents
from . import imports
from . import portal
from . import portal_documents
from . import portal_signature
from . import portal_signing
from . import portal_details
from . import portal_fees
