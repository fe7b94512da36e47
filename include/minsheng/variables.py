"""The names of the ``MINSHENG_*`` variables, without what it takes to read them: every command asks for misspelt ones,
and pydantic would double the start of those that need no setting.
"""

from __future__ import annotations

import os

PREFIX = "MINSHENG_"
# Those of `settings.Settings`, in its order,
SETTINGS = tuple(
    PREFIX + name
    for name in [
        "DATA",
        "ARCHIVE",
        "SOURCES",
        "LOCAL",
        "QUEUES",
        "DBT_PROJECT",
        "CONTACT",
        "SCHEDULE",
        "DBT_TASKS",
        "ALLOW_HOSTS",
        "RECHECK_DAYS",
        "PAGE_BYTES",
        "PAGE_SECONDS",
        "RUN_REQUESTS",
        "RETRIES",
        "BACKOFF",
        "MAX_WAIT",
        "WARC_BYTES",
        "KEEP_GENERATIONS",
        "DUCKDB_MEMORY",
        "DUCKDB_THREADS",
        "LOCK_WAIT",
    ]
)
# and those that others read: profiles.yml, docker-compose.yml and the Dockerfile.
_OTHERS = ("MINSHENG_WAREHOUSE_PATH", "MINSHENG_ADMIN_PASSWORD", "MINSHENG_PORT", "MINSHENG_STORE")


def check() -> None:
    """Raise ``ValueError`` for variables that look like settings but are none, each with what it may have been meant
    for: a misspelt one would leave the default in force without a word."""
    found = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in (*SETTINGS, *_OTHERS))
    if found:
        raise ValueError("; ".join(map(_stranger, found)))


def _stranger(name: str) -> str:
    from difflib import get_close_matches

    meant = get_close_matches(name, SETTINGS, n=1)
    return f"{name} is no setting{f' ({meant[0]}?)' if meant else ''}"
