"""What the marts must hold, as data: one suite a mart. A breach of ``critical`` stops the publishing.

dbt has tested keys, relations and completeness where a model is built. Here the whole is judged as a
reader would: is there anything, can every figure be shown in its sentence, is it possible, is it dated
in the past, are reprints counted once, does each source give what its registry entry promises.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Severity = Literal["critical", "warning"]


class Rule(NamedTuple):
    """One expectation: the name of its class in Great Expectations, what it says, and its arguments."""

    kind: str
    says: str
    arguments: dict[str, Any]
    severity: Severity = "critical"


def rows(says: str, query: str, severity: Severity = "critical") -> Rule:
    """No row may come out of the query; ``{batch}`` is the mart, and braces else are doubled."""
    return Rule("UnexpectedRowsExpectation", says, {"unexpected_rows_query": query}, severity)


def unique(column: str) -> Rule:
    """No value stands twice."""
    return Rule("ExpectColumnValuesToBeUnique", f"{column} is a key", {"column": column})


def filled(column: str, mostly: float = 1, severity: Severity = "critical") -> Rule:
    """At least the share ``mostly`` of the rows has a value."""
    says = f"{column} is given" if mostly == 1 else f"{column} is given in {mostly:.0%} of the rows"
    return Rule("ExpectColumnValuesToNotBeNull", says, {"column": column, "mostly": mostly}, severity)


SOME_ROWS = Rule("ExpectTableRowCountToBeBetween", "there is something to publish", {"min_value": 1})

SUITES: dict[str, list[Rule]] = {
    "fct_observation": [
        SOME_ROWS,
        unique("observation_id"),
        filled("obs_value"),
        filled("sentence"),
        filled("ref_area", 0.9, "warning"),
        filled("ref_area", 0.5),
        rows(
            "every figure stands in its sentence",
            "SELECT * FROM {batch} WHERE NOT contains(sentence, surface)",
        ),
        rows(
            "a region has a code of 6 or 9 digits",
            r"SELECT * FROM {batch} WHERE NOT regexp_full_match(ref_area, '\d{{6}}(\d{{3}})?')",
        ),
        rows(
            "a period is written as SDMX writes it",
            "SELECT * FROM {batch} WHERE NOT regexp_full_match(time_period, "
            r"'\d{{4}}(-(S[12]|Q[1-4]|\d\d(-\d\d(/P\d+D)?)?))?')",
        ),
        rows(
            "every unit is in dim_unit",
            "SELECT * FROM {batch} WHERE unit_measure NOT IN (SELECT unit_measure FROM marts.dim_unit)",
        ),
        rows(
            "a share in per cent lies within 0 and 100",
            "SELECT * FROM {batch} WHERE kind = 'share' AND unit_measure = '%' AND NOT obs_value BETWEEN 0 AND 100",
            "warning",  # a plan may be overfulfilled; the bounds of the unit are the hard limit
        ),
        rows(
            "a value lies within the bounds of its unit",
            "SELECT figures.* FROM {batch} AS figures JOIN seeds.unit_bounds AS bounds "
            "ON figures.unit_measure = bounds.unit AND figures.kind = bounds.kind "
            "WHERE NOT figures.obs_value BETWEEN bounds.low AND bounds.high",
        ),
        rows(
            "nothing was published after it was fetched",
            "SELECT * FROM {batch} WHERE published_at > coalesce(fetched_at, now()) + INTERVAL 1 DAY",
        ),
        rows(
            "only a change has a direction",
            "SELECT * FROM {batch} WHERE direction IS NOT NULL AND kind != 'change'",
        ),
    ],
    "fct_metric": [
        unique("metric_id"),
        filled("obs_value"),
        rows(
            "a series has one value a period",
            "SELECT ref_area, indicator, time_period FROM {batch} "
            "GROUP BY ref_area, indicator, time_period, unit_measure, kind, basis, status HAVING count(*) > 1",
        ),
        rows(
            "the value lies among those reported",
            "SELECT * FROM {batch} WHERE NOT obs_value BETWEEN obs_value_low AND obs_value_high",
        ),
    ],
    "dim_article": [
        SOME_ROWS,
        unique("article_id"),
        unique("url"),
        filled("published_at", 0.8, "warning"),
        rows(
            "a cluster of reprints has one original",
            "SELECT cluster_id FROM {batch} GROUP BY cluster_id HAVING count(*) FILTER (WHERE is_original) != 1",
        ),
        rows(
            "a text is decoded",
            "SELECT * FROM {batch} WHERE undecoded > 0",
            "warning",
        ),
    ],
    "quarantine": [
        rows(
            "at most one figure of ten fails a check",
            "SELECT 1 AS failed FROM {batch} HAVING count(*) > (SELECT count(*) FROM marts.fct_observation) / 9",
            "warning",
        ),
        rows(
            "at most half of the figures fail a check",
            "SELECT 1 AS failed FROM {batch} HAVING count(*) > (SELECT count(*) FROM marts.fct_observation)",
        ),
    ],
    "fct_page_outcome": [
        rows(
            "a source that was visited gave at least one page",
            "SELECT source_id, logical_date FROM {batch} GROUP BY ALL "
            "HAVING count(*) FILTER (WHERE outcome IN ('new', 'unchanged', 'revised')) = 0",
            "warning",
        ),
    ],
    "fct_conduct": [
        rows(
            "no host was asked again before its delay was over",
            "SELECT * FROM {batch} WHERE too_soon > 0",
            "warning",  # what is published is no worse for it; the host's owner is owed an explanation
        ),
        rows(
            "no host told us to stop more than once in ten requests",
            "SELECT * FROM {batch} WHERE (stops_403 + stops_429 + stops_503) * 10 > greatest(requests, 10)",
            "warning",
        ),
    ],
    "dim_source": [
        rows(
            "a source gives no more articles a day than its registry entry expects",
            "SELECT source_id, n FROM {batch} JOIN (SELECT source_id, published_on, count(*) AS n "
            "FROM marts.dim_article GROUP BY ALL) AS days USING (source_id) WHERE n > articles_max",
            "warning",
        ),
        rows(
            "a source gives no fewer articles a day than its registry entry expects",
            # the mean of the last four weeks of visits: a Sunday without news is none of its faults
            "SELECT source_id, n, days FROM {batch} JOIN (SELECT source_id, count(DISTINCT logical_date) AS days, "
            "count(article_id) AS n FROM (FROM (SELECT source_id, logical_date FROM marts.fct_page_outcome UNION "
            "SELECT source_id, logical_date FROM marts.fct_outcome WHERE step = 'discover') "
            "QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY logical_date DESC) <= 28) AS visits LEFT JOIN "
            "(SELECT source_id, coalesce(published_on, logical_date) AS logical_date, article_id "
            "FROM marts.dim_article) AS articles USING (source_id, logical_date) GROUP BY source_id) AS weeks "
            "USING (source_id) WHERE n < floor(articles_min * days)",
            "warning",
        ),
        rows(
            "a source gives as many figures an article as its registry entry expects",
            "SELECT source_id, n FROM {batch} JOIN (SELECT source_id, avg(figures) AS n FROM marts.dim_article "
            "GROUP BY ALL) AS means USING (source_id) WHERE NOT n BETWEEN figures_min AND figures_max",
            "warning",
        ),
        rows(
            "a source names the region of as many figures as its registry entry expects",
            "SELECT source_id, share FROM {batch} JOIN (SELECT source_id, count(ref_area) / count(*) AS share "
            "FROM marts.fct_observation GROUP BY ALL) AS shares USING (source_id) WHERE share < region_share",
            "warning",
        ),
    ],
}
