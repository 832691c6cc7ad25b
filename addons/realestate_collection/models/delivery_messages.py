from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: Why a delivery was not delivered.
FAILURES = {
    "no_email": _lt(
        "%(partner)s has no valid e-mail address. Complete the contact; the notice is "
        "tried again by itself."
    ),
    "blacklisted": _lt(
        "%(address)s of %(partner)s is on the e-mail blacklist. Ask the buyer for "
        "another address, or hand the letter over by post."
    ),
    "no_template": _lt(
        "Level “%(level)s” has no e-mail template. Choose one in the ladder."
    ),
    "error": _lt("%(error)s"),
    "bounced": _lt("%(address)s sent the message back. Ask for another address."),
    "no_phone": _lt(
        "%(partner)s has no phone number. Complete the contact; the notice is tried "
        "again by itself."
    ),
    "bad_phone": _lt(
        "%(address)s of %(partner)s is no phone number of the country: add the country "
        "code, or correct it."
    ),
    "phone_blacklisted": _lt(
        "%(address)s of %(partner)s is on the blacklist of phone numbers. Ask for "
        "another number, or choose another channel."
    ),
    "no_sms_template": _lt(
        "Level “%(level)s” has no text for text messages. Choose one in the ladder."
    ),
    "handed": _lt(
        "Sending was interrupted: the text message to %(address)s may have gone out or "
        "not. It is not sent again by itself; ask the buyer."
    ),
    "no_address": _lt(
        "The postal address of %(partner)s is not complete: street, city and country "
        "are needed. Complete the contact; the notice is tried again by itself."
    ),
    "returned": _lt(
        "The post brought the letter to %(address)s back. Ask for another address."
    ),
    "not_done": _lt("The task was deleted before it was done."),
}

#: What the provider of text messages says, by the code of its failure.
SMS_FAILURES = {
    "unknown": _lt("The text message to %(address)s failed: %(error)s"),
    "sms_number_missing": _lt("%(partner)s has no number for text messages."),
    "sms_number_format": _lt("Text messages cannot be sent to the number %(address)s."),
    "sms_country_not_supported": _lt(
        "Text messages cannot be sent to the country of %(address)s."
    ),
    "sms_registration_needed": _lt(
        "The country of %(address)s asks for a registration before text messages are "
        "sent there."
    ),
    "sms_credit": _lt("The credit for text messages is used up: buy more."),
    "sms_server": _lt("The provider of text messages did not answer: %(error)s"),
    "sms_acc": _lt("The account for text messages is not registered."),
    "sms_blacklist": _lt("%(address)s is on the blacklist of phone numbers."),
    "sms_duplicate": _lt("The same text went to %(address)s already."),
    "sms_optout": _lt("%(partner)s does not want text messages."),
    "sms_expired": _lt("%(address)s could not be reached for days."),
    "sms_invalid_destination": _lt("%(address)s does not exist."),
    "sms_not_allowed": _lt("Text messages to %(address)s are not allowed."),
    "sms_not_delivered": _lt("The text message did not reach %(address)s."),
    "sms_rejected": _lt("The provider refused the text message to %(address)s."),
}

#: Why a delivery waits.
WAITS = {
    "wish": _lt(
        "The buyer wishes to be reminded %(days)s days ahead: waits until %(until)s."
    ),
    "hours": _lt(
        "%(channel)s: allowed from %(from)s to %(to)s (%(source)s); waits until "
        "%(until)s."
    ),
    "days": _lt(
        "%(channel)s: not on this day of the week (%(source)s); waits until %(until)s."
    ),
    "rate": _lt(
        "%(channel)s: at most %(count)s contacts %(period)s (%(source)s); waits until "
        "%(until)s."
    ),
}

#: What a contact that an officer makes all the same is outside of.
OUTSIDE = {
    "hours": _lt(
        "%(channel)s outside the contact hours: %(from)s to %(to)s where the buyer "
        "lives (%(source)s)."
    ),
    "days": _lt(
        "%(channel)s on a day of the week without contacts where the buyer lives "
        "(%(source)s)."
    ),
    "rate": _lt(
        "%(channel)s beyond the rate: at most %(count)s contacts %(period)s "
        "(%(source)s)."
    ),
}
AGAIN = _lt("Allowed again from %(until)s, your time.")
PERIODS = {
    "day": _lt("a day"),
    "week": _lt("in 7 days"),
    "month": _lt("in 30 days"),
}
