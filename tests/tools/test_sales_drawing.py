import base64
import io

import pytest
from PIL import Image, ImageDraw
from realestate_sales.tools import drawing
from realestate_sales.tools.drawing import DrawingError, read_drawing


def picture(size=(200, 60), colour=(0, 0, 0, 0), line=True, kind="PNG"):
    """Return a picture as the text a browser sends."""
    image = Image.new("RGBA" if kind == "PNG" else "RGB", size, colour)
    if line:
        ImageDraw.Draw(image).line((5, 5, 50, 40), fill="black", width=2)
    data = io.BytesIO()
    image.save(data, kind)
    return base64.b64encode(data.getvalue()).decode()


def test_a_drawn_line_is_a_signature():
    assert read_drawing(picture()).startswith(b"\x89PNG")
    assert read_drawing(picture(colour="white"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "missing"),
        ("", "missing"),
        (False, "missing"),
        (7, "missing"),
        (["x"], "missing"),
        ("not base64!", "unreadable"),
        (base64.b64encode(b"<svg onload=alert(1)>").decode(), "unreadable"),
        (base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(), "unreadable"),
        (picture(line=False), "blank"),
        (picture(line=False, colour="white"), "blank"),
        (picture(kind="JPEG", colour="white"), "unreadable"),
        (picture(size=(drawing.MAX_SIDE + 1, 10)), "too_large"),
        ("A" * drawing.MAX_BYTES * 2, "too_large"),
    ],
)
def test_what_is_no_signature_is_named(text, code):
    with pytest.raises(DrawingError) as caught:
        read_drawing(text)
    assert caught.value.code == code


def test_a_cut_off_picture_is_unreadable():
    content = base64.b64decode(picture())
    cut = base64.b64encode(content[: len(content) // 2]).decode()
    with pytest.raises(DrawingError) as caught:
        read_drawing(cut)
    assert caught.value.code == "unreadable"
