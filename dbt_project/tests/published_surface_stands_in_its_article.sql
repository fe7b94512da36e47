-- No published figure without its text: the surface stands in the article at the offsets given.
select figures.observation_id
from {{ ref('fct_observation') }} as figures
left join {{ ref('dim_article_revision') }} as articles
    on figures.article_id = articles.article_id and figures.revision = articles.revision
where
    substring(articles.body, figures.char_start + 1, figures.char_end - figures.char_start)
    is distinct from figures.surface
