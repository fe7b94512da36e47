"""Paths among the settings are absolute, whatever was given: dbt and its child processes work in other folders."""

from __future__ import annotations

from pathlib import Path

import pytest

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
