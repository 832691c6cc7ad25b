"""The judge of the test run itself: it must not be greener than the run."""

import importlib.util
import re
import sys

import pytest
from source import ROOT

spec = importlib.util.spec_from_file_location(
    "verdict", ROOT / "scripts/lib/verdict.py"
)
verdict = importlib.util.module_from_spec(spec)
sys.modules["verdict"] = verdict
spec.loader.exec_module(verdict)

STAMP = "2025-01-31 10:00:00,123 42"
GOOD = f"""\
{STAMP} INFO db odoo.modules.loading: loading 1 modules...
{STAMP} INFO db odoo.addons.one.tests.test_a: Starting TestA.test_x ...
{STAMP} INFO db odoo.addons.one.tests.test_a: Starting TestA.test_y ...
{STAMP} INFO db odoo.tests.result: 0 failed, 0 error(s) of 2 tests when loading 'db'
"""


def judged(log, addons=("one",), allowed=()):
    return verdict.judge_odoo_log(log, addons, allowed)


def test_a_clean_run_passes():
    result = judged(GOOD)
    assert (result.passed, result.failures) == (2, [])


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_a_warning_in_the_log_is_a_failure(level):
    result = judged(GOOD + f"{STAMP} {level} db odoo.modules: something\n")
    assert result.failures == [f"logged: {level} odoo.modules: something"]
    assert result.passed == 2


def test_an_allowed_line_is_none():
    patterns = [re.compile(r"odoo\.modules: something.*detail", re.DOTALL)]
    log = GOOD + f"{STAMP} WARNING db odoo.modules: something\nwith detail\n"
    assert judged(log, allowed=patterns).failures == []
    assert judged(log.replace("detail", "")).failures


def test_a_skipped_tour_is_a_failure():
    logger = "odoo.addons.one.tests.test_a"
    log = GOOD + f"{STAMP} INFO db {logger}: skipped TestA.test_y : no Chrome\n"
    result = judged(log)
    assert result.failures == ["skipped: TestA.test_y: no Chrome"]
    assert result.passed == 1


def test_a_failed_test_counts_once():
    logger = "odoo.addons.one.tests.test_a"
    log = GOOD.replace("0 failed", "1 failed") + (
        f"{STAMP} ERROR db {logger}: FAIL: TestA.test_y\nTraceback (most recent)\n"
        f"{STAMP} ERROR db odoo.tests.result: 1 failed, 0 error(s) of 2 tests\n"
    )
    result = judged(log)
    assert result.failures == ["failed: TestA.test_y"]
    assert result.passed == 1


def test_an_addon_without_tests_is_a_failure():
    assert judged(GOOD, ("one", "two")).failures == ["no test of two has run"]


def test_a_run_that_died_is_a_failure():
    log = "\n".join(GOOD.splitlines()[:2])
    assert "never came to its end" in judged(log).failures[0]
    assert judged("").failures


def test_pytest_reports_are_added_up(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        "<testsuites><testsuite><testcase classname='a' name='one'/>"
        "<testcase classname='a' name='two'><failure message='no'/></testcase>"
        "<testcase classname='a' name='three'><skipped message='later'/></testcase>"
        "</testsuite></testsuites>"
    )
    result = verdict.judge_junit(report)
    assert result.passed == 1
    assert result.failures == ["failure: a.two: no", "skipped: a.three: later"]


def test_a_missing_report_is_a_failure(tmp_path, capsys):
    assert verdict.main(["--junit", str(tmp_path / "none.xml")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_the_allowed_lines_are_regular_expressions_with_reasons():
    text = verdict.ALLOWED.read_text("utf-8")
    assert len(verdict.allowed_patterns()) <= 5, "the list is meant to stay small"
    blocks = [block for block in text.split("\n\n") if block.strip()]
    assert all(block.startswith("#") for block in blocks)
