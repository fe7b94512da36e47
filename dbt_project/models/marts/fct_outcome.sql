-- One row a source, day, step and reason: how much was lost there. Pages that gave nothing (step fetch) and figures
-- in quarantine (step check) are included.
with lost as (

    select
        source_id,
        logical_date,
        step,
        reason,
        subject,
        detail
    from {{ ref('stg_minsheng__outcomes') }}
    union all
    select
        source_id,
        logical_date,
        'fetch' as step,
        outcome as reason,
        url as subject,
        error as detail
    from {{ ref('stg_minsheng__pages') }}
    where outcome in ('gone', 'refused', 'blocked', 'failed')
    union all
    select
        source_id,
        logical_date,
        'check' as step,
        reason,
        coalesce(url, article_id) || '#' || n as subject,
        detail
    from {{ ref('quarantine') }}

)

select
    md5(concat_ws('/', source_id, logical_date, step, reason)) as outcome_id,
    source_id,
    logical_date,
    step,
    reason,
    count(*) as lost,
    min(subject) as example_subject,
    arg_min(detail, subject) as example_detail
from lost
group by source_id, logical_date, step, reason
