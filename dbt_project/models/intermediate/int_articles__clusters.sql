-- One row an article: its cluster of near-duplicates, and its place among them, of which the first is the original.
with articles as (

    select
        revisions.article_id,
        near.cluster_id,
        coalesce(sources.source_level = 'mirror', false) as is_mirror,
        coalesce(revisions.publisher = sources.source_name, false) as is_own,
        revisions.published_at,
        revisions.fetched_at
    from {{ ref('int_articles__revisions') }} as revisions
    inner join {{ ref('int_articles__near_duplicates') }} as near on revisions.article_id = near.article_id
    left join {{ ref('stg_minsheng__sources') }} as sources on revisions.source_id = sources.source_id
    where revisions.is_latest

)

select
    article_id,
    cluster_id,
    count(*) over (partition by cluster_id) as cluster_size,
    row_number() over (
        partition by cluster_id
        order by is_mirror asc, is_own desc, published_at asc nulls last, fetched_at asc, article_id asc
    ) as cluster_place,
    cluster_place = 1 as is_original
from articles
