{# TIME_PERIOD of SDMX 2.1 (section 4.2 of its guidelines) for two days, both included: a year 2024, a half
   2024-S1, a quarter 2024-Q1, a month 2024-05, a day 2024-05-20, else start/duration 2024-01-01/P141D. #}
{% macro time_period(first, last) -%}
    case
        when {{ first }} is null or {{ last }} is null then null
        when {{ first }} = {{ last }} then strftime({{ first }}, '%Y-%m-%d')
        when day({{ first }}) != 1 or {{ last }} != last_day({{ last }}) or year({{ first }}) != year({{ last }})
            then strftime({{ first }}, '%Y-%m-%d') || '/P' || ({{ last }} - {{ first }} + 1) || 'D'
        when month({{ first }}) = month({{ last }}) then strftime({{ first }}, '%Y-%m')
        when month({{ first }}) = 1 and month({{ last }}) = 12 then strftime({{ first }}, '%Y')
        when month({{ first }}) % 6 = 1 and month({{ last }}) = month({{ first }}) + 5
            then strftime({{ first }}, '%Y') || '-S' || (month({{ last }}) // 6)
        when month({{ first }}) % 3 = 1 and month({{ last }}) = month({{ first }}) + 2
            then strftime({{ first }}, '%Y') || '-Q' || (month({{ last }}) // 3)
        else strftime({{ first }}, '%Y-%m-%d') || '/P' || ({{ last }} - {{ first }} + 1) || 'D'
    end
{%- endmacro %}

{# OBS_STATUS of SDMX's code list CL_OBS_STATUS: F forecast (a target is what is meant to come), E estimated,
   U low reliability, A normal value. #}
{% macro obs_status(status, estimated, confidence) -%}
    case
        when {{ status }} = 'target' then 'F'
        when {{ estimated }} then 'E'
        when {{ confidence }} < 0.5 then 'U'
        else 'A'
    end
{%- endmacro %}

{# The day in China on which a moment falls. #}
{% macro shanghai_day(moment) -%}
    cast(timezone('Asia/Shanghai', {{ moment }}) as date)
{%- endmacro %}
