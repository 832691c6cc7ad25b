from . import test_demo
from . import test_demo_checks
from . import test_demo_filings
