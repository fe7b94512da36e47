"""``kill -9`` at 50 random moments of a run of 500 pages: what the archive holds after the rerun.

``python benchmarks/acquire/kill.py [KILLS] [PAGES] [SEED]``
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from acquire.crash import answer, check, job, killed_again_and_again
from acquire.hostile import page, serving


def main(kills: int = 50, pages: int = 500, seed: int = 1) -> None:
    """Kill, finish, check, print one line of JSON."""
    with serving({"site": page(answer)}) as sites, tempfile.TemporaryDirectory() as data:
        described = job(sites["site"], pages, Path(data))
        met = killed_again_and_again(described, sites["site"], kills, random.Random(seed), pages // kills)
        print(json.dumps({"kills": kills, "met at work": met, **check(described, sites["site"], met)}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
