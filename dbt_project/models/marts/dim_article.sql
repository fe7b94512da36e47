-- One row an article, as its latest revision has it.
with gone as (

    select
        url,
        max(fetched_at) as gone_at
    from {{ ref('stg_minsheng__pages') }}
    where outcome = 'gone'
    group by url

)

select
    latest.article_id,
    latest.revision,
    latest.title,
    latest.subtitle,
    latest.published_at,
    latest.published_on,
    latest.publisher,
    array_to_string(latest.authors, '、') as authors,
    latest.editor,
    latest.url,
    latest.source_id,
    latest.region_code,
    latest.figures,
    latest.rejected_numerals,
    latest.rejected_reasons,
    latest.repairs,
    latest.undecoded,
    latest.method,
    clusters.cluster_id,
    clusters.cluster_size,
    clusters.cluster_place,
    clusters.is_original,
    latest.fetched_at,
    latest.last_seen_at,
    case when gone.gone_at > latest.last_seen_at then gone.gone_at end as withdrawn_at,
    latest.logical_date,
    latest.warc_file,
    latest.warc_offset
from {{ ref('int_articles__revisions') }} as latest
inner join {{ ref('int_articles__clusters') }} as clusters on latest.article_id = clusters.article_id
left join gone on latest.url = gone.url
where latest.is_latest
