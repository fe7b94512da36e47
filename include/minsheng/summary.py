"""What the published snapshot holds, as small tables for a person: the demo prints them, the plugin shows them."""

from __future__ import annotations

from minsheng.settings import Settings
from minsheng.warehouse import Answer, query

TABLES = {
    "Snapshot": """
        SELECT generation, strftime(any_value(published_at), '%Y-%m-%d %H:%M') AS published,
            any_value(row_count) FILTER (table_name = 'dim_article') AS articles,
            any_value(row_count) FILTER (table_name = 'fct_observation') AS figures,
            any_value(row_count) FILTER (table_name = 'fct_metric') AS metrics,
            any_value(row_count) FILTER (table_name = 'quarantine') AS quarantined
        FROM published GROUP BY generation""",
    "Pages by day and outcome": """
        SELECT logical_date AS day, outcome, sum(pages)::BIGINT AS pages, sum(bytes)::BIGINT AS bytes
        FROM fct_page_outcome GROUP BY ALL ORDER BY day DESC, pages DESC, outcome LIMIT 30""",
    "Articles": """
        SELECT count(*) AS articles, count(DISTINCT cluster_id) AS without_reprints,
            count(*) FILTER (revision > 1) AS revised, count(withdrawn_at) AS withdrawn,
            count(*) FILTER (figures = 0) AS without_figures
        FROM dim_article""",
    "Figures by province": """
        SELECT coalesce(province_name, '(no region)') AS province, count(*) AS figures,
            count(DISTINCT article_id) AS articles
        FROM fct_observation LEFT JOIN dim_region ON region_code = ref_area
        GROUP BY ALL ORDER BY figures DESC, province""",
    "Figures by indicator (the first 15)": """
        SELECT coalesce(indicator_name, '(not in the vocabulary)') AS indicator, unit_measure AS unit,
            count(*) AS figures
        FROM fct_observation AS f LEFT JOIN dim_indicator AS d ON d.indicator = f.indicator
        GROUP BY ALL ORDER BY figures DESC, 1, 2 LIMIT 15""",
    "What did not come through": """
        SELECT step, reason, sum(lost)::BIGINT AS lost, min(example_subject) AS example
        FROM fct_outcome GROUP BY ALL ORDER BY lost DESC, step, reason LIMIT 15""",
}


def summary(settings: Settings) -> dict[str, Answer]:
    """The tables by their heading. Raises ``QueryError`` while nothing is published."""
    return {heading: query(sql, settings) for heading, sql in TABLES.items()}
