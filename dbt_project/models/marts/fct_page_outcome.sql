-- One row a source, day and outcome of fetching: how many pages ended so.
select
    md5(concat_ws('/', source_id, logical_date, outcome)) as page_outcome_id,
    source_id,
    logical_date,
    outcome,
    count(*) as pages,
    coalesce(sum(bytes), 0)::bigint as bytes,
    arg_min(url, (error is null, url)) as example_url,
    arg_min(error, url) as example_error
from {{ ref('stg_minsheng__pages') }}
group by source_id, logical_date, outcome
