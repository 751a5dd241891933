"""Collects the window's texts into `resources/translations`, one ``.ts`` file a language.

``python .dev/translations.py`` adds new texts, to be translated there, and drops those that are gone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"


def collect(folder: Path = FOLDER) -> None:
    """Brings the ``.ts`` files of a folder up to date with the code.

    English has the plurals alone: its other texts are those of the code.
    """
    import PySide6

    collector = Path(PySide6.__path__[0]) / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    sources = sorted(str(path) for path in (ROOT / "imgsearch_gui").rglob("*.py"))
    for code, options in (("en", ["-pluralonly"]), ("ru", [])):
        command = [
            str(collector),
            *options,
            "-silent",
            "-locations",
            "none",
            "-no-obsolete",
            "-sort-messages",
        ]
        command += ["-source-language", "en", "-target-language", code, "-disable-heuristic", "similartext"]
        command += ["-tr-function-alias", "tr+=sentence", *sources]
        subprocess.run([*command, "-ts", str(folder / f"imgsearch_{code}.ts")], check=True)


if __name__ == "__main__":
    sys.exit(collect())
