"""Judge the logs of a test run: what passed, what failed, and why.

Odoo's runner is green where it should not be: a tour without a browser is skipped, an
addon without tests is no error, a warning at installation scrolls by. Here each of them
is a failure. Used by scripts/test as a command, and by the tests of the house itself.
"""

import argparse
import re
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ "
    r"(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) (?P<db>\S+) "
    r"(?P<logger>[^:]+): (?P<text>.*)$"
)
STARTED = re.compile(r"^Starting (\S+) \.\.\.")
SKIPPED = re.compile(r"^skipped (\S+) : (.*)")
BROKEN = re.compile(r"^(?:FAIL|ERROR): (.+)$")
SUMMARY = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
TEST_LOGGER = re.compile(r"^odoo\.addons\.(\w+)\.tests\.")
ALLOWED = Path(__file__).with_name("allowed_log_lines.txt")


@dataclass
class Verdict:
    """Count of passed tests and one line of text for each failure."""

    passed: int = 0
    failures: list[str] = field(default_factory=list)

    def fail(self, text):
        """Add a failure, once however often it is logged."""
        if text not in self.failures:
            self.failures.append(text)


def allowed_patterns(path=ALLOWED):
    """Return the regular expressions of log lines that are nobody's fault here."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return [re.compile(pattern, re.DOTALL) for pattern in patterns]


def log_records(lines):
    """Yield (match of the first line, whole text) of each record."""
    match, record = None, []
    for line in lines:
        if found := LINE.match(line):
            if match:
                yield match, "\n".join(record)
            match, record = found, []
        record.append(line)
    if match:
        yield match, "\n".join(record)


def log_problems(lines, allowed=()):
    """Yield (logger, text) of each record of WARNING and above that is not allowed."""
    for match, record in log_records(lines):
        if match["level"] in ("DEBUG", "INFO"):
            continue
        if not any(pattern.search(record) for pattern in allowed):
            yield (
                match["logger"],
                f"{match['level']} {match['logger']}: {match['text']}",
            )


def judge_odoo_log(text, addons, allowed=()):
    """Return the Verdict on the log of one run of Odoo with --test-enable.

    Failures are: a failed or skipped test, a warning or error in the log, an addon of
    which no test has run, and a run that never came to its summary.
    """
    verdict = Verdict()
    lines = text.splitlines()
    started, skipped, run_by_addon = 0, 0, dict.fromkeys(addons, 0)
    for line in lines:
        match = LINE.match(line)
        if not match:
            continue
        source = TEST_LOGGER.match(match["logger"])
        if source and STARTED.match(match["text"]):
            started += 1
            run_by_addon[source[1]] = run_by_addon.get(source[1], 0) + 1
        elif skip := SKIPPED.match(match["text"]):
            skipped += 1
            verdict.fail(f"skipped: {skip[1]}: {skip[2]}")
    for logger, problem in log_problems(lines, allowed):
        if SUMMARY.search(problem):
            continue
        broken = TEST_LOGGER.match(logger) and BROKEN.match(problem.split(": ", 1)[1])
        verdict.fail(f"failed: {broken[1]}" if broken else f"logged: {problem}")
    summary = [found for line in lines if (found := SUMMARY.search(line))]
    if not summary:
        verdict.fail("the run never came to its end: no summary in the log")
    for addon, count in run_by_addon.items():
        if not count:
            verdict.fail(f"no test of {addon} has run")
    broken_tests = sum(line.startswith("failed: ") for line in verdict.failures)
    verdict.passed = max(0, started - skipped - broken_tests)
    return verdict


def judge_server_log(text, allowed=()):
    """Return the Verdict on the log of a server that answered requests."""
    verdict = Verdict()
    for _logger, problem in log_problems(text.splitlines(), allowed):
        verdict.fail(f"logged: {problem}")
    return verdict


def judge_junit(path):
    """Return the Verdict on pytest's report; a skipped test is a failure."""
    verdict = Verdict()
    path = Path(path)
    if not path.exists():
        verdict.fail(f"pytest left no report in {path.name}: it never came to its end")
        return verdict
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        for kind in ("failure", "error", "skipped"):
            found = case.find(kind)
            if found is not None:
                reason = (found.get("message") or "").splitlines() or [""]
                verdict.fail(f"{kind}: {name}: {reason[0][:200]}")
                break
        else:
            verdict.passed += 1
    return verdict


def text_of(path):
    """Return the text of a log, nothing for one that was never written."""
    path = Path(path)
    return path.read_text("utf-8", "replace") if path.exists() else ""


def main(argv=None):
    """Print the failures and the closing line; exit 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--odoo-log",
        nargs=2,
        action="append",
        default=[],
        metavar=("LOG", "ADDONS"),
        help="a log and, joined by commas, the addons of which tests must have run",
    )
    parser.add_argument("--server-log", type=Path)
    parser.add_argument("--junit", action="append", default=[])
    arguments = parser.parse_args(argv)
    allowed = allowed_patterns()
    verdicts = [judge_junit(path) for path in arguments.junit]
    for log, addons in arguments.odoo_log:
        text = text_of(log)
        verdicts.append(judge_odoo_log(text, filter(None, addons.split(",")), allowed))
    if arguments.server_log:
        verdicts.append(judge_server_log(text_of(arguments.server_log), allowed))
    failures = [text for verdict in verdicts for text in verdict.failures]
    for text in failures:
        print(f"  {text}")
    passed = sum(verdict.passed for verdict in verdicts)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
