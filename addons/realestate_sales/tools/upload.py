"""Check a file somebody hands in: what it is, by its content, and its size."""

MAX_BYTES = 10 * 1024 * 1024

#: Kinds of files that are taken, with their content types and endings.
PDF, JPEG, PNG, HEIC = "pdf", "jpeg", "png", "heic"
CONTENT_TYPES = {
    PDF: "application/pdf",
    JPEG: "image/jpeg",
    PNG: "image/png",
    HEIC: "image/heic",
}
ENDINGS = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    HEIC: (".heic", ".heif"),
}
#: What telephones call the brand of their still pictures.
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_FORBIDDEN = frozenset('/\\:*?"<>|')


class UploadError(ValueError):
    """A file that is not taken; ``code`` and ``params`` say why.

    Codes: ``empty``, ``too_large`` (``size`` and ``limit`` in megabytes), ``unknown``.
    """

    def __init__(self, code: str, **params: object):
        super().__init__(code)
        self.code = code
        self.params = params


def file_kind(content: bytes) -> str:
    """Return the kind of a file by its first bytes; empty for one not taken.

    Its name and the type that a browser claims tell nothing.
    """
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    return ""


def check_upload(content: bytes, max_bytes: int = MAX_BYTES) -> str:
    """Return the kind of a file that may be taken.

    :raises UploadError: for one that is empty, too large or of no kind that is taken
    """
    if not content:
        raise UploadError("empty")
    if len(content) > max_bytes:
        mega = 1024 * 1024
        raise UploadError(
            "too_large",
            size=round(len(content) / mega, 1),
            limit=round(max_bytes / mega, 1),
        )
    kind = file_kind(content)
    if not kind:
        raise UploadError("unknown")
    return kind


def safe_name(name: str, kind: str, fallback: str = "file") -> str:
    """Return a file name without a path, control characters or a wrong ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if c.isprintable() and c not in _FORBIDDEN)
    clean = clean.strip()
    ending = next((e for e in ENDINGS[kind] if clean.lower().endswith(e)), "")
    stem = clean[: len(clean) - len(ending)].strip(" .")[:80] or fallback
    return stem + (ending or ENDINGS[kind][0])
