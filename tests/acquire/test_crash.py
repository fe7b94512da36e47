"""A run that is killed at any moment and started again leaves every page in the archive exactly once."""

from __future__ import annotations

import random
from pathlib import Path

from .crash import answer, check, job, killed_again_and_again
from .hostile import page, serving


def test_killed_at_random_moments(tmp_path: Path) -> None:
    with serving({"site": page(answer)}) as sites:
        described = job(sites["site"], 150, tmp_path / "data")
        met = killed_again_and_again(described, sites["site"], 5, random.Random(), 30)
        check(described, sites["site"], met)
        assert met > 0
