-- What a figure is made of: what its milestones and the figures below it add, and what nodes keep (their kind and 10).
WITH {parts}, own AS (
  SELECT CASE WHEN {below_strategy} THEN {task} ELSE kind + 10 END AS kind,
         CASE WHEN {below_strategy} THEN task_id ELSE node_id END AS id, {own_values}
    FROM ({kept}) o
), added AS (
  SELECT kind, id, {summed}
    FROM (SELECT {kind} AS kind, id, {totals} FROM part UNION ALL SELECT kind, id, {totals} FROM own) AS rows
   GROUP BY kind, id
), entry AS MATERIALIZED (
  {entries}
)
(SELECT kind, id, 1 AS number, {totals} FROM entry
  WHERE %(after_id)s::bigint IS NULL
     OR (-share, kind, id) > (SELECT -share, kind, id FROM entry WHERE kind %% 10 = %(after_kind)s::int AND id = %(after_id)s)
  ORDER BY -share, kind, id LIMIT %(limit)s)
UNION ALL
SELECT NULL, NULL, count(*), {summed} FROM entry
