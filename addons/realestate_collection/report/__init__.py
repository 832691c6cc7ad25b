from . import dunning_letter_report
from . import statement_report
from . import receipt_report
from . import post_batch_report
from . import arrangement_report
from . import collection_report_report
from . import dunning_letter_sample
from . import aging_report
