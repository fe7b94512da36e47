-- A cluster of near-duplicates has exactly one original.
select cluster_id
from {{ ref('dim_article') }}
group by cluster_id
having count(*) filter (where is_original) != 1
