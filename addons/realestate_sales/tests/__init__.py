from . import test_access
from . import test_claim
from . import test_contract
from . import test_payment_plan
from . import test_performance
from . import test_pricelist
from . import test_reservation
from . import test_unit
