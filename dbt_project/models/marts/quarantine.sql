-- One row a figure that failed a check and is kept out of fct_observation, with the reason.
select
    capture_id || '/' || observation_id as quarantine_id,
    observation_id,
    reason,
    detail,
    article_id,
    source_id,
    logical_date,
    n,
    surface,
    obs_value,
    obs_value_max,
    unit_measure,
    ref_area,
    indicator,
    indicator_phrase,
    kind,
    sentence,
    char_start,
    char_end,
    confidence,
    measured_by,
    url
from {{ ref('int_observations__normalised') }}
where reason is not null
