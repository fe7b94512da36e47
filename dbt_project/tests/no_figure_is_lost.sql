-- Every figure of a latest revision is either published or in quarantine, never both and never neither.
with latest as (

    select
        capture_id,
        observation_id
    from {{ ref('int_observations__normalised') }}

),

kept as (

    select observation_id from {{ ref('fct_observation') }}
    union all
    select observation_id from {{ ref('quarantine') }}

)

select
    (select count(*) from latest) as measured,
    (select count(*) from kept) as kept
where (select count(*) from latest) != (select count(*) from kept)
