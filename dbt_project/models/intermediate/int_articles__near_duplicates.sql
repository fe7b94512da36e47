{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='article_id',
    on_schema_change='fail',
    post_hook="delete from {{ this }} where article_id not in (select article_id from {{ ref('int_articles__revisions') }} where is_latest)"
) }}
-- One row an article: the cluster of near-duplicates that it belongs to, named after its smallest article_id.
-- Articles that share a band of the locality sensitive hash and came out at most `reprint_days` apart are
-- near-duplicates, and so are theirs: the clusters are the connected components of that graph. What comes out later in
-- the same words is the report on another period. An article that is new, reads differently, has another day or has gone
-- changes the clusters that it was in or shares a band with, and no other: only their articles are clustered again.
{% set reprint_days = var('reprint_days') | int %}
with recursive first_seen as (

    select
        article_id,
        min(logical_date) as first_seen_on
    from {{ ref('int_articles__revisions') }}
    group by article_id

),

dated as (

    select
        revisions.article_id,
        revisions.bands,
        coalesce(revisions.published_on, first_seen.first_seen_on) as came_out_on
    from {{ ref('int_articles__revisions') }} as revisions
    inner join first_seen on revisions.article_id = first_seen.article_id
    where revisions.is_latest

),

latest as (

    select
        *,
        hash(bands, came_out_on, {{ reprint_days }}) as bands_hash
    from dated

),

{% if is_incremental() %}

changed as (

    select latest.*
    from latest
    left join {{ this }} as held on latest.article_id = held.article_id
    where latest.bands_hash is distinct from held.bands_hash

),

reached as (

    select distinct article_id
    from (select article_id, unnest(bands) as band from latest) as banded
    where band in (select unnest(bands) from changed)

),

touched as (

    select held.cluster_id
    from {{ this }} as held
    left join latest on held.article_id = latest.article_id and held.bands_hash = latest.bands_hash
    where latest.article_id is null
    union
    select held.cluster_id
    from {{ this }} as held
    inner join reached on held.article_id = reached.article_id

),

affected as (

    select latest.*
    from latest
    left join {{ this }} as held on latest.article_id = held.article_id
    where held.article_id is null or held.cluster_id in (select cluster_id from touched)

),

{% else %}

affected as (

    select * from latest

),

{% endif %}

-- numbers in the order of the ids take a fraction of their memory
numbered as materialized (

    select
        row_number() over (order by article_id) as n,
        article_id,
        bands,
        came_out_on,
        bands_hash
    from affected

),

banded as (

    select
        n,
        came_out_on,
        unnest(bands) as band
    from numbered

),

shared as (

    select band
    from banded
    group by band
    having min(n) < max(n)

),

-- the articles of a band, in the order of their days, fall into runs wherever more days lie between two of them
spaced as (

    select
        banded.*,
        banded.came_out_on - lag(banded.came_out_on) over in_order > {{ reprint_days }} as begins
    from banded
    inner join shared on banded.band = shared.band
    window in_order as (partition by banded.band order by banded.came_out_on, banded.n)

),

runs as (

    select
        *,
        count(*) filter (where begins)
            over (partition by band order by came_out_on, n rows unbounded preceding) as run
    from spaced

),

-- a run links its articles to the smallest of them only: a star joins as well as all pairs do, with far fewer edges
stars as (

    select
        n,
        min(n) over (partition by band, run) as centre
    from runs

),

spokes as (

    select distinct
        n,
        centre
    from stars
    where n != centre

),

links as materialized (

    select n as from_n, centre as to_n from spokes
    union all
    select centre as from_n, n as to_n from spokes

),

-- What travels along the links is the label of the label, and it travels to the neighbour's label, too, and back to all
-- that carry it: a chain of n articles takes in the order of log n rounds instead of n.
labels (n, label) using key (n) as (

    select distinct from_n, from_n from links
    union
    (
        select found.n, min(found.label) as label
        from (
            select unnest([links.to_n, known.label]) as n, ahead.label
            from labels as near
            inner join recurring.labels as ahead on near.label = ahead.n
            inner join links on near.n = links.from_n
            inner join recurring.labels as known on links.to_n = known.n
            where ahead.label < known.label
            union all
            select below.n, near.label
            from labels as near
            inner join recurring.labels as below on near.n = below.label
            where near.label < below.label
        ) as found
        inner join recurring.labels as held on found.n = held.n
        where found.label < held.label
        group by found.n
    )

)

select
    numbered.article_id,
    coalesce(firsts.article_id, numbered.article_id) as cluster_id,
    numbered.bands_hash
from numbered
left join labels on numbered.n = labels.n
left join numbered as firsts on labels.label = firsts.n
