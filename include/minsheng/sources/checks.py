"""What a source's declaration promises, held against its own patterns, without a network."""

from __future__ import annotations

from minsheng.sources.model import Source


def check(source: Source) -> list[str]:
    """What does not hold of ``source``, one line a finding; empty when all does.

    Its examples have to be recognised as articles, with the day they name read from the address (where
    the address holds one), and what it lists as no article must not be recognised.
    """
    findings = []
    for example in source.examples:
        if not source.is_article(example.url):
            findings.append(f"example is not recognised as an article: {example.url}")
        day = source.day_of(example.url)
        if day and example.day and day != example.day:
            findings.append(f"example's day is read as {day}, not {example.day}: {example.url}")
    findings += [
        f"recognised as an article, but is none: {url}" for url in source.not_articles if source.is_article(url)
    ]
    return findings
