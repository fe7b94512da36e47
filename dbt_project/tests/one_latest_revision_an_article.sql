-- An article has exactly one latest revision, and it is the one that dim_article shows.
select revisions.article_id
from {{ ref('dim_article_revision') }} as revisions
left join {{ ref('dim_article') }} as articles
    on revisions.article_id = articles.article_id and revisions.revision = articles.revision
group by revisions.article_id
having count(*) filter (where revisions.is_latest) != 1 or count(articles.article_id) != 1
