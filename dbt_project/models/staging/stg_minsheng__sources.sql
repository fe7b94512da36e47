-- One row a source: the registry as last landed.
with source as (

    select * from {{ source('raw', 'sources') }}

),

typed as (

    select
        source_id,
        trim(name) as source_name,
        nullif(trim(name_en), '') as source_name_en,
        level as source_level,
        region_code,
        home,
        family,
        nullif(trim(owner), '') as owner,
        nullif(trim(licence), '') as licence,
        verified as verified_on,
        articles_min,
        articles_max,
        figures_min,
        figures_max,
        region_share
    from source

),

deduplicated as (

    select *
    from typed
    qualify row_number() over (partition by source_id order by source_name asc) = 1

),

stg_minsheng__sources as (

    select * from deduplicated

)

select * from stg_minsheng__sources
