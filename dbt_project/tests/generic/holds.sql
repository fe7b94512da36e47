{# Fails for every row of which the condition is not true; unknown fails as well. #}
{% test holds(model, condition) %}
select *
from {{ model }}
where ({{ condition }}) is not true
{% endtest %}
