-- Every figure of a revision is published, superseded or in quarantine, never two of them and never none.
with measured as (

    select
        capture_id,
        observation_id
    from {{ ref('int_observations__normalised') }}

),

kept as (

    select observation_id from {{ ref('fct_observation') }}
    union all
    select observation_id from {{ ref('fct_observation_superseded') }}
    union all
    select observation_id from {{ ref('quarantine') }}

)

select
    (select count(*) from measured) as measured,
    (select count(*) from kept) as kept
where (select count(*) from measured) != (select count(*) from kept)
