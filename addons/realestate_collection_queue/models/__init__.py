from . import queue_job
from . import paper_batch
from . import paper_batch_line
from . import realestate_dunning_notice
from . import realestate_installment
