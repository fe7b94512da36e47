-- One row a revision: captures of an article that read alike, one after the other, are one revision.
with captures as (

    select
        *,
        md5(concat_ws(chr(31), text_sha256, title, publisher, published_at::varchar)) as content
    from {{ ref('stg_minsheng__articles') }}

),

compared as (

    select
        *,
        lag(content) over (partition by article_id order by logical_date, fetched_at, source_id) as content_before
    from captures

),

numbered as (

    select
        * exclude (content, content_before),
        count(*) filter (where content_before is distinct from content)
            over (
                partition by article_id
                order by logical_date, fetched_at, source_id
                rows unbounded preceding
            ) as revision
    from compared

),

firsts as (

    select
        *,
        max(fetched_at) over (partition by article_id, revision) as last_seen_at
    from numbered
    qualify row_number() over (partition by article_id, revision order by logical_date, fetched_at, source_id) = 1

)

select
    *,
    fetched_at as valid_from,
    lead(fetched_at) over (partition by article_id order by revision) as valid_to,
    lead(logical_date) over (partition by article_id order by revision) as superseded_on,
    lead(revision) over (partition by article_id order by revision) is null as is_latest
from firsts
