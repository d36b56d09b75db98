-- What the milestones of a measure, by ministry, and each node itself add to the figures in each tier ("fresh"),
-- against what is stored of the same nodes; what differs is written. Everything is grouped once for all tiers:
-- {wide} are the sums of each tier side by side, {tall} lays them out one below the other.
WITH blocked AS MATERIALIZED (
  {blocked}
), step AS (
  SELECT x.measure_id, coalesce(x.responsible_ministry_id, 0) AS ministry_id, x.effective_tier, x.state, x.light,
         CASE WHEN x.light IN ('due_soon', 'on_track') THEN b.seen_from END AS blocked_from,
         x.light = 'overdue' AS is_overdue, x.weight > 0 AS weighs, x.progress_bp::bigint AS done,
         CASE WHEN x.baseline_due IS NULL THEN NULL
              WHEN %(day)s::date >= x.baseline_due THEN 10000
              WHEN x.baseline_start IS NULL OR x.baseline_start >= x.baseline_due OR %(day)s::date <= x.baseline_start THEN 0
              ELSE 10000::bigint * (%(day)s::date - x.baseline_start) / (x.baseline_due - x.baseline_start) END::bigint AS plan,
         x.state <> 'completed' AND (x.state IN ('in_progress', 'suspended') OR x.baseline_start <= %(day)s::date
                                     OR x.current_due <= %(day)s::date) AS is_expected,
         date_trunc('month', x.reported_on::timestamp) = date_trunc('month', %(day)s::timestamp) AS is_recent,
         (coalesce(x.completed_on, x.forecast) - x.baseline_due)::bigint AS slip_days,
         CASE WHEN x.state <> 'completed' AND x.current_due >= %(day)s::date THEN x.current_due END AS next_due,
         s.public AS units_1, s.internal AS units_2, s.restricted AS units_3
    FROM ({milestones}) x
    JOIN tasks_share s ON s.node_id = x.id AND s.kind = 3
    LEFT JOIN blocked b ON b.successor_id = x.id
  OFFSET 0  -- else the planner would work out each expression again for every sum that uses it
), grouped AS (
  SELECT measure_id, ministry_id, effective_tier, blocked_from, bool_or(weighs) AS weighs, min(next_due) AS next_due,
         {counts}, {wide}
    FROM step GROUP BY measure_id, ministry_id, effective_tier, blocked_from
), passing AS (
  SELECT measure_id, min(effective_tier) AS tier FROM grouped WHERE weighs GROUP BY measure_id
), node AS (
  SELECT 0 AS kind, s.id, s.id AS strategy_id, 0::bigint AS task_id, '{}'::bigint[] AS path, 0::bigint AS ministry_id,
         0::bigint AS region_id, 0::bigint AS technology_id,
         (SELECT 1 FROM tasks_strategictask t WHERE t.strategy_id = s.id AND t.weight > 0 LIMIT 1) AS passes_from
    FROM tasks_strategy s WHERE {of_strategies}
  UNION ALL
  SELECT 1, t.id, t.strategy_id, t.id, '{}', coalesce(t.lead_ministry_id, 0), 0, 0,
         (SELECT min(m.effective_tier) FROM tasks_measure m
           WHERE m.strategic_task_id = t.id AND m.parent_id IS NULL AND m.in_scope AND m.weight > 0)
    FROM tasks_strategictask t WHERE {of_tasks}
  UNION ALL
  SELECT 2, m.id, t.strategy_id, t.id, m.path, coalesce(m.ministry_id, t.lead_ministry_id, 0), coalesce(m.region_id, 0),
         coalesce(m.technology_id, 0), least(m.passes_from, p.tier)
    FROM (
      -- The nearest ancestor that names one: the largest (depth, id).
      SELECT m.id, m.strategic_task_id, m.path,
             (max(ARRAY[a.depth, a.lead_ministry_id]) FILTER (WHERE a.lead_ministry_id IS NOT NULL))[2] AS ministry_id,
             (max(ARRAY[a.depth, a.region_id]) FILTER (WHERE a.region_id IS NOT NULL))[2] AS region_id,
             (max(ARRAY[a.depth, a.technology_id]) FILTER (WHERE a.technology_id IS NOT NULL))[2] AS technology_id,
             (SELECT min(c.effective_tier) FROM tasks_measure c WHERE c.parent_id = m.id AND c.in_scope AND c.weight > 0) AS passes_from
        FROM tasks_measure m CROSS JOIN LATERAL unnest(m.path) AS up (id) JOIN tasks_measure a ON a.id = up.id
       WHERE {of_measures}
       GROUP BY m.id
    ) m JOIN tasks_strategictask t ON t.id = m.strategic_task_id LEFT JOIN passing p ON p.measure_id = m.id
), part AS (
  SELECT 2 AS kind, g.measure_id AS node_id, t.tier, g.ministry_id, 0 AS nodes, {sums_of_t},
         g.state_planned, g.state_in_progress, g.state_completed, g.state_suspended, g.light_overdue,
         g.light_at_risk + CASE WHEN g.blocked_from <= t.tier THEN g.light_due_soon + g.light_on_track ELSE 0 END AS light_at_risk,
         CASE WHEN g.blocked_from <= t.tier THEN 0 ELSE g.light_due_soon END AS light_due_soon,
         CASE WHEN g.blocked_from <= t.tier THEN 0 ELSE g.light_on_track END AS light_on_track,
         g.next_due
    FROM grouped g CROSS JOIN LATERAL (VALUES {tall}) AS t (tier, {sums})
   WHERE t.tier >= g.effective_tier
  UNION ALL
  SELECT n.kind, n.id, t.tier, n.ministry_id, 1, k.kept, k.kept, {zeros}, NULL
    FROM node n JOIN tasks_share s ON s.node_id = n.id AND s.kind = n.kind
   CROSS JOIN LATERAL (VALUES (1, s.public), (2, s.internal), (3, s.restricted)) AS t (tier, units)
   CROSS JOIN LATERAL (SELECT CASE WHEN n.passes_from <= t.tier THEN 0 ELSE t.units END AS kept) k
   WHERE t.units IS NOT NULL
), fresh AS (
  SELECT p.*, n.strategy_id, n.task_id, n.path, n.region_id, n.technology_id
    FROM (SELECT node_id, kind, tier, ministry_id, {summed} FROM part WHERE tier = ANY(%(tiers)s) GROUP BY node_id, kind, tier, ministry_id) p
    JOIN node n ON n.kind = p.kind AND n.id = p.node_id
), stored AS (
  SELECT * FROM tasks_contribution c WHERE {stored} AND tier = ANY(%(tiers)s)
), changed AS (
  SELECT f.* FROM fresh f LEFT JOIN stored o USING (node_id, kind, tier, ministry_id)
   WHERE o.node_id IS NULL OR ({o_columns}) IS DISTINCT FROM ({f_columns})
), gone AS (
  SELECT o.* FROM stored o LEFT JOIN changed c USING (node_id, kind, tier, ministry_id)
   WHERE c.node_id IS NOT NULL
      OR NOT EXISTS (SELECT 1 FROM fresh f WHERE (f.node_id, f.kind, f.tier, f.ministry_id) = (o.node_id, o.kind, o.tier, o.ministry_id))
), written AS (
  INSERT INTO tasks_contribution AS c (node_id, kind, tier, ministry_id, {columns})
  SELECT node_id, kind, tier, ministry_id, {columns} FROM changed
  ON CONFLICT (node_id, kind, tier, ministry_id) DO UPDATE SET {assignments}
  RETURNING 1
), removed AS (
  DELETE FROM tasks_contribution c USING gone g
   WHERE (c.node_id, c.kind, c.tier, c.ministry_id) = (g.node_id, g.kind, g.tier, g.ministry_id)
     AND NOT EXISTS (SELECT 1 FROM changed n WHERE (n.node_id, n.kind, n.tier, n.ministry_id) = (g.node_id, g.kind, g.tier, g.ministry_id))
  RETURNING 1
)
