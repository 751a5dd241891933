"""Run by the bundled program before its own code: gives the programs it starts the environment as it was.

The bundle's own libraries come first for its own processes only. A picture viewer or file manager that
the window opens must load the system's.
"""

import os

_NAME = "LD_LIBRARY_PATH"

_before = os.environ.pop(f"{_NAME}_ORIG", None)
if _before is not None:
    os.environ[_NAME] = _before
else:
    os.environ.pop(_NAME, None)
