from . import realestate_contract_payment
from . import realestate_contract_statement
