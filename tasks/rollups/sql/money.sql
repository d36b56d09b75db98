-- Money by strategy, tier, slice, key and fiscal year: the latest level per line and phase ({levels}) of the measures
-- that exist in the tier. Phases are never added to each other. A rate compares only lines whose both levels are known.
-- Only lines of kind `level` are summed. Parameters: strategies, tiers, slices, keys (null: all of them; of measures it
-- reads only what stands below the topmost above them).
WITH RECURSIVE node AS (
  SELECT m.id, t.strategy_id, t.id AS task_id, ARRAY[m.id] AS path, m.region_id, m.technology_id, m.effective_tier
    FROM tasks_measure m JOIN tasks_strategictask t ON t.id = m.strategic_task_id
   WHERE (%(strategies)s::bigint[] IS NULL OR t.strategy_id = ANY(%(strategies)s)) AND m.parent_id IS NULL AND m.in_scope
     AND (%(slices)s::text[] <> ARRAY['measure'] OR %(keys)s::bigint[] IS NULL
          OR m.id IN (SELECT k.path[1] FROM tasks_measure k WHERE k.id = ANY(%(keys)s::bigint[])))
  UNION ALL
  SELECT m.id, p.strategy_id, p.task_id, p.path || m.id, coalesce(m.region_id, p.region_id),
         coalesce(m.technology_id, p.technology_id), m.effective_tier
    FROM node p JOIN tasks_measure m ON m.parent_id = p.id
   WHERE m.in_scope
), line AS (
  SELECT l.id, l.fiscal_year, n.strategy_id, n.effective_tier, n.task_id, n.path, coalesce(l.ministry_id, 0) AS ministry_id,
         coalesce(n.region_id, 0) AS region_id, coalesce(l.technology_id, n.technology_id, 0) AS technology_id,
         {phases}
    FROM node n JOIN tasks_budgetline l ON l.measure_id = n.id
    LEFT JOIN ({levels}) e ON e.line_id = l.id
   WHERE l.kind = 'level' AND n.effective_tier <= (SELECT max(tier) FROM unnest(%(tiers)s::int[]) AS tier)
   GROUP BY l.id, l.fiscal_year, l.ministry_id, l.technology_id, n.strategy_id, n.effective_tier, n.task_id, n.path,
            n.region_id, n.technology_id
), entry AS (
  SELECT s.slice, s.key, l.*
    FROM line l
   CROSS JOIN LATERAL (VALUES ('strategy', 0::bigint), ('task', l.task_id), ('ministry', l.ministry_id),
                              ('region', l.region_id), ('technology', l.technology_id)) AS s (slice, key)
  UNION ALL
  SELECT 'measure', ancestor, l.* FROM line l CROSS JOIN LATERAL unnest(l.path) AS ancestor
), total AS (
  SELECT strategy_id, t.tier, slice, key, fiscal_year, {sums},
         sum(executed) FILTER (WHERE current IS NOT NULL) AS executed_of_current,
         sum(current) FILTER (WHERE executed IS NOT NULL) AS current_of_executed,
         sum(executed) FILTER (WHERE appropriated IS NOT NULL) AS executed_of_appropriated,
         sum(appropriated) FILTER (WHERE executed IS NOT NULL) AS appropriated_of_executed
    FROM entry JOIN unnest(%(tiers)s::int[]) AS t (tier) ON t.tier >= effective_tier
   WHERE slice = ANY(%(slices)s) AND (%(keys)s::bigint[] IS NULL OR key = ANY(%(keys)s::bigint[]))
   GROUP BY strategy_id, t.tier, slice, key, fiscal_year
)
SELECT strategy_id, tier, slice, key, fiscal_year,
       to_jsonb(total) - ARRAY['strategy_id', 'tier', 'slice', 'key', 'fiscal_year'] AS cells
  FROM total
