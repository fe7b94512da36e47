-- One row a figure of a revision of an article, in SDMX terms, with what is wrong about it (reason, null: nothing).
with figures as (

    select
        observations.*,
        articles.article_id is null as is_orphan,
        articles.revision,
        articles.is_latest,
        articles.superseded_on,
        articles.url,
        articles.published_at,
        articles.fetched_at,
        substring(articles.body, observations.char_start + 1, observations.char_end - observations.char_start)
            as text_at_offset
    from {{ ref('stg_minsheng__observations') }} as observations
    left join {{ ref('int_articles__revisions') }} as articles
        on observations.capture_id = articles.capture_id
    -- figures of a later capture that read like the one before stay in staging
    where
        articles.article_id is not null
        or observations.capture_id not in (select capture_id from {{ ref('stg_minsheng__articles') }})

),

known as (

    select
        figures.*,
        units.unit_measure is not null as has_unit,
        regions.region_code is not null as has_region,
        regions.province_code,
        regions.prefecture_code,
        regions.county_code,
        indicators.indicator_id is not null as has_indicator,
        coalesce(bounds.low, case when units.dimension = 'money' then '-infinity'::double else 0 end) as low,
        coalesce(bounds.high, 'infinity'::double) as high,
        coalesce(figures.period_start, figures.as_of, figures.period_end) as first_day,
        coalesce(figures.period_end, figures.as_of, figures.period_start) as last_day
    from figures
    left join {{ ref('int_units__codes') }} as units on figures.unit = units.unit_measure
    left join {{ ref('int_regions__hierarchy') }} as regions on figures.region_code = regions.region_code
    left join {{ ref('indicators') }} as indicators on figures.indicator_id = indicators.indicator_id
    left join {{ ref('unit_bounds') }} as bounds on figures.unit = bounds.unit and figures.kind = bounds.kind

),

checked as (

    select
        *,
        case
            when is_orphan then 'no_article'
            when coalesce(trim(sentence), '') = '' then 'no_sentence'
            when not contains(sentence, surface) then 'surface_not_in_sentence'
            when text_at_offset is distinct from surface then 'surface_not_at_offset'
            when not has_unit then 'unknown_unit'
            when region_code is not null and not has_region then 'unknown_region'
            when indicator_id is not null and not has_indicator then 'unknown_indicator'
            when value is null then 'no_value'
            when value < low or coalesce(value_max, value) > high then 'value_out_of_range'
            when value_max < value then 'range_reversed'
            when first_day > last_day then 'period_reversed'
            when confidence is null or confidence not between 0 and 1 then 'confidence_out_of_range'
        end as reason
    from known

)

select
    observation_id,
    article_id,
    capture_id,
    revision,
    is_latest,
    superseded_on,
    source_id,
    logical_date,
    n,
    region_code as ref_area,
    region_name as ref_area_name,
    province_code,
    prefecture_code,
    county_code,
    indicator_id as indicator,
    indicator_phrase,
    coalesce(
        {{ time_period('first_day', 'last_day') }},
        strftime(coalesce({{ shanghai_day('published_at') }}, {{ shanghai_day('fetched_at') }}, logical_date), '%Y-%m-%d')
    ) as time_period,
    case
        when first_day is not null then 'stated'
        when published_at is not null then 'published'
        else 'fetched'
    end as time_period_from,
    value::double as obs_value,
    value_max::double as obs_value_max,
    unit as unit_measure,
    {{ obs_status('status', 'estimated', 'confidence') }} as obs_status,
    bound,
    kind,
    basis,
    direction,
    status,
    estimated,
    period_start,
    period_end,
    as_of,
    time_phrase,
    actor,
    classifier,
    surface,
    sentence,
    char_start,
    char_end,
    confidence,
    measured_by,
    url,
    published_at,
    fetched_at,
    reason,
    case reason
        when 'unknown_unit' then unit
        when 'unknown_region' then region_code
        when 'unknown_indicator' then indicator_id
        when 'value_out_of_range' then value || ' ' || unit || ' is not within ' || low || ' and ' || high
        when 'range_reversed' then value || ' to ' || value_max
        when 'period_reversed' then first_day || ' to ' || last_day
        when 'surface_not_at_offset' then 'the text there is ' || coalesce(text_at_offset, 'nothing')
    end as detail
from checked
