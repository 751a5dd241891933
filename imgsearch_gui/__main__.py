"""The program's entry: a checkout, an installed script and the frozen bundle all begin here."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Runs the program and returns its exit status."""
    multiprocessing.freeze_support()
    from imgsearch_gui.cli.front import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
