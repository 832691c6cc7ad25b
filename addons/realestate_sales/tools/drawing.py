"""Check a signature drawn in a browser: a small picture with something on it."""

import base64
import binascii
import io

from PIL import Image

MAX_BYTES = 512 * 1024
MAX_SIDE = 4000


class DrawingError(ValueError):
    """A drawing that is no signature; ``code`` says why: ``missing``, ``unreadable``,
    ``too_large`` or ``blank``."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_drawing(text: object) -> bytes:
    """Return the PNG that a browser sent as base64 text.

    :raises DrawingError: for what is no picture, too large, or an empty sheet
    """
    if not isinstance(text, str) or not text:
        raise DrawingError("missing")
    if len(text) > MAX_BYTES * 4 // 3 + 4:
        raise DrawingError("too_large")
    try:
        content = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise DrawingError("unreadable") from error
    _check_picture(content)
    return content


def _check_picture(content):
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
            if max(image.size) > MAX_SIDE:
                raise DrawingError("too_large")
            image.load()
            is_blank = _is_blank(image.convert("RGBA"))
    except DrawingError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DrawingError("unreadable") from error
    if is_blank:
        raise DrawingError("blank")


def _is_blank(image):
    """Whether every point has the same colour, the transparent ones taken as white."""
    sheet = Image.new("RGBA", image.size, "white")
    sheet.alpha_composite(image)
    return all(low == high for low, high in sheet.getextrema())
