"""`python -m tests.conformance [FOLDER] [--failures]`: the table, and each failure; exit 1 on a regression."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .known_failures import KNOWN
from .runner import Tally, run_file, table
from .suite import VARIABLE, all_files, find_suite


def main() -> int:
    """Run the suite and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help=f"the suite (default: ${VARIABLE} or ../shared/tck)")
    parser.add_argument("--failures", action="store_true", help="print every failure")
    arguments = parser.parse_args()
    suite = arguments.folder or find_suite()
    if suite is None or not suite.is_dir():
        sys.stderr.write(f"no suite: name its folder, or set {VARIABLE}\n")
        return 2
    tallies: dict[str, Tally] = {}
    for cases in all_files(suite):
        tallies.setdefault(cases.folder, Tally()).add(run_file(cases))
    sys.stdout.write(table(sorted(tallies.items())) + "\n")
    failures = [failure for tally in tallies.values() for failure in tally.failures]
    unexpected = [failure for failure in failures if failure.key not in KNOWN]
    for failure in failures if arguments.failures else unexpected[:20]:
        sys.stdout.write(f"FAILED {failure}\n")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
