-- One row a code of GB/T 2260 (or of a township), past codes included, under its name of the last years it was valid.
with recursive regions as (

    select
        region_code,
        region_name,
        short_name,
        region_level,
        parent_code,
        valid_from::integer as valid_from,
        valid_to::integer as valid_to
    from {{ ref('regions') }}
    qualify row_number() over (
        partition by region_code order by valid_to desc nulls first, valid_from desc, region_name asc
    ) = 1

),

townships as (

    select
        township_code as region_code,
        township_name as region_name,
        township_name as short_name,
        'township' as region_level,
        county_code as parent_code,
        null::integer as valid_from,
        null::integer as valid_to
    from {{ ref('townships') }}
    qualify row_number() over (partition by township_code order by township_name) = 1

),

moves as (

    -- where a whole region went, when it went to one other region only
    select
        from_code,
        min(to_code) as to_code
    from {{ ref('region_changes') }}
    where not is_part
    group by from_code
    having count(distinct to_code) = 1

),

trails as (

    select
        region_code,
        region_code as reached,
        0 as steps
    from regions
    where valid_to is not null
    union all
    select
        trails.region_code,
        moves.to_code as reached,
        trails.steps + 1 as steps
    from trails
    inner join moves on trails.reached = moves.from_code
    where trails.steps < 10

),

successors as (

    select
        trails.region_code,
        arg_min(trails.reached, trails.steps) as current_code
    from trails
    inner join regions on trails.reached = regions.region_code and regions.valid_to is null
    group by trails.region_code

),

every as (

    select * from regions
    union all
    select * from townships

)

-- a code names its superiors itself: two digits the province, four the prefecture, six the county
select
    every.region_code,
    every.region_name,
    every.short_name,
    every.region_level,
    every.parent_code,
    province.region_code as province_code,
    province.region_name as province_name,
    prefecture.region_code as prefecture_code,
    prefecture.region_name as prefecture_name,
    county.region_code as county_code,
    county.region_name as county_name,
    every.valid_from,
    every.valid_to,
    every.valid_to is null as is_current,
    case when every.valid_to is null then every.region_code else successors.current_code end as current_code
from every
left join successors on every.region_code = successors.region_code
left join regions as province
    on left(every.region_code, 2) || '0000' = province.region_code and province.region_level = 'province'
left join regions as prefecture
    on left(every.region_code, 4) || '00' = prefecture.region_code and prefecture.region_level = 'prefecture'
left join regions as county
    on left(every.region_code, 6) = county.region_code and county.region_level = 'county'
