"""Paths among the settings are absolute, whatever was given: dbt and its child processes work in other folders."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from minsheng import PROJECT
from minsheng.settings import Settings

PATHS = ["data", "sources", "local", "dbt_project"]


@pytest.mark.parametrize("name", PATHS)
def test_a_relative_path_is_one_from_where_the_command_was_given(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"MINSHENG_{name.upper()}", "some/where")
    assert getattr(Settings(), name) == tmp_path / "some" / "where"


@pytest.mark.parametrize("name", PATHS)
def test_a_tilde_is_the_home_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(f"MINSHENG_{name.upper()}", "~/minsheng")
    assert getattr(Settings(), name) == tmp_path / "minsheng"


def test_what_is_not_set_is_absolute_or_absent() -> None:
    settings = Settings()
    assert settings.local is None
    assert all(path.is_absolute() for path in (settings.data, settings.sources, settings.dbt_project))


@pytest.mark.parametrize("address", ["s3:/bucket/x", "s3:bucket", "gs:/x", "S3:", "file:/srv"])
def test_an_address_with_too_few_slashes_is_no_folder(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_ARCHIVE", address)
    with pytest.raises(ValueError, match=r"is no address: that is written s3://bucket/folder"):
        Settings()


@pytest.mark.parametrize("folder", ["archive", "/srv/a:b", "./s3:/x", "C:\\archive", "s3://bucket/x", ""])
def test_a_folder_or_an_address_is_where_the_archive_lies(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_ARCHIVE", folder)
    assert Settings().archive_at == folder


def test_blanks_are_no_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_CONTACT", " \t ")
    assert Settings().contact == ""
    monkeypatch.setenv("MINSHENG_CONTACT", " mailto:data@example.org")
    assert Settings().contact == "mailto:data@example.org"


def test_dbt_started_by_hand_has_the_memory_and_threads_that_the_settings_have_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("MINSHENG_DUCKDB_MEMORY", "MINSHENG_DUCKDB_THREADS"):
        monkeypatch.delenv(name, raising=False)
    profile = yaml.safe_load((PROJECT / "dbt_project" / "profiles.yml").read_text("utf-8"))
    given = profile["minsheng"]["outputs"]["dev"]["config_options"]
    settings = Settings(data=Path("no such folder"))
    assert f"'{settings.warehouse_memory}'" in given["memory_limit"]
    assert f"'{settings.duckdb_threads}'" in given["threads"]


def test_the_memory_of_the_warehouse_grows_with_it_unless_it_is_set(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, duckdb_memory="")
    assert settings.warehouse_memory == "512MB"
    with settings.warehouse.open("wb") as file:
        file.truncate(900_000_000)
        assert settings.warehouse_memory == "512MB"
        file.truncate(1_400_000_000)
        assert settings.warehouse_memory == "1024MB"
        file.truncate(10**13)
        assert int(settings.warehouse_memory.removesuffix("MB")) < 5_000_000, "no more than the machine has"
    assert Settings(data=tmp_path, duckdb_memory="2GB").warehouse_memory == "2GB"


def test_the_memory_of_the_warehouse_has_few_values_while_it_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = {"SC_PHYS_PAGES": 6_000_000, "SC_PAGE_SIZE": 4096}  # half of it is 12 288 MB
    monkeypatch.setattr("os.sysconf", machine.__getitem__)
    settings, given = Settings(data=tmp_path, duckdb_memory=""), []
    with settings.warehouse.open("wb") as file:
        for megabytes in range(0, 60_000, 7):
            file.truncate(megabytes * 1_000_000)
            given.append(settings.dbt_environment["MINSHENG_DUCKDB_MEMORY"])
    assert list(dict.fromkeys(given)) == ["512MB", "1024MB", "2048MB", "4096MB", "8192MB"]
