"""Notices on their way: e-mails made, letters in the post, some that failed."""

#: Streets of the buyers whose letters the post gets, with their postal codes.
STREETS = (
    ("1226", "12 Paseo de Roxas"),
    ("1200", "9 Ayala Avenue"),
    ("1605", "104 Ortigas Avenue"),
    ("1000", "3 Roxas Boulevard"),
    ("1200", "10 Ayala Avenue"),
    ("1550", "77 Shaw Boulevard"),
    ("1634", "5 McKinley Parkway"),
    ("1103", "28 Tomas Morato"),
)
#: Letters that were posted; the rest is collected and not posted yet.
POSTED = 4


def set_levels(env, company):
    """Let the first notice of ``company`` go by letter and text message too, cost a
    fee from the second on, and stop what else the buyer does at the last."""
    ladder = company.realestate_dunning_ladder_id
    first, second, *_others, last = ladder.level_ids.filtered(
        lambda level: level.kind != "reminder"
    ).sorted("days")
    first.write({"send_letter": True, "send_sms": True})
    last.write({"send_letter": True, "delivery_rule": "all", "block_steps": True})
    (second | last).block_reservation = True
    second.fee_type_id = env["realestate.fee.type"].create(
        {
            "name": "Fee of a notice",
            "code": "NOTICE",
            "company_id": company.id,
            "ownership": "own",
            "formula": "fixed",
            "rate": 500,
            "currency_id": company.currency_id.id,
            "is_automatic": False,
        }
    )


def build(env, company):
    """Prepare a dozen notices as the job would, and take their letters to the post.

    Nothing leaves: the jobs that send are switched off in a demo.
    """
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    waiting = env["realestate.dunning.notice"].search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "queued"),
            ("level_id.send_letter", "=", True),
        ],
        order="id",
        limit=len(STREETS) + 2,
    )
    addressed = waiting[: len(STREETS)]
    for notice, (code, street) in zip(addressed, STREETS, strict=False):
        notice.partner_id.write({"zip": code, "street": street, "city": "Metro Manila"})
    # Those that cannot be delivered are told of.
    waiting[len(STREETS) :].partner_id.write({"street": False, "phone": False})
    waiting._prepare_sending()
    _post(env, addressed[:POSTED])
    # From now on the rules of the market are kept.
    env.ref("realestate_collection.contact_rule_ph").active = True


def _post(env, posted):
    """Post some letters with their numbers, and leave the others collected."""
    collector = env["res.users"].search([("login", "=", "collector")])
    batches = env["realestate.post.batch"].with_user(collector)
    first = batches.collect()
    extra = first.delivery_ids.filtered(lambda one: one.notice_id not in posted)
    extra.sudo()._write_facts(post_batch_id=False, post_place=0)
    today = first.company_id._realestate_today()
    for number, letter in enumerate(first.delivery_ids.sorted("post_place"), 1):
        letter.sudo()._write_facts(post_place=number)
        letter.registered_number = f"RR 4815 162{number} 5 PH"
    first.action_post()
    letters = first.delivery_ids.sorted("post_place").sudo()
    letters[:1]._record_receipt(today, received_by="House guard")
    letters[-1:]._set_returned(today)
    batches.collect()
