-- One row a visit to an address: the fetch ledger as landed.
with source as (

    select * from {{ source('raw', 'pages') }}

),

typed as (

    select
        page_id,
        source_id,
        logical_date,
        canonical_url as url,
        fetched_at,
        outcome,
        revision,
        http_status,
        nullif(trim(content_type), '') as content_type,
        bytes,
        sha256,
        warc_file,
        warc_offset,
        nullif(trim(error), '') as error
    from source

),

deduplicated as (

    select *
    from typed
    qualify row_number() over (partition by source_id, logical_date, page_id order by fetched_at desc, url asc) = 1

),

stg_minsheng__pages as (

    select
        md5(concat_ws('/', source_id, logical_date, page_id)) as visit_id,
        *
    from deduplicated

)

select * from stg_minsheng__pages
