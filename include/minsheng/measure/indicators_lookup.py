"""The indicator id that a phrase stands for, by the vocabulary ``dbt_project/seeds/indicators.csv``."""

from __future__ import annotations


def lookup(phrase: str, unit: str, kind: str, sentence: str) -> str | None:
    return None
