from . import realestate_contract_payment
from . import realestate_contract_statement
from . import realestate_mortgage_receive
from . import realestate_aging_day
from . import realestate_contract_contact
from . import realestate_dunning_hold_change
from . import realestate_delivery_receipt
from . import realestate_post_numbers
