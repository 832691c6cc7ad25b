from . import realestate_cancel
from . import realestate_payment_plan_preview
