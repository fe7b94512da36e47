-- A unit code has one word that names it, and one dimension, however many words write it.
select
    code,
    string_agg(unit, '、' order by unit) filter (where preferred = 'yes') as preferred,
    string_agg(distinct dimension, ', ' order by dimension) as dimensions
from {{ ref('units') }}
group by code
having
    count(*) filter (where preferred = 'yes' and factor = '1') != 1
    or count(*) filter (where preferred = 'yes') != 1
    -- per_only, degree and money_or_piece say of a word when it is that unit, not what the unit measures
    or count(distinct dimension) filter (where dimension not in ('per_only', 'degree', 'money_or_piece')) != 1
