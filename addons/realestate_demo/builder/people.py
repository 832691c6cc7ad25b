"""Users by role and the buyers, all invented."""

from datetime import date

from odoo.fields import Command

MODULE = "realestate_demo"
SALES = "realestate_sales.group_"
COLLECTION = "realestate_collection.group_"

# login, name, groups; the password is the login.
HOME_USERS = [
    ("agent", "Ana Reyes", [SALES + "agent"]),
    ("broker", "Joel Navarro", [SALES + "agent"]),
    ("officer", "Carlo Santos", [SALES + "officer"]),
    ("supervisor", "Grace Lim", [SALES + "supervisor", SALES + "identity"]),
    ("manager", "Ramon Cruz", [SALES + "manager", COLLECTION + "manager"]),
    ("collector", "Liza Ocampo", [COLLECTION + "officer"]),
    ("accountant", "Jun Bautista", ["account.group_account_manager"]),
    ("lawyer", "Elena Vergara", [SALES + "lawyer"]),
    ("leader", "Victor Salonga", [SALES + "leader"]),
    ("loan", "Marites Soriano", [SALES + "loan_officer"]),
    ("archivist", "Rosa Magsino", [SALES + "archivist"]),
    ("hall", "Sales Hall", [SALES + "hall"]),
    ("filing", "Nina Abad", [SALES + "filing_officer"]),
]
GULF_USERS = [
    (
        "gulf_officer",
        "Omar Haddad",
        [SALES + "officer", SALES + "filing_officer", COLLECTION + "officer"],
    ),
    ("gulf_manager", "Noura Saleh", [SALES + "manager", COLLECTION + "manager"]),
]
FIRST = {
    "PH": "Maria Jose Andrea Paolo Bea Miguel Carmela Rafael Isabel Diego Lourdes "
    "Enrique Teresa Gabriel Rosario Antonio",
    "VN": "Minh Lan Hùng Thảo Quân Hương Đức Ngọc Bảo Linh Phúc Trang",
    "AE": "Ahmed Fatima Khalid Layla Youssef Mariam Priya Arjun Wei Elena Hassan Aisha",
}
LAST = {
    "PH": "Dela "
    "Cruz,Garcia,Mendoza,Villanueva,Aquino,Tan,Ramos,Torres,Navarro,Castillo,"
    "Salazar,Domingo",
    "VN": "Nguyễn,Trần,Lê,Phạm,Hoàng,Vũ,Đặng,Bùi",
    "AE": "Al Mansoori,Al Farsi,Khan,Sharma,Chen,Petrov,Haddad,Al Suwaidi,Menon,Rahman",
}
# Who reserves, draws up and approves; the Gulf office is small.
STAFF = {
    "agent": ("agent", "broker", "gulf_officer"),
    "officer": ("officer", "gulf_officer"),
    "approver": ("supervisor", "gulf_manager"),
    "manager": ("manager", "gulf_manager"),
    "collector": ("collector", "gulf_officer"),
}
STREETS = {"PH": "Mabini Street", "VN": "Lê Lợi", "AE": "Al Wasl Road"}
CITIES = {"PH": "Manila", "VN": "Thành phố Hồ Chí Minh", "AE": "Dubai"}
ABROAD = ("us", "sg", "cn")
COUNTRIES = {"PH": "base.ph", "VN": "base.vn", "AE": "base.ae"}


def build_users(env, home, gulf):
    """Create the staff of both companies; the administrator gets every role."""
    for company, users in ((home, HOME_USERS), (gulf, GULF_USERS)):
        for login, name, groups in users:
            _create_user(env, login, name, groups, company)
        # Cases are opened as soon as somebody is late, and are this officer's.
        company.realestate_collector_id = get_staff(env, company)["collector"][:1]
    hall = env.ref("realestate_sales.realestate_board_hall_action")
    env.ref(f"{MODULE}.user_hall").action_id = hall.id
    env.ref("base.user_admin").group_ids += (
        env.ref(SALES + "manager")
        + env.ref(SALES + "filing_officer")
        + env.ref(COLLECTION + "manager")
        + env.ref("account.group_account_manager")
    )


def limit_holds(env, companies):
    """Say how many units agents and officers may hold at a time."""
    env["realestate.hold.limit"].create(
        [
            {
                "company_id": company.id,
                "role": role,
                "hold_count": count,
                "hold_hours": hours,
            }
            for company in companies
            for role, count, hours in (("agent", 10, 72), ("officer", 20, 120))
        ]
    )


def get_staff(env, company):
    """Return the users of ``company`` by what they do, see ``STAFF``."""
    users = env["res.users"].search([("company_id", "=", company.id)])
    return {
        role: users.filtered(lambda user, logins=logins: user.login in logins)
        for role, logins in STAFF.items()
    }


def build_portal_users(env):
    """Give the buyer with the most to look at, and a co-buyer, a portal login."""
    contracts = env["realestate.contract"].search(
        [("state", "=", "active"), ("company_id", "=", env.ref("base.main_company").id)]
    )
    shared = contracts.filtered(lambda c: len(c.buyer_ids) > 1 and c.amount_overdue)
    contract = (shared or contracts)[:1]
    buyers = contract.buyer_ids.sorted("is_main", reverse=True)
    for login, buyer in zip(("buyer", "cobuyer"), buyers, strict=False):
        _create_user(
            env,
            login,
            buyer.partner_id.name,
            ["base.group_portal"],
            contract.company_id,
            partner_id=buyer.partner_id.id,
        )


def _create_user(env, login, name, groups, company, **values):
    user = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "login": login,
                "password": login,
                "name": name,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set([env.ref(group).id for group in groups])],
                "tz": "Asia/Dubai" if login.startswith("gulf") else "Asia/Manila",
                **({} if values else {"email": f"{login}@example.com"}),
                **values,
            }
        )
    )
    env["ir.model.data"].create(
        {
            "module": MODULE,
            "name": f"user_{login}",
            "model": "res.users",
            "res_id": user.id,
            "noupdate": True,
        }
    )
    return user


def create_buyers(env, country, count, rng):
    """``count`` persons with names of ``country`` (PH, VN or AE) and addresses."""
    last_names = LAST[country].split(",")
    first_names = FIRST[country].split()
    values = []
    for number in range(count):
        first, last = rng.choice(first_names), rng.choice(last_names)
        name = f"{last} {first}" if country == "VN" else f"{first} {last}"
        values.append(
            {
                "name": name,
                "email": f"{country.lower()}.buyer{number + 1}@example.com",
                "phone": _phone(country, rng),
                "country_id": env.ref(COUNTRIES[country]).id,
                "company_id": False,
                "lang": "vi_VN" if country == "VN" else "en_US",
                **_person(env, country, number),
            }
        )
    return env["res.partner"].create(values)


def _person(env, country, number):
    """What is known of the person; of one in ten not everything."""
    nationality = ABROAD[number % len(ABROAD)] if number % 9 == 4 else country.lower()
    known = {
        "realestate_nationality_id": env.ref(f"base.{nationality}").id,
        "realestate_birth_date": date(1958 + number * 7 % 45, 1 + number % 12, 15),
        "street": f"{number + 3} {STREETS[country]}",
        "city": CITIES[country],
    }
    if number % 10 == 3:
        del known["realestate_birth_date"], known["street"]
    return known


def _phone(country, rng):
    prefix = {"PH": "+63 917", "VN": "+84 90", "AE": "+971 50"}[country]
    return f"{prefix} {rng.randrange(100, 1000)} {rng.randrange(1000, 10000)}"
