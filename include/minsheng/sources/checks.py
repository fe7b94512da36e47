"""What a source's declaration promises, held against its own patterns, without a network."""

from __future__ import annotations

from minsheng.sources.model import Source


def check(source: Source) -> list[str]:
    """What does not hold of ``source``, one line a finding, with file and line; empty when all does.

    Its examples have to be recognised as articles, with the day they name read from the address (where
    the address holds one), and what it lists as no article must not be recognised.
    """
    findings = []
    for at, example in enumerate(source.examples):
        where = source.where("examples", at)
        if not source.is_article(example.url):
            findings.append(f"{where}example is not recognised as an article: {example.url}")
        day = source.day_of(example.url)
        if day and example.day and day != example.day:
            findings.append(f"{where}example's day is read as {day}, not {example.day}: {example.url}")
    findings += [
        f"{source.where('not_articles', at)}recognised as an article, but is none: {url}"
        for at, url in enumerate(source.not_articles)
        if source.is_article(url)
    ]
    return findings
