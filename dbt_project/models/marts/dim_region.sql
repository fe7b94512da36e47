-- One row a code of GB/T 2260 or of a township.
select
    region_code,
    region_name,
    short_name,
    region_level,
    parent_code,
    province_code,
    province_name,
    prefecture_code,
    prefecture_name,
    county_code,
    county_name,
    valid_from,
    valid_to,
    is_current,
    current_code
from {{ ref('int_regions__hierarchy') }}
