from . import realestate_paper
from . import contract_report
from . import reservation_report
