from odoo import api, models
from odoo.exceptions import AccessError

#: The lists of the desk, in the order they are shown.
TABS = ("my_day", "promises", "replies", "maturing", "failed", "all")
#: Accounts of one page of the queue.
PAGE = 40
MOST = 200
#: Of PostgreSQL's integers.
LARGEST = 2**31 - 1
#: Nobody reads so many letters; a longer text is no name.
SEARCH_LENGTH = 80


class RealestateCollectionDesk(models.AbstractModel):
    """What the collector's desk shows, and what is done there.

    The queue is one statement a page however many accounts there are; one account is
    read with the user's own rights, a panel at a time.
    """

    _name = "realestate.collection.desk"
    _description = "Collector's Desk"

    # === PUBLIC === #

    @api.model
    @api.readonly
    def open_desk(self, filters=None, tab="my_day"):
        """Return all that the desk begins with, so that it opens in one call.

        :return: dict of ``tabs``, ``counts``, ``queue`` (see :meth:`get_queue`),
            ``projects`` and ``officers`` to filter by, ``rights``, ``today``
        """
        self._check_collector()
        return {
            "counts": self.get_counts(filters),
            "queue": self.get_queue(tab, filters),
            **self.get_filters(),
            "rights": self._get_rights(),
            "today": self._get_today(),
        }

    @api.model
    @api.readonly
    def get_queue(self, tab, filters=None, after=None, limit=PAGE):
        """Return a page of a list of the desk.

        :param tab: one of :data:`TABS`, or ``search``
        :param filters: dict of ``project`` (id), ``officer`` (id of a user; below zero:
            nobody's) and, to search, ``text``
        :param after: ``after`` of the page before; none: the first page
        :return: dict of ``rows`` and ``after`` (False after the last page)
        :raises AccessError: for who is no collection officer
        """
        self._check_collector()
        limit = min(max(self._to_id(limit) or PAGE, 1), MOST)
        rows = self._read_queue(tab, self._read_filters(filters), after, limit)
        keys = [rows[-1].pop("keys")] if rows else []
        for row in rows[:-1]:
            row.pop("keys")
        return {"rows": rows, "after": keys[0] if len(rows) == limit else False}

    @api.model
    @api.readonly
    def get_counts(self, filters=None):
        """Return how many there are in each list, by its name."""
        self._check_collector()
        return self._read_counts(self._read_filters(filters))

    @api.model
    @api.readonly
    def get_filters(self):
        """Return what the lists can be filtered by: ``projects`` and ``officers``."""
        self._check_collector()
        return {
            "projects": self._get_filter_projects(),
            "officers": self._get_filter_officers(),
        }

    # === RIGHTS === #

    @api.model
    def _check_collector(self):
        if not self.env.su and not self.env.user.has_group(
            "realestate_collection.group_officer"
        ):
            raise AccessError(self.env._("The desk is for collection officers."))

    @api.model
    def _is_manager(self):
        return self.env.su or self.env.user.has_group(
            "realestate_collection.group_manager"
        )

    @api.model
    def _get_rights(self):
        """What the user may see beside the desk; each action asks for itself again."""
        return {"team": self._is_leader()}

    # === FILTERS === #

    @api.model
    def _read_filters(self, filters):
        """The filters as they came from outside, made sound."""
        given = filters if isinstance(filters, dict) else {}
        text = given.get("text")
        # PostgreSQL's texts have no such letter.
        text = text.replace("\0", "") if isinstance(text, str) else ""
        return {
            "project": self._to_id(given.get("project")),
            "officer": self._to_id(given.get("officer")),
            "text": text.strip()[:SEARCH_LENGTH],
        }

    @api.model
    def _to_id(self, value):
        """``value`` where it is a number that the database takes, else None."""
        # A truth value is a number too.
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return value if is_number and abs(value) <= LARGEST else None

    @api.model
    def _get_today(self):
        return self.env.company._realestate_today()

    @api.model
    def _get_filter_projects(self):
        projects = self.env["realestate.project"].search_fetch([], ["name", "code"])
        return [{"id": one.id, "name": one.name, "code": one.code} for one in projects]

    @api.model
    def _get_filter_officers(self):
        """The collection officers of the user's companies."""
        group = self.env.ref("realestate_collection.group_officer")
        # Names of colleagues only.
        users = (
            self.env["res.users"]
            .sudo()
            .search_fetch(
                [
                    ("all_group_ids", "in", group.ids),
                    ("company_ids", "in", self.env.companies.ids),
                    ("id", "!=", self.env.ref("base.user_root").id),
                ],
                ["name"],
                order="name",
            )
        )
        return [{"id": user.id, "name": user.name} for user in users]
