-- One row a host and day (of China) on which it was visited: what was done to it, by whichever sources and units.
with requests as (

    select
        *,
        case
            when is_made
                then epoch(started_at - lag(started_at) over (partition by host, is_made order by started_at, request_id))
        end as gap
    from {{ ref('stg_minsheng__requests') }}

),

clauses as (

    select
        host,
        visited_on,
        string_agg(clause || ' (' || n || ')', '; ' order by clause) filter (where not is_refused) as robots_allowed,
        string_agg(clause || ' (' || n || ')', '; ' order by clause) filter (where is_refused) as robots_refused
    from (
        select
            host,
            visited_on,
            is_refused,
            clause,
            count(distinct url) as n
        from requests
        where clause is not null
        group by all
    )
    group by host, visited_on

),

days as (

    select
        host,
        visited_on,
        string_agg(distinct source_id, ', ' order by source_id) as source_ids,
        count(*) filter (where is_made) as requests,
        (sum(bytes) filter (where is_made))::bigint as bytes,
        min(started_at) filter (where is_made) as first_at,
        max(started_at) filter (where is_made) as last_at,
        max(delay) filter (where is_made) as delay_asked,
        min(gap) as delay_kept,
        median(gap) as delay_kept_median,
        -- moments are kept in microseconds, and rounded
        count(*) filter (where gap < delay - 0.000002) as too_soon,
        count(distinct url) filter (where is_refused) as refused,
        count(*) filter (where http_status = 403) as stops_403,
        count(*) filter (where http_status = 429) as stops_429,
        count(*) filter (where http_status = 503) as stops_503,
        count(*) filter (where is_made and http_status is null) as outages,
        count(distinct url) filter (where not is_made and not is_refused and error is not null) as left_alone
    from requests
    group by host, visited_on

)

select
    md5(concat_ws('/', days.host, days.visited_on)) as conduct_id,
    days.host,
    days.visited_on,
    days.source_ids,
    clauses.robots_allowed,
    clauses.robots_refused,
    days.delay_asked,
    days.delay_kept,
    days.delay_kept_median,
    days.too_soon,
    days.requests,
    coalesce(days.bytes, 0) as bytes,
    days.first_at,
    days.last_at,
    days.refused,
    days.stops_403,
    days.stops_429,
    days.stops_503,
    days.outages,
    days.left_alone
from days
left join clauses on days.host = clauses.host and days.visited_on = clauses.visited_on
