{# Run before a build: notes its id, so that what another build has changed since the audit is not published. #}
{% macro note_build() -%}
    {%- if execute and flags.WHICH in ['build', 'run', 'seed'] -%}
        create schema if not exists builds;
        create or replace table builds.latest as select '{{ invocation_id }}' as build_id, now() as begun_at
    {%- endif -%}
{%- endmacro %}
