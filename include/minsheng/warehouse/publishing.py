"""Publishing: the marts, copied into a fresh file that readers swap to in one step.

``published/gen_N/minsheng.duckdb`` is written beside what is published, checked, made durable, and only
then does the link ``published/current`` point to its folder. A link to a folder, because DuckDB resolves
it when it opens: a process that still holds the last generation opens the new one beside it, where a file
renamed over another would stay the old one for as long as any connection is open.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from minsheng import PROJECT, disk
from minsheng.settings import Settings
from minsheng.warehouse.audited import audited, latest
from minsheng.warehouse.connection import connect_writer, one_line

if TYPE_CHECKING:
    import duckdb

# readers of this release or later; older formats replay a stale write-ahead log beside the file in silence
STORAGE = "v1.5.0"
GENERATION = re.compile(r"gen_(\d+)")

# the columns of the table `published`
NOTED = {
    "generation": "Running number of the snapshot: each publishing makes the next.",
    "published_at": "When this snapshot was written.",
    "version": "Version of minsheng that published it.",
    "commit": "Commit of the project that published it; null where it was installed without its history.",
    "measured_by": "Versions of the rules that measured its figures, with a comma between them.",
    "table_name": "Name of the table.",
    "row_count": "How many rows the table holds.",
}


class PublishError(Exception):
    """The snapshot could not be published, the last one stands untouched; one line that says where and why."""


def publish(settings: Settings) -> Path:
    """Publish the marts as the next generation; returns the path that readers open. Call it after the audit.

    The file holds the tables and table macros of the schema ``marts`` in its schema ``main``, with their
    descriptions, and the table ``published``: a row a table with the generation, its time, the versions and the
    count of rows. Half a generation that an earlier run left is swept, and of the whole ones the last
    ``settings.keep_generations`` are kept. Raises ``PublishError``, also when the marts are not those that
    the audit passed; ``WarehouseError`` while another process holds the warehouse.
    """
    import duckdb

    folder = settings.published
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with connect_writer(settings) as connection:  # which also keeps a second publisher out
            for leftover in folder.glob(".*.part"):
                _remove(leftover)
            number = max((n for n, _ in _generations(folder)), default=0) + 1
            with _draft(folder / f".gen_{number}.part") as draft:
                file = draft / settings.snapshot.name
                _copy(connection, file, number)
                _check(file)
                disk.sync(file)
                disk.sync(draft)
                draft.rename(folder / f"gen_{number}")
            _swap(settings.snapshot.parent, f"gen_{number}")
    except (OSError, duckdb.Error) as error:
        stands = f"the last snapshot stands: {settings.snapshot}" if settings.snapshot.exists() else "none was before"
        raise PublishError(f"publishing to {folder} failed: {one_line(error)} ({stands})") from error
    for _, old in sorted(_generations(folder))[: -settings.keep_generations]:
        _remove(old)
    return settings.snapshot


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A folder to build in; what is left of it at the end is removed."""
    path.mkdir()
    try:
        yield path
    finally:
        _remove(path)


def _copy(connection: duckdb.DuckDBPyConnection, file: Path, number: int) -> None:
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY table_name"
        ).fetchall()
    ]
    if not tables:
        raise PublishError(f"nothing to publish: {_path_of(connection)} holds no marts, build them first")
    _require_audit(connection)
    connection.execute(f"ATTACH '{_quoted(str(file))}' AS snapshot (STORAGE_VERSION '{STORAGE}')")
    for name in tables:
        connection.execute(f'CREATE TABLE snapshot.main."{name}" AS FROM marts."{name}"')
    for statement in _comments(connection):
        connection.execute(statement)
    _copy_macros(connection)
    _note(connection, tables, number)
    connection.execute("CHECKPOINT snapshot")
    connection.execute("DETACH snapshot")


def _require_audit(connection: duckdb.DuckDBPyConnection) -> None:
    """The marts are those that the audit passed. Raises ``PublishError``."""
    passed = audited(connection)
    if passed is None:
        raise PublishError(f"{_path_of(connection)} holds no marts that passed the audit: audit them first")
    if latest(connection) != passed:
        raise PublishError(f"{_path_of(connection)} was built again since the audit; run again")


