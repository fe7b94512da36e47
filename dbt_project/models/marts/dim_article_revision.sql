{{ config(post_hook="{{ create_as_of('dim_article',
    'from ' ~ this ~ ' where logical_date <= day and coalesce(superseded_on > day, true)',
    'The articles, each in the revision that stood after the units of work up to the day.') }}") }}
-- One row a revision of an article, with its text and the time it stood on the site: the history of every page.
select
    article_id,
    revision,
    title,
    subtitle,
    body,
    text_sha256,
    published_at,
    publisher,
    editor,
    url,
    source_id,
    figures,
    method,
    valid_from,
    valid_to,
    superseded_on,
    is_latest,
    logical_date,
    warc_file,
    warc_offset
from {{ ref('int_articles__revisions') }}
