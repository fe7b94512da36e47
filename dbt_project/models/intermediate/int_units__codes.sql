-- One row a unit of measure: the codes of the vocabulary, and the rates made of two of them that occur.
with written as (

    select
        code as unit_measure,
        -- a word may have another dimension than its code: 度 is a kWh or a degree, 月 stands below a stroke only
        any_value(dimension) filter (where preferred = 'yes') as dimension,
        any_value(unit) filter (where preferred = 'yes') as unit_name,
        string_agg(distinct unit, '、' order by unit) as written_as
    from {{ ref('units') }}
    group by code

),

rates as (

    select
        observed.unit as unit_measure,
        'rate' as dimension,
        above.unit_name || '/' || below.unit_name as unit_name,
        null::varchar as written_as
    from (select distinct unit from {{ ref('stg_minsheng__observations') }}) as observed
    inner join written as above on split_part(observed.unit, '/', 1) = above.unit_measure
    inner join written as below
        on substring(observed.unit, length(split_part(observed.unit, '/', 1)) + 2) = below.unit_measure
    where observed.unit like '%/%' and observed.unit not in (select written.unit_measure from written)

)

select * from written
union all
select * from rates
