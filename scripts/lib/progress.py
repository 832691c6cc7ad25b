"""Turn Odoo's log on standard input into a few lines a person can follow.

The whole log goes to the file named by the first argument; shown are the addons that
are being installed or updated and what the suite's own addons say about their demo.
"""

import re
import sys

LOADING = re.compile(r"odoo\.modules\.loading: Loading module (\w+) \((\d+)/(\d+)\)")
DEMO = re.compile(r"odoo\.modules\.loading: Module (\w+): loading demo")
OWN = re.compile(r" INFO \S+ odoo\.addons\.(?:realestate|report)_\w+\S*: (.+)")


def translate(line):
    """Return what to show for a line of the log, or None."""
    if match := LOADING.search(line):
        return "module {} ({}/{})".format(*match.groups())
    if match := DEMO.search(line):
        return f"demo data of {match[1]}"
    if match := OWN.search(line):
        return match[1].strip()
    return None


def main():
    """Copy the log to its file and show its translation."""
    with open(sys.argv[1], "w", encoding="utf-8") as log:
        for line in sys.stdin:
            log.write(line)
            log.flush()
            if text := translate(line):
                print(f"    {text}", flush=True)


if __name__ == "__main__":
    main()
