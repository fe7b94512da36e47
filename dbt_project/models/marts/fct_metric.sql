{{ config(post_hook="{{ create_as_of('fct_metric',
    model.compiled_code | replace(ref('fct_observation') | string, figures_as_of_day()),
    'The metrics as fct_metric showed them after the units of work up to the day.') }}") }}
-- depends_on: {{ ref('fct_observation_superseded') }}
-- One row a series and period: the value to take, from however many reports. Reprints are counted once.
with reports as (

    select
        *,
        -- what a page says of a decline is a positive number; side by side with growth it needs its sign
        case when kind = 'change' and direction = 'down' then -1 else 1 end as sign,
        sign * obs_value as signed_value,
        sign * obs_value_max as signed_value_max
    from {{ ref('fct_observation') }}
    where is_original and ref_area is not null and indicator is not null

),

ranked as (

    select
        *,
        row_number() over series_latest as place,
        count(*) over series as n_figures,
        count(distinct signed_value) over series as n_values,
        least(min(signed_value) over series, min(signed_value_max) over series) as obs_value_low,
        greatest(max(signed_value) over series, max(signed_value_max) over series) as obs_value_high,
        count(distinct article_id) over series as n_articles,
        count(distinct source_id) over series as n_sources
    from reports
    window
        series as (partition by ref_area, indicator, time_period, unit_measure, kind, basis, status),
        series_latest as (
            partition by ref_area, indicator, time_period, unit_measure, kind, basis, status
            order by
                -- a report that states its period tells more of it than one that was only published then
                list_position(['stated', 'published', 'fetched'], time_period_from),
                published_at desc nulls last,
                (bound = 'exact') desc,
                confidence desc,
                fetched_at desc,
                observation_id asc
        )

)

select
    md5(concat_ws('/', ref_area, indicator, time_period, unit_measure, kind, coalesce(basis, ''), status)) as metric_id,
    ref_area,
    indicator,
    time_period,
    time_period_from,
    signed_value as obs_value,
    signed_value_max as obs_value_max,
    unit_measure,
    obs_status,
    kind,
    basis,
    status,
    bound,
    confidence,
    obs_value_low,
    obs_value_high,
    n_figures,
    n_values,
    n_articles,
    n_sources,
    observation_id,
    article_id,
    sentence,
    char_start,
    char_end,
    url,
    published_at,
    fetched_at
from ranked
where place = 1
