"""Read the pictures of a ZIP file that somebody sends: nothing is unpacked to disk.

Sizes are counted while reading, never believed. A file that is no picture, or that
may be none, is named with its reason; :class:`ArchiveError` is for what cannot be
opened at all.
"""

import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from PIL import (  # a program may keep PIL from finding its formats by itself
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_FILES = 500
MAX_PIXELS = 50_000_000
MAX_PATH = 255
FORMATS = tuple(
    plugin.format
    for plugin in (
        PngImagePlugin.PngImageFile,
        JpegImagePlugin.JpegImageFile,
        WebPImagePlugin.WebPImageFile,
    )
)

_ENDINGS = ("png", "jpg", "jpeg", "webp")
#: What systems put into every ZIP file; no person has chosen it.
_JUNK_FOLDERS = frozenset({"__macosx", ".git", ".svn"})
_JUNK_FILES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_CHUNK = 64 * 1024
_JPEG_QUALITY = 92


class ArchiveError(ValueError):
    """A file that is no archive we open; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params):
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


@dataclass(frozen=True)
class Picture:
    """A sound picture: ``path`` inside the archive, ``content`` as it was sent."""

    path: str
    content: bytes = field(repr=False)
    format: str
    width: int
    height: int

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return _name(self.path).rpartition(".")[0]

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders the file lies in, from the outermost."""
        return tuple(_parts(self.path)[:-1])

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the content."""
        return hashlib.sha256(self.content).hexdigest()

    def thumbnail(self, size: int = 128) -> bytes:
        """Return a small PNG or JPEG of it."""
        with Image.open(io.BytesIO(self.content)) as image:
            image.draft("RGB", (size, size))
            image.thumbnail((size, size))
            return _encode(image)

    def to_store(self) -> bytes:
        """Return the content as PNG or JPEG: a WebP is converted."""
        if self.format != "WEBP":
            return self.content
        with Image.open(io.BytesIO(self.content)) as image:
            return _encode(image)


@dataclass(frozen=True)
class Refusal:
    """A file of the archive that is not taken, and why; see :class:`ArchiveError`."""

    path: str
    code: str
    params: dict = field(default_factory=dict)


def read_pictures(content: bytes) -> tuple[list[Picture], list[Refusal]]:
    """Return the pictures of a ZIP file and what else is in it.

    :raises ArchiveError: when it is no ZIP file, is protected by a password, or is
        larger, packed or unpacked, than what people send
    """
    pictures: list[Picture] = []
    refusals: list[Refusal] = []
    with _opened(content) as (archive, entries):
        for path, data in _read(archive, entries, refusals):
            found = _picture(path, data)
            (pictures if isinstance(found, Picture) else refusals).append(found)
    return pictures, refusals


def check_archive(content: bytes) -> None:
    """Raise what :func:`read_pictures` would, as far as the directory tells it."""
    with _opened(content):
        pass


@contextmanager
def _opened(content: bytes) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """Give the archive and its files; what goes wrong inside is an ArchiveError."""
    if not content:
        raise ArchiveError("archive_empty")
    if len(content) > MAX_BYTES:
        raise ArchiveError("archive_too_large", maximum=MAX_BYTES // 1024**2)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _entries(archive)
            if not entries:
                raise ArchiveError("archive_empty")
            yield archive, entries
    except ArchiveError:
        raise
    except NotImplementedError:
        raise ArchiveError("archive_method") from None
    except Exception:  # whatever zipfile meets in a damaged file
        raise ArchiveError("archive_unreadable") from None


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files somebody has put in."""
    every = archive.infolist()
    if any(entry.flag_bits & 1 for entry in every):
        raise ArchiveError("archive_encrypted")
    entries = [one for one in every if not one.is_dir() and not _is_junk(one.filename)]
    if len(entries) > MAX_FILES:
        raise ArchiveError("archive_too_many", maximum=MAX_FILES)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ArchiveError("archive_bomb", maximum=MAX_UNPACKED // 1024**2)
    return entries


def _read(
    archive: zipfile.ZipFile,
    entries: list[zipfile.ZipInfo],
    refusals: list[Refusal],
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file that may be a picture by its name."""
    left = MAX_UNPACKED
    for entry in entries:
        refusal = _refuse_name(entry)
        if refusal:
            refusals.append(refusal)
            continue
        data = _read_limited(archive, entry, min(left, MAX_FILE_BYTES))
        if data is None and left <= MAX_FILE_BYTES:
            raise ArchiveError("archive_bomb", maximum=MAX_UNPACKED // 1024**2)
        if data is None:
            params = {"maximum": MAX_FILE_BYTES // 1024**2}
            refusals.append(Refusal(entry.filename, "file_too_large", params))
            # As much as was read of it counts too.
            left -= MAX_FILE_BYTES
            continue
        left -= len(data)
        yield entry.filename, data


def _read_limited(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int
) -> bytes | None:
    """Return the content, or nothing when there is more than ``limit`` of it."""
    data = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            data += chunk
            if len(data) > limit:
                return None
    return bytes(data)


def _refuse_name(entry: zipfile.ZipInfo) -> Refusal | None:
    path = entry.filename
    parts = _parts(path)
    is_absolute = path.startswith(("/", "\\")) or ":" in path
    unprintable = any(not char.isprintable() for char in path)
    # The upper half of the attributes is the file's mode: a link is no file.
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    if is_absolute or unprintable or is_link or ".." in parts or len(path) > MAX_PATH:
        return Refusal(path, "file_path")
    if _ending(path) not in _ENDINGS:
        return Refusal(path, "file_format")
    return None


def _picture(path: str, data: bytes) -> Picture | Refusal:
    """Return the picture when the content is one, whatever its name says."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                width, height, kind = *image.size, image.format
                if width * height > MAX_PIXELS:
                    params = {"maximum": MAX_PIXELS // 1_000_000}
                    return Refusal(path, "file_pixels", params)
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refusal(path, "file_pixels", {"maximum": MAX_PIXELS // 1_000_000})
    except Exception:  # whatever its decoders meet in a damaged file
        return Refusal(path, "file_damaged")
    return Picture(path, data, kind, width, height)


def _encode(image: Image.Image) -> bytes:
    """Return PNG where something may be transparent, else JPEG."""
    buffer = io.BytesIO()
    if image.mode in ("RGBA", "LA", "P", "PA"):
        image.convert("RGBA").save(buffer, "PNG", optimize=True)
    else:
        image.convert("RGB").save(buffer, "JPEG", quality=_JPEG_QUALITY)
    return buffer.getvalue()


def _parts(path: str) -> list[str]:
    return path.replace("\\", "/").split("/")


def _name(path: str) -> str:
    return _parts(path)[-1]


def _ending(path: str) -> str:
    return _name(path).rpartition(".")[2].casefold()


def _is_junk(path: str) -> bool:
    *folders, name = (part.casefold() for part in _parts(path))
    is_resource_fork = name.startswith("._")
    return name in _JUNK_FILES or is_resource_fork or bool(_JUNK_FOLDERS & {*folders})
