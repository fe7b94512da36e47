"""``python -m replay --sources DIR [--port N]``: serve until stopped; the first line on stdout says where, as JSON."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from replay import serve


def main() -> int:
    """Start, print one JSON line {sources, allow_hosts, control_url, sites}, and wait for SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="replay", description="Serve the replay sites on localhost.")
    parser.add_argument("--sources", type=Path, required=True, help="folder that gets the sites' source YAMLs")
    parser.add_argument("--port", type=int, default=0, help="port of the control address (default: a free one)")
    arguments = parser.parse_args()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    try:
        with serve(arguments.sources, arguments.port) as replay:
            ready = {
                "sources": str(replay.sources_dir.resolve()),
                "allow_hosts": sorted(replay.allow_hosts),
                "control_url": replay.control_url,
                "sites": replay.sites,
            }
            sys.stdout.write(json.dumps(ready) + "\n")
            sys.stdout.flush()
            stop.wait()
    except OSError as error:
        sys.stderr.write(f"replay: port {arguments.port}: {error.strerror or error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
