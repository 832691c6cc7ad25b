"""The placeholders that texts of papers may use, and the papers that know them."""

from .placeholder import AMOUNT, DATE, TABLE, TEXT, WORDS, Placeholder

PRICE, RESERVATION = "price", "reservation"
CONTRACT, DEPOSIT, LIQUIDATION = "contract", "deposit", "liquidation"
COST_LIST, SEAL_REQUEST, RECEIPT = "cost_list", "seal_request", "receipt"

#: Kinds of paper whose text is made of clauses, with their names in English.
PAPERS = {
    PRICE: "Price Calculation",
    RESERVATION: "Reservation",
    CONTRACT: "Sales Contract",
    DEPOSIT: "Deposit Agreement",
    LIQUIDATION: "Liquidation Minutes",
    COST_LIST: "Detailed Cost List",
    SEAL_REQUEST: "Seal Request",
    RECEIPT: "Receipt",
}

_ALL = frozenset(PAPERS)
_SALE = frozenset({RESERVATION, CONTRACT, DEPOSIT, LIQUIDATION, COST_LIST})
_PRICED = _SALE | {PRICE}
_AGREED = frozenset({CONTRACT, COST_LIST})

_ROWS = [
    ("seller.name", "Seller", TEXT, _ALL),
    ("seller.registration", "Seller's registration", TEXT, _ALL),
    ("seller.address", "Seller's address", TEXT, _ALL),
    ("paper.number", "Number of this paper", TEXT, _ALL),
    ("date.paper", "Date of this paper", DATE, _ALL),
    ("project.name", "Project", TEXT, _ALL),
    ("units.names", "Units", TEXT, _ALL),
    ("buyer.name", "Buyer (the main buyer)", TEXT, _ALL),
    ("buyer.registration", "Buyer's tax ID", TEXT, _ALL),
    ("buyer.address", "Buyer's address", TEXT, _ALL),
    ("buyer.phone", "Buyer's phone", TEXT, _ALL),
    ("buyer.email", "Buyer's e-mail", TEXT, _ALL),
    ("buyers.names", "All buyers", TEXT, _ALL),
    ("price.amount", "Price", AMOUNT, _PRICED),
    ("price.words", "Price in words", WORDS, _PRICED),
    ("units.table", "Table of the units", TABLE, _SALE),
    ("project.completion", "Planned completion", DATE, _PRICED),
    ("project.jurisdiction", "Jurisdiction", TEXT, _PRICED),
    ("reservation.number", "Reservation", TEXT, _SALE),
    ("reservation.until", "Reserved until", TEXT, {RESERVATION}),
    ("plan.name", "Payment plan", TEXT, _SALE),
    ("plan.start", "Start of the payment plan", DATE, _AGREED),
    ("fee.amount", "Reservation fee", AMOUNT, _SALE),
    ("fee.words", "Reservation fee in words", WORDS, _SALE),
    ("buyers.table", "Table of the buyers and their shares", TABLE, _AGREED),
    ("schedule.table", "Payment schedule", TABLE, _AGREED),
    ("schedule.totals", "Payment schedule in short", TABLE, _AGREED),
    ("deposit.amount", "Deposit", AMOUNT, {DEPOSIT}),
    ("deposit.words", "Deposit in words", WORDS, {DEPOSIT}),
    ("deposit.sign_by", "Contract to be signed by", DATE, {DEPOSIT}),
    ("ended.number", "Number of what ends", TEXT, {LIQUIDATION}),
    ("ended.date", "Ended on", DATE, {LIQUIDATION}),
    ("ended.reason", "Why it ends", TEXT, {LIQUIDATION}),
    ("paid.amount", "Paid until then", AMOUNT, {LIQUIDATION}),
    ("paid.words", "Paid until then, in words", WORDS, {LIQUIDATION}),
    ("refund.amount", "To be paid back", AMOUNT, {LIQUIDATION}),
    ("refund.words", "To be paid back, in words", WORDS, {LIQUIDATION}),
    ("kept.amount", "Kept by the seller", AMOUNT, {LIQUIDATION}),
    ("kept.words", "Kept by the seller, in words", WORDS, {LIQUIDATION}),
    ("seal.name", "Seal", TEXT, {SEAL_REQUEST}),
    ("seal.copies", "Copies to stamp", TEXT, {SEAL_REQUEST}),
    ("payment.amount", "Amount received", AMOUNT, {RECEIPT}),
    ("payment.words", "Amount received, in words", WORDS, {RECEIPT}),
    ("payment.date", "Received on", DATE, {RECEIPT}),
    ("payment.method", "How it was paid", TEXT, {RECEIPT}),
    ("payment.payer", "Who paid", TEXT, {RECEIPT}),
]

#: The catalogue: name to placeholder.
CATALOGUE = {
    name: Placeholder(name, label, kind, frozenset(papers))
    for name, label, kind, papers in _ROWS
}
