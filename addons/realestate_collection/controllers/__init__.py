from . import portal
from . import portal_payment
from . import portal_arrangement
from . import portal_reminder
