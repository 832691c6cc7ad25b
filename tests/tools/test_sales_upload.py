"""Files that are handed in: what they are, by their content, and their size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.upload import (
    ENDINGS,
    UploadError,
    check_upload,
    file_kind,
    safe_name,
)

KINDS = [
    (b"%PDF-1.7\n...", "pdf"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpeg"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "png"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00", "heic"),
    (b"\x00\x00\x00\x18ftypmif1\x00\x00", "heic"),
    # A film is no paper, nor is a page, a picture with scripts or a program.
    (b"\x00\x00\x00\x18ftypisom\x00\x00", ""),
    (b"<html><script>alert(1)</script>", ""),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
    (b"GIF89a%PDF-", ""),
    (b" %PDF-1.7", ""),
    (b"MZ\x90\x00", ""),
    (b"PK\x03\x04", ""),
    (b"", ""),
    (b"%PDF", ""),
]


@pytest.mark.parametrize(("content", "kind"), KINDS)
def test_a_file_is_what_its_content_says(content, kind):
    assert file_kind(content) == kind


@given(st.binary(max_size=64))
def test_any_content_has_one_kind_or_none(content):
    assert file_kind(content) in {"", *ENDINGS}


def refused(content, **limits):
    with pytest.raises(UploadError) as caught:
        check_upload(content, **limits)
    return caught.value


def test_refusals_say_why():
    assert refused(b"").code == "empty"
    assert refused(b"MZ").code == "unknown"
    error = refused(b"%PDF-" + bytes(3 * 1024 * 1024), max_bytes=2 * 1024 * 1024)
    assert (error.code, error.params) == ("too_large", {"size": 3.0, "limit": 2.0})


def test_a_file_of_exactly_the_limit_is_taken():
    content = b"%PDF-" + bytes(95)
    assert check_upload(content, max_bytes=100) == "pdf"
    assert refused(content + b"0", max_bytes=100).code == "too_large"


NAMES = [
    ("passport.pdf", "pdf", "passport.pdf"),
    ("IMG_1.JPEG", "jpeg", "IMG_1.jpeg"),
    ("passport.exe", "pdf", "passport.exe.pdf"),
    ("scan.png", "jpeg", "scan.png.jpg"),
    ("../../etc/passwd", "pdf", "passwd.pdf"),
    ("C:\\Users\\me\\id.pdf", "pdf", "id.pdf"),
    ('a"b<c>.pdf', "pdf", "abc.pdf"),
    ("hộ chiếu 護照.pdf", "pdf", "hộ chiếu 護照.pdf"),
    ("line\r\nbreak.pdf", "pdf", "linebreak.pdf"),
    (".pdf", "pdf", "file.pdf"),
    ("", "heic", "file.heic"),
    ("...", "png", "file.png"),
]


@pytest.mark.parametrize(("name", "kind", "safe"), NAMES)
def test_a_file_gets_a_safe_name(name, kind, safe):
    assert safe_name(name, kind) == safe


@given(st.text(max_size=200), st.sampled_from(sorted(ENDINGS)))
def test_every_name_is_safe_short_and_keeps_when_named_again(name, kind):
    safe = safe_name(name, kind)
    assert safe.isprintable() and not set(safe) & set('/\\:*?"<>|')
    assert len(safe) <= 90
    assert safe.lower().endswith(ENDINGS[kind])
    assert safe_name(safe, kind) == safe
