-- One row a figure of a capture, in the words and types of the contract.
with source as (

    select * from {{ source('raw', 'observations') }}

),

typed as (

    select
        observation_id,
        article_id,
        source_id,
        logical_date,
        revision,
        n,
        char_start,
        char_end,
        sentence,
        surface,
        value,
        value_max,
        bound,
        unit,
        classifier,
        nullif(trim(indicator), '') as indicator_phrase,
        indicator_id,
        region as region_name,
        region_code,
        period_start,
        period_end,
        as_of,
        time_phrase,
        kind,
        basis,
        direction,
        status,
        coalesce(estimated, false) as estimated,
        actor,
        confidence,
        measured_by
    from source

),

deduplicated as (

    select *
    from typed
    qualify row_number() over (partition by observation_id, source_id, logical_date order by n asc, char_start asc) = 1

),

stg_minsheng__observations as (

    select
        md5(concat_ws('/', article_id, source_id, logical_date, revision)) as capture_id,
        * exclude (revision)
    from deduplicated

)

select * from stg_minsheng__observations
