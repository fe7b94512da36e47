-- One row an indicator of the vocabulary.
select
    indicator_id as indicator,
    name_zh as indicator_name,
    name_en as indicator_name_en,
    theme,
    dimension,
    aggregation
from {{ ref('indicators') }}
