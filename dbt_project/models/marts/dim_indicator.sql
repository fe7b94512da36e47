-- One row an indicator of the vocabulary.
select
    indicator_id as indicator,
    indicator_name_zh as indicator_name,
    indicator_name_en,
    theme,
    dimension,
    kind,
    aggregation,
    is_generic
from {{ ref('indicators') }}
