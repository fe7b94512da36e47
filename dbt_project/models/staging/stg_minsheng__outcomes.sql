-- One row a thing that did not come through, with the step and the reason.
with source as (

    select * from {{ source('raw', 'outcomes') }}

),

typed as (

    select
        source_id,
        logical_date,
        step,
        subject,
        reason,
        nullif(trim(detail), '') as detail
    from source

),

deduplicated as (

    select distinct *
    from typed

),

stg_minsheng__outcomes as (

    select
        md5(concat_ws('/', source_id, logical_date, step, reason, subject, detail)) as outcome_id,
        *
    from deduplicated

)

select * from stg_minsheng__outcomes
