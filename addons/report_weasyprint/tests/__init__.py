from . import test_access
from . import test_closed_doors
from . import test_company
from . import test_missing_library
from . import test_render
from . import test_stored_papers
from . import test_tools
from . import test_web_client
