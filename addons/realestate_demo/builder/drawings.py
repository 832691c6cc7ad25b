"""Floor plans and pictures of the unit types, drawn so that nothing is borrowed."""

import base64
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from odoo.fields import Command

PAPER, WALL, INK = "#fbfaf7", "#2f3b45", "#5b6770"
FLOORS = {"living": "#f3e9d8", "bed": "#e4ebf2", "wet": "#dcecea", "open": "#e6efdc"}
SIZE = (1200, 860)
SKIES = (("#f7c59f", "#5c80bc"), ("#cfe8ef", "#3f88c5"), ("#f3d9dc", "#745c97"))


def add_pictures(project, rng):
    """Give each type of homes of the project a plan and a picture."""
    types = project.unit_ids.unit_type_id.filtered(lambda t: t.kind == "home")
    for unit_type in types:
        bedrooms = unit_type.bedrooms or 0
        units = project.unit_ids.filtered(lambda u, t=unit_type: u.unit_type_id == t)
        area = max(units.mapped("area"))
        unit_type.image_ids = [
            Command.create(
                {
                    "name": f"{unit_type.name}, up to {area:.0f} m²",
                    "kind": "plan",
                    "image_1920": draw_plan(bedrooms, area),
                }
            ),
            Command.create(
                {
                    "name": f"{project.name} at dusk",
                    "kind": "photo",
                    "image_1920": draw_view(rng),
                }
            ),
        ]


def draw_plan(bedrooms, area):
    """A schematic plan: living rooms on the left, bedrooms on the right."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    left, top, right, bottom = 120, 90, 1080, 740
    middle = left + (right - left) * (11 if bedrooms else 14) // 20
    _room(pen, (left, top, middle, 430), "Living and Dining", "living")
    _room(pen, (left, 430, (left + middle) // 2, bottom), "Kitchen", "wet")
    _room(pen, ((left + middle) // 2, 430, middle, bottom), "Balcony", "open")
    rooms = [f"Bedroom {number + 1}" for number in range(bedrooms)]
    height = (bottom - top) // (len(rooms) + 1)
    for number, label in enumerate(rooms):
        box = (middle, top + number * height, right, top + (number + 1) * height)
        _room(pen, box, label, "bed")
    _room(pen, (middle, top + len(rooms) * height, right, bottom), "Bath", "wet")
    pen.rectangle((left, top, right, bottom), outline=WALL, width=14)
    pen.text(
        (SIZE[0] // 2, 795),
        f"{area:.0f} sqm, not to scale",
        fill=INK,
        font=ImageFont.load_default(30),
        anchor="mm",
    )
    return _encode(image)


def draw_view(rng):
    """A skyline at dusk, another one each time."""
    image = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(image)
    low, high = (_rgb(colour) for colour in SKIES[rng.randrange(len(SKIES))])
    for row in range(SIZE[1]):
        share = row / SIZE[1]
        mix = [round(h + (x - h) * share) for h, x in zip(high, low, strict=True)]
        pen.line((0, row, SIZE[0], row), fill=tuple(mix))
    for depth, shade in enumerate(("#8795a8", "#5a6880", "#2e3a4f")):
        start = -40
        while start < SIZE[0]:
            width = rng.randrange(70, 150)
            height = rng.randrange(220, 520) - depth * 90
            _tower(pen, rng, (start, SIZE[1] - height, width, height), shade, depth)
            start += width + rng.randrange(6, 60)
    return _encode(image)


def draw_certificate(text):
    """A page with a frame and some lines of text."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 60, SIZE[0] - 60, SIZE[1] - 60), outline=WALL, width=6)
    middle = (SIZE[0] // 2, SIZE[1] // 2)
    font = ImageFont.load_default(40)
    pen.multiline_text(
        middle, text, fill=INK, font=font, anchor="mm", align="center", spacing=24
    )
    return _encode(image)


def _room(pen, box, label, floor):
    pen.rectangle(box, fill=FLOORS[floor], outline=WALL, width=7)
    centre = ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)
    pen.text(centre, label, fill=INK, font=ImageFont.load_default(28), anchor="mm")


def _tower(pen, rng, place, shade, depth):
    x, y, width, height = place
    pen.rectangle((x, y, x + width, y + height), fill=shade)
    if depth < 2:
        return
    for row in range(y + 16, y + height, 26):
        for column in range(x + 12, x + width - 14, 22):
            if rng.random() < 0.45:
                pen.rectangle((column, row, column + 9, row + 13), fill="#ffe3a3")


def _rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _encode(image):
    stream = BytesIO()
    image.save(stream, format="PNG", optimize=True)
    return base64.b64encode(stream.getvalue())