def _comments(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The statements that give the snapshot the descriptions of the marts, which a copy of rows leaves behind."""
    on_tables = "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'marts' AND comment IS NOT NULL"
    for table, comment in connection.execute(on_tables).fetchall():
        yield f"COMMENT ON TABLE snapshot.main.\"{table}\" IS '{_quoted(comment)}'"
    on_columns = (
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE schema_name = 'marts' AND comment IS NOT NULL"
    )
    for table, column, comment in connection.execute(on_columns).fetchall():
        yield f'COMMENT ON COLUMN snapshot.main."{table}"."{column}" IS \'{_quoted(comment)}\''


def _copy_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table macros of the marts anew over the snapshot's own tables: DuckDB binds them as they are made."""
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    marts = re.compile(rf"\b(?:{re.escape(row[0])}\.)?marts\.")
    macros = connection.execute(
        "SELECT function_name, parameters, macro_definition, comment FROM duckdb_functions() "
        "WHERE schema_name = 'marts' AND function_type = 'table_macro'"
    ).fetchall()
    connection.execute("USE snapshot")
    try:
        for name, parameters, definition, comment in macros:
            told = ", ".join(f'"{parameter}"' for parameter in parameters)
            connection.execute(f'CREATE MACRO "{name}"({told}) AS TABLE {marts.sub("", definition)}')
            if comment:
                connection.execute(f"COMMENT ON MACRO TABLE \"{name}\" IS '{_quoted(comment)}'")
    finally:
        connection.execute(f'USE "{row[0]}"')


def _note(connection: duckdb.DuckDBPyConnection, tables: list[str], number: int) -> None:
    """Write down in the table ``published`` what the generation holds and what made it."""
    counts = " UNION ALL ".join(_count(name) for name in tables)
    connection.execute(
        f"""
        CREATE TABLE snapshot.main.published AS
        SELECT
            $number::INTEGER AS generation,
            now() AS published_at,
            $version AS version,
            $commit AS commit,
            (SELECT string_agg(DISTINCT measured_by, ', ' ORDER BY measured_by) FROM marts.fct_observation)
                AS measured_by,
            counts.*
        FROM ({counts}) AS counts
        ORDER BY table_name
        """,  # noqa: S608 (names from the catalog)
        {"number": number, "version": version("minsheng"), "commit": _commit()},
    )
    connection.execute(
        "COMMENT ON TABLE snapshot.main.published IS "
        "'One row a table of this snapshot: which generation it is, when and by what it was made, and its rows.'"
    )
    for column, comment in NOTED.items():
        connection.execute(f"COMMENT ON COLUMN snapshot.main.published.{column} IS '{_quoted(comment)}'")


def _count(name: str) -> str:
    return f"SELECT '{name}' AS table_name, count(*) AS row_count FROM marts.\"{name}\""  # noqa: S608 (likewise)


def _commit() -> str | None:
    """The commit that the project stands at; null where it was installed without its history."""
    git = shutil.which("git")
    if not git or not (PROJECT / ".git").exists():
        return None
    told = subprocess.run([git, "-C", str(PROJECT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S603 (fixed arguments)
    return told.stdout.strip() or None


def _check(file: Path) -> None:
    """The file, opened anew as a reader does, holds what was written. Raises ``PublishError``."""
    import duckdb

    if (wal := file.with_name(f"{file.name}.wal")).exists():
        raise PublishError(f"{wal} was left behind: the copy is not complete")
    with closing(duckdb.connect(file, read_only=True)) as connection:
        for name, expected in connection.execute("SELECT table_name, row_count FROM published").fetchall():
            found = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 (our own table)
            if found != (expected,):
                raise PublishError(f"{file}: {name} holds {found and found[0]} rows instead of {expected}")


def _swap(link: Path, target: str) -> None:
    """Point the link to the target in one step: whoever opens it finds the old generation or the new one."""
    draft = link.with_name(f".{link.name}.part")
    draft.symlink_to(target)
    draft.replace(link)
    disk.sync(link.parent)


def _generations(folder: Path) -> list[tuple[int, Path]]:
    return [(int(found[1]), path) for path in folder.iterdir() if (found := GENERATION.fullmatch(path.name))]


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)


def _path_of(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute("SELECT path FROM duckdb_databases() WHERE database_name = current_database()").fetchone()
    return str(row[0]) if row else "the warehouse"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
