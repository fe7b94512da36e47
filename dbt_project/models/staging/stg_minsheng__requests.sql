-- One row a request that was made, or was not made and why: the conduct record as landed.
with source as (

    select * from {{ source('raw', 'requests') }}

),

typed as (

    select
        source_id,
        logical_date,
        n,
        host,
        url,
        role,
        started_at,
        {{ shanghai_day('started_at') }} as visited_on,
        seconds is not null as is_made,
        refused as is_refused,
        seconds,
        delay,
        http_status,
        bytes,
        nullif(trim(clause), '') as clause,
        nullif(trim(error), '') as error
    from source

),

stg_minsheng__requests as (

    select
        md5(concat_ws('/', source_id, logical_date, n)) as request_id,
        *
    from typed

)

select * from stg_minsheng__requests
