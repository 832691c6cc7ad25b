from . import test_demo
from . import test_demo_checks
from . import test_demo_filings
from . import test_forms_by_role
