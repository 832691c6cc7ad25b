from . import test_billing
from . import test_printing
from . import test_sending
