"""Run by the bundled program before its own code: torch may miss the sources of its modules, and says so.

It wants them to compile networks, which the program does not do.
"""

import warnings

warnings.filterwarnings("ignore", "Unable to retrieve source for @torch.jit._overload", UserWarning)
