{{ config(post_hook="{{ create_as_of('fct_observation', 'from ' ~ figures_as_of_day(),
    'The figures as fct_observation showed them after the units of work up to the day.') }}") }}
-- depends_on: {{ ref('fct_observation') }}
-- depends_on: {{ ref('dim_article') }}
-- depends_on: {{ ref('dim_article_revision') }}
-- One row a figure in an earlier revision of an article: what fct_observation showed before the page was changed.
{{ sound_figures(latest=false) }}
