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
    is_latest,
    logical_date,
    warc_file,
    warc_offset
from {{ ref('int_articles__revisions') }}
