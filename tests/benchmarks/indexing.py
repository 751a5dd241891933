"""How fast photos are indexed: ``python -m tests.benchmarks.indexing`` prints JSON; ``--help`` tells more.

Everything runs on two cores, on pictures that it makes itself, and takes about two minutes on an idle
machine; on a busy one, the figures are worth little. Figures are ratios between things that were
measured in turn, the median of several rounds.

- ``encoder``: the image encoder alone, by batch, beside the image tower of a ViT-B/32 and beside itself as
  plain eager torch; torch gets as many threads as there are cores.
- ``large``: photos of 12 megapixels. ``of_possible`` is the throughput as a share of what the cores could
  reach that did nothing but decode with Pillow (``draft``, resize) and embed; ``of_possible_whole`` counts
  all of the decoding, with the file's hash and the thumbnail. ``core_time_well_spent`` is the first in
  seconds of cores instead of those of the clock, which other programs disturb less.
- ``small``: photos of 500 by 375 pixels, beside the same program with the ViT-B/32 in the encoder's place.
"""

from __future__ import annotations

import argparse
import json

PARTS = ("encoder", "large", "small")


def main() -> None:
    """Measures what is asked for, and prints it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    # Here, since the processes that decode import this module too, and are to start as fast as in use.
    from tests.benchmarks.indexing_rows import measure

    print(json.dumps(measure(options.parts or PARTS, options.cores), indent=2))


if __name__ == "__main__":
    main()
