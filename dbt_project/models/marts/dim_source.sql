-- One row a source: those of the registry, and those that only the data know (they have left the registry).
with seen as (

    select distinct source_id from {{ ref('stg_minsheng__pages') }}
    union
    select distinct source_id from {{ ref('stg_minsheng__articles') }}
    union
    select distinct source_id from {{ ref('stg_minsheng__outcomes') }}

)

select
    coalesce(registry.source_id, seen.source_id) as source_id,
    coalesce(registry.source_name, seen.source_id) as source_name,
    registry.* exclude (source_id, source_name),
    registry.source_id is not null as is_registered
from {{ ref('stg_minsheng__sources') }} as registry
full outer join seen on registry.source_id = seen.source_id
