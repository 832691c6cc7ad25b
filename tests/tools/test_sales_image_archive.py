"""ZIP files of pictures: the sound ones are read, all tricks are refused."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from realestate_sales.tools import image_archive
from realestate_sales.tools.image_archive import ArchiveError, read_pictures


def draw(kind="PNG", size=(40, 30), mode="RGB", colour="#345"):
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, kind)
    return buffer.getvalue()


def pack(files, method=zipfile.ZIP_DEFLATED):
    """Return a ZIP file of {path: content}."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def read(files):
    pictures, refusals = read_pictures(pack(files))
    return [p.path for p in pictures], {r.path: r.code for r in refusals}


def refused(content):
    with pytest.raises(ArchiveError) as caught:
        read_pictures(content)
    return caught.value.code


def test_pictures_of_the_three_formats_are_read():
    files = {"a.png": draw(), "b/c.JPG": draw("JPEG"), "d.webp": draw("WEBP")}
    pictures, refusals = read_pictures(pack(files))
    assert refusals == []
    assert [(p.stem, p.format, p.width, p.height) for p in pictures] == [
        ("a", "PNG", 40, 30),
        ("c", "JPEG", 40, 30),
        ("d", "WEBP", 40, 30),
    ]
    assert pictures[1].folders == ("b",)
    assert pictures[0].content == files["a.png"]
    assert len({picture.digest for picture in pictures}) == 3


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG")])
def test_a_webp_is_stored_as_what_every_program_shows(mode, kind):
    content = draw("WEBP", mode=mode, colour="#3456" if mode == "RGBA" else "#345")
    (picture,), _refusals = read_pictures(pack({"a.webp": content}))
    with Image.open(io.BytesIO(picture.to_store())) as image:
        assert (image.format, image.size) == (kind, (40, 30))


def test_others_are_stored_as_they_are():
    (picture,), _refusals = read_pictures(pack({"a.png": draw()}))
    assert picture.to_store() is picture.content


def test_what_systems_add_is_passed_over():
    junk = ("__MACOSX/._a.png", ".DS_Store", "x/Thumbs.db", "desktop.ini", "._b.png")
    assert read({"a.png": draw(), **dict.fromkeys(junk, b"x")}) == (["a.png"], {})


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../a.png", "file_path"),
        ("plans/../../a.png", "file_path"),
        ("/etc/a.png", "file_path"),
        ("..\\a.png", "file_path"),
        ("C:\\a.png", "file_path"),
        ("C:a.png", "file_path"),
        ("a\nb.png", "file_path"),
        ("a" * 300 + ".png", "file_path"),
        ("a.svg", "file_format"),
        ("a.png.svg", "file_format"),
        ("a.gif", "file_format"),
        ("a.pdf", "file_format"),
        ("plans.zip", "file_format"),
        ("a", "file_format"),
        ("a.png.exe", "file_format"),
    ],
)
def test_a_path_or_format_that_is_not_ours_is_refused(path, code):
    assert read({path: draw(), "ok.png": draw()}) == (["ok.png"], {path: code})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        draw()[:-50],
        draw("GIF", mode="P"),
        draw("BMP"),
        draw("TIFF"),
    ],
)
def test_a_file_that_is_no_sound_picture_is_refused_whatever_its_name(content):
    assert read({"a.png": content}) == ([], {"a.png": "file_damaged"})


def test_a_picture_of_another_format_than_its_name_says_is_taken():
    pictures, refusals = read_pictures(pack({"a.png": draw("JPEG")}))
    assert (pictures[0].format, refusals) == ("JPEG", [])


def test_a_link_is_no_file():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("a.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    _pictures, refusals = read_pictures(buffer.getvalue())
    assert [refusal.code for refusal in refusals] == ["file_path"]


def test_what_is_no_archive_is_refused():
    assert refused(b"") == "archive_empty"
    assert refused(b"Tower,Floor") == "archive_unreadable"
    assert refused(draw()) == "archive_unreadable"
    assert refused(pack({"a.png": draw()})[:-30]) == "archive_unreadable"
    assert refused(pack({})) == "archive_empty"
    assert refused(pack({".DS_Store": b"x"})) == "archive_empty"


def test_a_damaged_archive_is_refused():
    content = bytearray(pack({"a.png": b"0123456789" * 200}, zipfile.ZIP_STORED))
    content[100] ^= 0xFF
    assert refused(bytes(content)) == "archive_unreadable"


def test_a_protected_archive_is_refused():
    content = bytearray(pack({"a.png": draw()}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert refused(bytes(content)) == "archive_encrypted"


def test_an_archive_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(image_archive, "MAX_FILES", 3)
    assert refused(pack({f"{n}.png": b"x" for n in range(4)})) == "archive_too_many"


def test_a_large_archive_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(image_archive, "MAX_BYTES", 100)
    assert refused(pack({"a.png": draw()})) == "archive_too_large"


def test_a_bomb_is_refused_by_what_it_says(monkeypatch):
    monkeypatch.setattr(image_archive, "MAX_UNPACKED", 10_000)
    assert refused(pack({"a.png": b"\0" * 10_001})) == "archive_bomb"


def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch):
    """The sizes in the directory are nobody's promise: what is read is counted."""
    monkeypatch.setattr(image_archive, "MAX_UNPACKED", 200_000)
    monkeypatch.setattr(image_archive, "MAX_FILE_BYTES", 200_000)
    content = bytearray(pack({"a.png": b"\0" * 5_000_000}))
    size = (5_000_000).to_bytes(4, "little")
    lie = (1000).to_bytes(4, "little")
    while size in content:
        place = content.index(size)
        content[place : place + 4] = lie
    code = None
    try:
        _pictures, refusals = read_pictures(bytes(content))
        code = refusals[0].code
    except ArchiveError as error:
        code = error.code
    assert code in ("archive_bomb", "archive_unreadable", "file_damaged")


def test_one_file_that_is_too_large_is_refused_alone(monkeypatch):
    monkeypatch.setattr(image_archive, "MAX_FILE_BYTES", 1000)
    files = {"a.png": b"\0" * 1001, "b.png": draw()}
    assert read(files) == (["b.png"], {"a.png": "file_too_large"})


def test_a_picture_of_too_many_pixels_is_refused_unopened():
    huge = draw(size=(20_000, 20_000), mode="1")
    assert len(huge) < 100_000
    assert read({"a.png": huge}) == ([], {"a.png": "file_pixels"})


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 10_000), st.integers(0, 255))
def test_no_content_whatever_raises_anything_else(noise, place, byte):
    sound = bytearray(pack({"a.png": draw(), "b.jpg": noise}))
    sound[place % len(sound)] = byte
    for content in (noise, bytes(sound)):
        try:
            pictures, refusals = read_pictures(content)
        except ArchiveError:
            continue
        assert all(p.width and p.format in image_archive.FORMATS for p in pictures)
        assert all(refusal.code.startswith("file_") for refusal in refusals)
