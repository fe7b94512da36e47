"""For every test: hypothesis has no deadline (machines are shared), and CI tries the same examples each time."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.pop("MINSHENG_ARCHIVE", None)  # a test writes into no archive but its own

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
