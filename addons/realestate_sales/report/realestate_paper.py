from functools import partial

from odoo import api, models
from odoo.tools import format_date
from odoo.tools.misc import format_amount, formatLang, get_lang

from ..tools import money
from ..tools.amount_words import amount_in_words
from ..tools.number_grouping import group_lakh, is_lakh


class RealestatePaper(models.AbstractModel):
    """What the papers of a sale have in common: language, people, units, money.

    A heir is the model ``report.<report name>`` of one paper. It names the model that
    is printed in ``_paper_model`` and fills the sheet of a record in
    :meth:`_prepare_sheet`: a dict of ready texts and plain values in the language of
    the reader, so that the template decides on nothing but looks.
    """

    _name = "realestate.paper"
    _description = "Paper of a Sale"

    _paper_model = None

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env[self._paper_model].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": self._paper_model,
            "docs": docs,
            "get_sheet": self._get_sheet,
            # Papers are drawn one by one: the pieces that ask for a language find it.
            "lang": self._get_languages(docs[:1])[0],
        }

    def _get_sheet(self, record):
        """The sheet of ``record`` in the language of its reader."""
        return self._get_sheet_in(record, self._get_lang(record))

    def _get_sheet_in(self, record, lang):
        """The sheet of ``record`` in a language."""
        paper = self.with_context(lang=lang)
        return {
            "lang": lang,
            "figure": partial(paper._format_figure, currency=record.currency_id),
            "money": partial(paper._format_amount, currency=record.currency_id),
            "record": record.with_context(lang=lang),
            "company": record.company_id,
            "currency": record.currency_id,
            "number": record.name,
            "labels": paper._prepare_labels(),
            **paper._prepare_sheet(record.with_context(lang=lang)),
        }

    # === HOOKS === #

    def _prepare_sheet(self, record):
        """Values that the template of this paper prints, see the class."""
        raise NotImplementedError

    def _get_lang(self, record):
        """Code of the language a paper is printed in: its buyer's, where it is
        installed, else the user's."""
        return self._get_reader_lang(record)

    # === PEOPLE === #

    def _prepare_seller(self, company):
        # A buyer who prints may not read the company's partner; a paper shows it.
        partner = company.sudo().partner_id
        registry = company.sudo().company_registry
        lines = self._prepare_contact_lines(partner)
        # The label is kept from the language it was read in first.
        partner.invalidate_recordset(["company_registry_label"], flush=False)
        if registry:
            lines.insert(
                0, (self._with_colon(partner.company_registry_label), registry)
            )
        return {
            "role": self.env._("Seller"),
            "name": partner.name,
            "lines": lines,
        }

    def _prepare_buyer(self, partner, role):
        return {
            "role": role,
            "name": partner.name or partner.display_name,
            "lines": self._prepare_contact_lines(partner),
        }

    def _prepare_contact_lines(self, partner):
        """Registration, address, phone and e-mail, as lines of a party."""
        lines = []
        if partner.vat:
            label = partner.country_id.vat_label or self.env._("Tax ID")
            lines.append((self._with_colon(label), partner.vat))
        lines += self._prepare_address_lines(partner)
        if partner.phone:
            lines.append((self.env._("Phone:"), partner.phone))
        if partner.email:
            lines.append((self.env._("E-mail:"), partner.email))
        return lines

    def _prepare_address_lines(self, partner):
        address = partner._display_address(without_company=True) if partner else ""
        return [line.strip() for line in address.splitlines() if line.strip()]

    def _with_colon(self, label):
        return self.env._("%(label)s:", label=label)

    # === UNITS === #

    def _prepare_unit_row(self, unit, price, description=None):
        kinds = dict(unit._fields["kind"]._description_selection(self.env))
        layout = unit.unit_type_id.name or kinds.get(unit.kind)
        return {
            "name": unit.name,
            "building": unit.building_id.name,
            "floor": unit.floor or "",
            "details": " · ".join(filter(None, (layout, unit.view, description))),
            "area": self._format_number(unit.area) if unit.area else "",
            "is_predicted": bool(unit.area and not unit.area_measured),
            "price": price,
        }

    # === MONEY === #

    def _amount_in_words(self, amount, currency):
        """``amount`` spelt out in the paper's language, for the total of a paper."""
        currency = currency.with_context(lang=self.env.lang)
        return amount_in_words(
            money.to_money(amount, currency.decimal_places),
            currency.name,
            currency.currency_unit_label or currency.name,
            currency.currency_subunit_label or "",
            currency.decimal_places,
            self.env.lang or "en_US",
        )

    def _prepare_schedule_totals(self, rows, total, currency):
        """The schedule in short: one line for each kind, in order of appearance.

        :param rows: rows of the schedule, see the papers
        :param total: what the rows come to
        """
        groups = {}
        for row in rows:
            groups.setdefault(row["kind"], []).append(row)
        return [
            self._prepare_schedule_total(kind_rows, total, currency)
            for kind_rows in groups.values()
        ]

    def _prepare_schedule_total(self, rows, total, currency):
        amount = currency.round(sum(row["amount"] for row in rows))
        dates = [row["date"] for row in rows if row["date"]]
        first, last = (min(dates), max(dates)) if dates else (False, False)
        return {
            "label": rows[0]["kind"],
            "count": len(rows),
            "first": self._format_date(first) or rows[0]["due"],
            "last": self._format_date(last) if last != first else "",
            "amount": amount,
            "interest": currency.round(sum(row.get("interest", 0) for row in rows)),
            "percent": self._format_percent(100 * amount / total) if total else "",
        }

    def _with_rest(self, rows, total, currency):
        """Add to each row what is left of ``total`` once it is paid."""
        rest = total
        for row in rows:
            rest = currency.round(rest - row["amount"])
            row["rest"] = rest
        return rows

    def _get_due_text(self, item, date_due, milestone):
        """When an instalment is due, in words while only its milestone is known.

        :param item: anything with ``offset_months`` and ``offset_days``
        """
        if date_due:
            return self._format_date(date_due)
        terms = {
            "milestone": milestone.name or self.env._("the milestone"),
            "months": item.offset_months,
            "days": item.offset_days,
        }
        if item.offset_months and item.offset_days:
            return self.env._(
                "%(months)s months and %(days)s days after: %(milestone)s", **terms
            )
        if item.offset_months:
            return self.env._("%(months)s months after: %(milestone)s", **terms)
        if item.offset_days:
            return self.env._("%(days)s days after: %(milestone)s", **terms)
        return self.env._("When reached: %(milestone)s", **terms)

    # === FORMATS === #

    def _format_date(self, date):
        """``date`` with the month in letters where the language has them: nobody takes
        the month for the day. In two languages year first, which both read."""
        if not date:
            return ""
        style = "yyyy-MM-dd" if self.env.context.get("paper_pair") else "medium"
        return format_date(self.env, date, date_format=style)

    def _get_number_env(self):
        """The environment whose language writes the figures: in a paper in two
        languages the first one."""
        lang = self.env.context.get("paper_numbers")
        return self.with_context(lang=lang).env if lang else self.env

    def _format_amount(self, amount, currency):
        text = format_amount(self._get_number_env(), amount, currency)
        return self._group(text, currency)

    def _format_figure(self, amount, currency):
        """``amount`` without its currency, for columns that name it at the top."""
        env = self._get_number_env()
        figure = formatLang(env, amount, digits=currency.decimal_places)
        return self._group(figure, currency)

    def _group(self, text, currency):
        """``text`` with the digits of an amount as its currency's country groups
        them."""
        lang = get_lang(self._get_number_env())
        if not is_lakh(currency.name, lang.code):
            return text
        return group_lakh(text, lang.thousands_sep or "")

    def _format_number(self, value, digits=2):
        return formatLang(self._get_number_env(), value, digits=digits)

    def _format_percent(self, value):
        """``value`` with the decimals it needs, at most two: 20 %, 33.33 %."""
        value = round(value, 2)
        digits = 0 if value == int(value) else 2
        return self.env._(
            "%(number)s%%", number=self._format_number(value, digits=digits)
        )
