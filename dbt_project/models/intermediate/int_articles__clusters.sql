-- One row an article: its cluster of near-duplicates, and whether it is the original among them.
-- Articles that share a band of the locality sensitive hash are near-duplicates, and so are theirs: the
-- clusters are the connected components of that graph. Every band links its articles to the smallest
-- of them only (a star joins as well as all pairs do, with far fewer edges); labels then travel along
-- the links until each article has the smallest article_id within reach. What travels is the label of the
-- label, and it travels to the neighbour's label, too, and back to all that carry it: a chain of n articles takes in
-- the order of log n rounds instead of n.
with recursive articles as (

    select
        revisions.article_id,
        revisions.bands,
        coalesce(sources.source_level = 'mirror', false) as is_mirror,
        coalesce(revisions.publisher = sources.source_name, false) as is_own,
        revisions.published_at,
        revisions.fetched_at
    from {{ ref('int_articles__revisions') }} as revisions
    left join {{ ref('stg_minsheng__sources') }} as sources
        on revisions.source_id = sources.source_id
    where revisions.is_latest

),

stars as (

    select
        article_id,
        min(article_id) over (partition by band) as centre
    from (select article_id, unnest(bands) as band from articles) as banded

),

links as (

    select article_id as from_id, centre as to_id from stars where article_id != centre
    union
    select centre as from_id, article_id as to_id from stars where article_id != centre

),

labels (article_id, cluster_id) using key (article_id) as (

    select article_id, article_id from articles
    union
    (
        select found.article_id, min(found.cluster_id) as cluster_id
        from (
            select unnest([links.to_id, known.cluster_id]) as article_id, ahead.cluster_id
            from labels as near
            inner join recurring.labels as ahead on near.cluster_id = ahead.article_id
            inner join links on near.article_id = links.from_id
            inner join recurring.labels as known on links.to_id = known.article_id
            where ahead.cluster_id < known.cluster_id
            union all
            select below.article_id, near.cluster_id
            from labels as near
            inner join recurring.labels as below on near.article_id = below.cluster_id
            where near.cluster_id < below.cluster_id
        ) as found
        inner join recurring.labels as held on found.article_id = held.article_id
        where found.cluster_id < held.cluster_id
        group by found.article_id
    )

),

ranked as (

    select
        articles.article_id,
        labels.cluster_id,
        count(*) over (partition by labels.cluster_id) as cluster_size,
        row_number() over (
            partition by labels.cluster_id
            order by is_mirror asc, is_own desc, published_at asc nulls last, fetched_at asc, articles.article_id asc
        ) as place
    from articles
    inner join labels on articles.article_id = labels.article_id

)

select
    article_id,
    cluster_id,
    cluster_size,
    place = 1 as is_original
from ranked
