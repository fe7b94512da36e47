-- One row a capture: an article as one unit of work (source, logical date) read it.
with source as (

    select * from {{ source('raw', 'articles') }}

),

typed as (

    select
        article_id,
        source_id,
        logical_date,
        revision,
        url,
        trim(title) as title,
        nullif(trim(subtitle), '') as subtitle,
        body,
        text_sha256,
        published_at,
        {{ shanghai_day('published_at') }} as published_on,
        nullif(trim(publisher), '') as publisher,
        authors,
        nullif(trim(editor), '') as editor,
        region_code,
        bands,
        method,
        len(repairs) as repairs,
        coalesce(undecoded, 0) as undecoded,
        coalesce(figures, 0) as figures,
        coalesce(list_sum(map_values(rejected)), 0)::bigint as rejected_numerals,
        to_json(coalesce(rejected, map {}))::varchar as rejected_reasons,
        page_id,
        warc_file,
        warc_offset,
        fetched_at
    from source

),

deduplicated as (

    select *
    from typed
    qualify
        row_number() over (
            partition by article_id, source_id, logical_date, revision order by fetched_at desc, page_id asc
        ) = 1

),

stg_minsheng__articles as (

    select
        md5(concat_ws('/', article_id, source_id, logical_date, revision)) as capture_id,
        * exclude (revision)
    from deduplicated

)

select * from stg_minsheng__articles
