from . import realestate_paper
from . import paper_identity
from . import contract_report
from . import contract_proxy_report
from . import signature_report
from . import reservation_report
from . import price_report
from . import report_filenames
