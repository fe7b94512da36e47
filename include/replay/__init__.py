"""The replay: seven sites of pages that we wrote, served on localhost as the CMS families build them.

``with serve(folder) as replay:`` starts them, writes their source YAMLs to ``folder`` and gives what the
settings need: ``MINSHENG_SOURCES=replay.sources_dir``, ``MINSHENG_ALLOW_HOSTS=replay.allow_hosts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

from replay.content import DAYS, FIRST_DAY, FOLDER, SECOND_DAY, load_sites
from replay.gold import expected
from replay.server import Clock, address, start

__all__ = ["DAYS", "FIRST_DAY", "SECOND_DAY", "Replay", "expected", "load_sites", "serve"]


@dataclass(frozen=True)
class Replay:
    """A running replay. ``sites`` are the addresses by id, ``allow_hosts`` their ``host:port``."""

    sources_dir: Path
    allow_hosts: frozenset[str]
    control_url: str
    sites: dict[str, str]
    clock: Clock

    @property
    def day(self) -> int:
        return self.clock.day

    def set_day(self, day: int) -> None:
        """Show the sites as of day 1 (``FIRST_DAY``) or 2 (``SECOND_DAY``)."""
        if day not in DAYS:
            raise ValueError(f"the replay has days {list(DAYS)}, not {day}")
        self.clock.day = day


@contextmanager
def serve(folder: Path, port: int = 0) -> Iterator[Replay]:
    """Run the replay while the context lasts; its sources stand in ``folder``. ``port`` is the control port's."""
    clock, servers, control = start(port)
    try:
        sites = {key: address(server) for key, server in servers.items()}
        folder.mkdir(parents=True, exist_ok=True)
        for template in sorted((FOLDER / "sources").glob("*.yml")):
            text = Template(template.read_text("utf-8")).substitute(base=sites[template.stem])
            (folder / template.name).write_text(text, "utf-8")
        hosts = frozenset(url.removeprefix("http://") for url in sites.values())
        yield Replay(folder, hosts, address(control), sites, clock)
    finally:
        for server in (*servers.values(), control):
            server.shutdown()
            server.server_close()
