from . import ir_actions_report
from . import paper_batch
from . import paper_batch_file
from . import paper_batch_line
from . import res_company
from . import res_lang
