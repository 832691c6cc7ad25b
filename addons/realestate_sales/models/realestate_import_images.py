import base64
import hashlib
from dataclasses import dataclass, field, replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.image_archive import (
    MAX_BYTES,
    ArchiveError,
    Picture,
    check_archive,
    read_pictures,
)
from ..tools.image_names import find_name, kind_of_folder, name_key
from ..tools.inventory import RowError
from ..tools.text import clean, same_name
from .realestate_import_image_messages import ARCHIVE_MESSAGES


@dataclass(frozen=True)
class PlannedPicture:
    """Where a picture goes: ``image`` is the one it replaces or is, if any."""

    picture: Picture
    unit_type: object
    unit: object = None
    kind: str = "plan"
    number: int = 0
    image: object = None
    action: str = "new"

    @property
    def name(self):
        """What the picture is called, by which it is replaced."""
        return clean(self.picture.stem)


@dataclass
class ImagePlan:
    """What loading a ZIP file would do; ``problems`` are its files without a place."""

    project: object
    planned: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)


class RealestateImport(models.Model):
    """Kind ``images``: plans and photos of unit types, found by their file names."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("images", "Plans and Photos")], ondelete={"images": "cascade"}
    )
    skip_unmatched = fields.Boolean(
        string="Leave Out What Fits Nothing",
        help="Otherwise a picture of no unit type and no unit is an error.",
    )

    @api.model
    def _get_input_fields(self):
        return super()._get_input_fields() | {"skip_unmatched"}

    # === FILE === #

    @api.depends("kind")
    def _compute_file_error(self):
        images = self.filtered(lambda record: record.kind == "images")
        result = super(RealestateImport, self - images)._compute_file_error()
        for record in images:
            record.file_error = False
            try:
                if record.file:
                    record._check_content("images", record._get_file_content(), {})
            except UserError as error:
                record.file_error = str(error)
        return result

    def _prepare_columns(self):
        return [] if self.kind == "images" else super()._prepare_columns()

    def _match_images(self, headers):
        """Pictures have no columns."""
        return {}

    @api.model
    def _get_max_bytes(self, kind):
        return MAX_BYTES if kind == "images" else super()._get_max_bytes(kind)

    @api.model
    def _check_content(self, kind, content, values):
        if kind != "images":
            return super()._check_content(kind, content, values)
        return self._open_archive(check_archive, content)

    @api.model
    def _open_archive(self, opener, content):
        try:
            return opener(content)
        except ArchiveError as error:
            message = str(ARCHIVE_MESSAGES[error.code]) % error.params
            raise UserError(message) from None

    def _read_archive(self):
        """The pictures of the file and its refusals, read once in a transaction."""
        content = self._get_file_content()
        key = ("realestate.import.images", hashlib.sha256(content).digest())
        cache = self.env.cr.cache
        if key not in cache:
            cache[key] = self._open_archive(read_pictures, content)
        return cache[key]

    # === RUN === #

    def _import_images(self, dry_run):
        """Check the pictures of the file and load them unless something is wrong."""
        plan = self._plan_images()
        loaded = False
        if not dry_run and not plan.errors:
            loaded, failure = self._load(lambda: self._load_images(plan))
            if failure:
                plan.errors.append(RowError(0, "", failure[0], failure[1]))
        return self._report_images(plan, dry_run, loaded=bool(loaded))

    def _load_images(self, plan):
        images = self.env["realestate.unit.type.image"]
        for one in plan.planned:
            if one.action == "replace":
                one.image.write(self._prepare_image(one))
        images.create(
            [
                {**self._prepare_image(one), "unit_type_id": one.unit_type.id}
                for one in plan.planned
                if one.action == "new"
            ]
        )
        return True

    @api.model
    def _prepare_image(self, planned):
        return {
            "name": planned.name,
            "kind": planned.kind,
            "sequence": planned.number,
            "image_1920": base64.b64encode(planned.picture.to_store()),
            "file_digest": planned.picture.digest,
        }

    # === PLAN === #

    def _plan_images(self):
        plan = ImagePlan(self.project_id)
        pictures, refusals = self._read_archive()
        for refusal in refusals:
            self._plan_problem(plan, refusal.path, refusal.code, refusal.params)
        known = self._get_known_names()
        for picture in pictures:
            self._plan_picture(plan, picture, known)
        self._plan_images_there(plan)
        return plan

    def _plan_problem(self, plan, path, code, params, picture=None):
        is_left_out = code == "image_unmatched" and self.skip_unmatched
        notes = plan.warnings if is_left_out else plan.errors
        notes.append(RowError(0, path, code, params))
        action = "left_out" if is_left_out else "refused"
        plan.problems.append((path, action, code, params, picture))

    def _plan_picture(self, plan, picture, known):
        reading, found = find_name(picture.stem, known)
        problem = self._find_problem(picture, found)
        if problem:
            self._plan_problem(plan, picture.path, *problem, picture=picture)
            return
        unit = found if found._name == "realestate.unit" else None
        kinds = (kind_of_folder(folder) for folder in reversed(picture.folders))
        plan.planned.append(
            PlannedPicture(
                picture,
                unit.unit_type_id if unit else found,
                unit,
                reading.kind or next(filter(None, kinds), "plan"),
                reading.number,
            )
        )

    @api.model
    def _find_problem(self, picture, found):
        """Why what was found under a name takes no picture, as (code, params)."""
        if not found:
            return "image_unmatched", {}
        if len(found) > 1:
            names = ", ".join(
                f"{one.display_name} ({one.project_id.name or '–'})" for one in found
            )
            return "image_ambiguous", {"name": picture.stem, "found": names}
        if found._name == "realestate.unit" and not found.unit_type_id:
            return "unit_without_type", {"unit": found.name}
        return None

    def _get_known_names(self):
        """Unit types and units by :func:`.name_key`: all that a name may mean.

        A type goes before a unit, the project's own type before a general one.
        """
        projects = self.project_id or self.env["realestate.project"].search(
            [("company_id", "=", self.company_id.id)]
        )
        names = {}
        for unit in self.env["realestate.unit"].search(
            [("project_id", "in", projects.ids)]
        ):
            building = unit.building_id
            for place in {building.name, building.code}:
                key = name_key(f"{place} {unit.number}")
                names[key] = names.get(key, unit) | unit
        types = self.env["realestate.unit.type"].search(
            [("project_id", "in", [False, *projects.ids])]
        )
        by_key = types.grouped(lambda unit_type: name_key(unit_type.name))
        for key, alike in by_key.items():
            own = alike.filtered("project_id") if self.project_id else alike
            names[key] = own or alike
        return names

    def _plan_images_there(self, plan):
        """Find what each picture replaces, or that it is there already."""
        types = self.env["realestate.unit.type"].union(
            *(one.unit_type for one in plan.planned)
        )
        there = {
            (image.unit_type_id, same_name(image.name)): image
            for image in types.image_ids
        }
        first = {}
        planned, plan.planned = plan.planned, []
        for one in planned:
            key = one.unit_type, same_name(one.name)
            other = first.setdefault(key, one)
            if other is not one:
                params = {
                    "type": one.unit_type.name,
                    "name": one.name,
                    "other": other.picture.path,
                }
                self._plan_problem(
                    plan, one.picture.path, "image_twice", params, one.picture
                )
            else:
                plan.planned.append(self._with_image(one, there.get(key)))

    @api.model
    def _with_image(self, planned, image):
        if not image:
            return planned
        is_same = (
            image.file_digest == planned.picture.digest and image.kind == planned.kind
        )
        return replace(planned, image=image, action="same" if is_same else "replace")
