"""Turn Odoo's log on standard input into a few lines a person can follow.

The whole log goes to the file named by the first argument; shown are the addons that
are being installed or updated and what the suite's own addons say about their demo.
"""

import contextlib
import re
import sys

LOADING = re.compile(r"modules\.loading: Loading module (\w+) \((\d+)/(\d+)\)")
DEMO = re.compile(r"odoo\.modules\.loading: Module (\w+): loading demo")
OWN = re.compile(r" INFO \S+ odoo\.addons\.realestate_\w+(?!\.tests)\b\S*: (.+)")


def translate(line):
    """Return what to show for a line of the log and whether it may be passed over."""
    if match := LOADING.search(line):
        name, number, total = match.groups()
        in_between = int(number) % 10 and int(number) < int(total)
        is_own = name.startswith(("realestate_", "report_weasyprint"))
        return f"addon {number} of {total}: {name}", bool(in_between and not is_own)
    if match := DEMO.search(line):
        return f"demo data of {match[1]}", False
    if match := OWN.search(line):
        return match[1].strip(), False
    return None, True


def show(text, passing):
    """Print a line; on a terminal, lines in between are overwritten by the next."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K    {text}", end="" if passing else "\n", flush=True)
    elif not passing:
        print(f"    {text}", flush=True)


def main():
    """Copy the log to its file and show its translation."""
    with open(sys.argv[1], "w", encoding="utf-8") as log:
        for line in sys.stdin:
            # On a full disk the log is lost; what stops Odoo then is Odoo's to say.
            with contextlib.suppress(OSError):
                log.write(line)
                log.flush()
            text, passing = translate(line)
            if text:
                show(text, passing)


if __name__ == "__main__":
    main()
