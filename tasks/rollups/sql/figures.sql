-- The sums of every slice. Strategy, tasks and measures always have a row; a ministry, region or
-- technology where something stands in it (0: nobody answers for it, or none is named).
WITH entry AS (
  SELECT 'strategy' AS slice, 0::bigint AS key, l.* FROM rollup_leaf l
  UNION ALL SELECT 'task', l.task_id, l.* FROM rollup_leaf l WHERE l.task_id IS NOT NULL
  UNION ALL SELECT 'measure', ancestor, l.* FROM rollup_leaf l CROSS JOIN LATERAL unnest(l.path) AS ancestor
  UNION ALL SELECT 'ministry', coalesce(l.ministry_id, 0), l.* FROM rollup_leaf l
  UNION ALL SELECT 'region', coalesce(l.region_id, 0), l.* FROM rollup_leaf l
  UNION ALL SELECT 'technology', coalesce(l.technology_id, 0), l.* FROM rollup_leaf l
), summed AS (
  SELECT slice, key, {sums}, min(next_due) AS next_due,
         jsonb_strip_nulls(jsonb_build_object({counts})) AS counts
    FROM entry GROUP BY slice, key
), every AS (
  SELECT 'strategy' AS slice, 0::bigint AS key UNION ALL
  SELECT CASE kind WHEN 't' THEN 'task' ELSE 'measure' END, id FROM rollup_node WHERE kind IN ('t', 'm')
)
SELECT slice, key, {names}, next_due, coalesce(counts, '{{}}') AS counts
  FROM summed FULL JOIN every USING (slice, key)
