-- Money of every slice, by fiscal year: the latest level per line and phase ({levels}) of the
-- measures that exist in the tier. Phases are never added to each other. A rate
-- compares only lines whose both levels are known. Only lines of kind `level` are summed. Parameters: strategy, tier, slice.
WITH RECURSIVE node AS (
  SELECT m.id, m.strategic_task_id AS task_id, ARRAY[m.id] AS path, m.region_id, m.technology_id
    FROM tasks_measure m JOIN tasks_strategictask t ON t.id = m.strategic_task_id
   WHERE t.strategy_id = %(strategy)s AND m.parent_id IS NULL AND m.in_scope AND m.effective_tier <= %(tier)s
  UNION ALL
  SELECT m.id, p.task_id, p.path || m.id, coalesce(m.region_id, p.region_id), coalesce(m.technology_id, p.technology_id)
    FROM node p JOIN tasks_measure m ON m.parent_id = p.id
   WHERE m.in_scope AND m.effective_tier <= %(tier)s
), line AS (
  SELECT l.id, l.fiscal_year, n.task_id, n.path, coalesce(l.ministry_id, 0) AS ministry_id,
         coalesce(n.region_id, 0) AS region_id, coalesce(l.technology_id, n.technology_id, 0) AS technology_id,
         {phases}
    FROM node n JOIN tasks_budgetline l ON l.measure_id = n.id
    LEFT JOIN ({levels}) e ON e.line_id = l.id
   WHERE l.kind = 'level'
   GROUP BY l.id, l.fiscal_year, l.ministry_id, l.technology_id, n.task_id, n.path, n.region_id, n.technology_id
), entry AS (
  SELECT 0::bigint AS key, l.* FROM line l WHERE %(slice)s = 'strategy'
  UNION ALL SELECT l.task_id, l.* FROM line l WHERE %(slice)s = 'task'
  UNION ALL SELECT ancestor, l.* FROM line l CROSS JOIN LATERAL unnest(l.path) AS ancestor WHERE %(slice)s = 'measure'
  UNION ALL SELECT l.ministry_id, l.* FROM line l WHERE %(slice)s = 'ministry'
  UNION ALL SELECT l.region_id, l.* FROM line l WHERE %(slice)s = 'region'
  UNION ALL SELECT l.technology_id, l.* FROM line l WHERE %(slice)s = 'technology'
)
SELECT key, fiscal_year, {sums},
       sum(executed) FILTER (WHERE current IS NOT NULL) AS executed_of_current,
       sum(current) FILTER (WHERE executed IS NOT NULL) AS current_of_executed,
       sum(executed) FILTER (WHERE appropriated IS NOT NULL) AS executed_of_appropriated,
       sum(appropriated) FILTER (WHERE executed IS NOT NULL) AS appropriated_of_executed
  FROM entry
 WHERE %(keys)s::bigint[] IS NULL OR key = ANY(%(keys)s)
 GROUP BY key, fiscal_year ORDER BY key, fiscal_year NULLS LAST
