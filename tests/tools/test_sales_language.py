"""The language of a text for a reader whose own there is none in."""

import pytest
from realestate_sales.tools.language import nearest_language

ALL = {"en_US", "vi_VN", "zh_CN", "zh_TW"}


@pytest.mark.parametrize(
    ("wanted", "available", "expected"),
    [
        ("vi_VN", ALL, "vi_VN"),
        ("zh_TW", ALL, "zh_TW"),
        ("zh_HK", ALL, "zh_TW"),
        ("zh_SG", ALL, "zh_CN"),
        ("en_GB", ALL, "en_US"),
        ("fr_FR", ALL, "en_US"),
        ("zh_TW", {"en_US", "zh_CN"}, "en_US"),
        ("fr_FR", {"vi_VN", "zh_CN"}, "vi_VN"),
        ("sr@latin", {"sr_RS", "en_US"}, "sr_RS"),
        ("", ALL, "en_US"),
        ("en_US", set(), None),
    ],
)
def test_the_nearest_language_is_taken(wanted, available, expected):
    assert nearest_language(wanted, available) == expected
