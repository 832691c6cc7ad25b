from . import realestate_cancel
from . import realestate_reservation_change
from . import realestate_floor_approve
from . import realestate_payment_plan_preview
from . import realestate_pricelist_preview
from . import realestate_unit_survey
from . import realestate_pricelist_comparison
from . import realestate_pricelist_comparison_line
