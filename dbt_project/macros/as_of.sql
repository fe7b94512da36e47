{# The figures that passed every check, of latest revisions or of those that were superseded: the same columns, and
   for the latter the day on which they were. #}
{% macro sound_figures(latest) -%}
select
    figures.observation_id,
    figures.ref_area,
    figures.indicator,
    figures.time_period,
    figures.obs_value,
    figures.unit_measure,
    figures.obs_status,
    figures.obs_value_max,
    figures.bound,
    figures.kind,
    figures.basis,
    figures.direction,
    figures.status,
    figures.estimated,
    figures.indicator_phrase,
    figures.ref_area_name,
    figures.time_period_from,
    figures.period_start,
    figures.period_end,
    figures.as_of,
    figures.time_phrase,
    figures.actor,
    figures.classifier,
    figures.confidence,
    figures.measured_by,
    clusters.is_original,
    clusters.cluster_id,
    figures.article_id,
    figures.revision,
    figures.n,
    figures.sentence,
    figures.surface,
    figures.char_start,
    figures.char_end,
    figures.url,
    figures.source_id,
    figures.published_at,
    figures.fetched_at,
    figures.logical_date{{ '' if latest else ',\n    figures.superseded_on' }}
from {{ ref('int_observations__normalised') }} as figures
inner join {{ ref('int_articles__clusters') }} as clusters on figures.article_id = clusters.article_id
where figures.reason is null and {{ 'figures.is_latest' if latest else 'not figures.is_latest' }}
{%- endmacro %}

{# What `fct_observation` showed after the units of work up to a day: a query over `day`, the argument of a table
   macro. The original of a cluster is the first in it of the articles that were known by then. Rendered in hooks, where
   a model cannot `ref` itself. #}
{% macro figures_as_of_day() -%}
    {%- set marts = this.database ~ '.' ~ this.schema -%}
    (
        select * replace (
            article_id in (
                select arg_min(articles.article_id, articles.cluster_place)
                from {{ marts }}.dim_article as articles
                inner join {{ marts }}.dim_article_revision as firsts on articles.article_id = firsts.article_id
                where firsts.revision = 1 and firsts.logical_date <= day
                group by articles.cluster_id
            ) as is_original
        )
        from (
            select * from {{ marts }}.fct_observation where logical_date <= day
            union all by name
            select * exclude (superseded_on)
            from {{ marts }}.fct_observation_superseded
            where logical_date <= day and superseded_on > day
        )
    )
{%- endmacro %}

{# A hook that makes the table macro `<what>_as_of(day)` beside the marts; `publish` takes it over. #}
{% macro create_as_of(what, query, description) -%}
    create or replace macro {{ this.database }}.{{ this.schema }}.{{ what }}_as_of(day) as table {{ query }};
    comment on macro table {{ this.database }}.{{ this.schema }}.{{ what }}_as_of is '{{ description }}'
{%- endmacro %}
