-- One row a unit of measure.
select
    unit_measure,
    unit_name,
    dimension,
    written_as
from {{ ref('int_units__codes') }}
