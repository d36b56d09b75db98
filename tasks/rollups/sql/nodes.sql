-- Nodes as the rows say now, with the place that their milestones inherit (of the nearest ancestor that names one) and
-- the units that they keep themselves (null: the node is not in the tier). `passing`: the lowest tier with a milestone
-- of positive weight.
passing AS (
  SELECT measure_id, min(effective_tier) AS tier FROM {passing} WHERE weighs GROUP BY measure_id
), below AS MATERIALIZED (
  SELECT m.parent_id, min(m.effective_tier) FILTER (WHERE m.in_scope AND m.weight > 0) AS tier
    FROM tasks_measure m WHERE m.parent_id IS NOT NULL AND {of_parents} GROUP BY m.parent_id
), ancestor AS {kept} (
  SELECT a.id, a.lead_ministry_id, a.region_id, a.technology_id FROM tasks_measure a {with_measures_below}
), place AS (
  SELECT s.id AS node_id, 0 AS kind, s.id AS strategy_id, 0::bigint AS task_id, '{}'::bigint[] AS path, 0::bigint AS ministry_id,
         0::bigint AS region_id, 0::bigint AS technology_id,
         (SELECT 1 FROM tasks_strategictask t WHERE t.strategy_id = s.id AND t.weight > 0 LIMIT 1) AS passes_from
    FROM tasks_strategy s WHERE {of_strategies}
  UNION ALL
  SELECT t.id, 1, t.strategy_id, t.id, '{}', coalesce(t.lead_ministry_id, 0), 0, 0,
         (SELECT min(m.effective_tier) FROM tasks_measure m
           WHERE m.strategic_task_id = t.id AND m.parent_id IS NULL AND m.in_scope AND m.weight > 0)
    FROM tasks_strategictask t WHERE {of_tasks}
  UNION ALL
  SELECT m.id, 2, t.strategy_id, t.id, m.path, coalesce(m.lead_ministry_id, {lead_ministries}, t.lead_ministry_id, 0),
         coalesce(m.region_id, {regions}, 0), coalesce(m.technology_id, {technologies}, 0), least(b.tier, p.tier)
    FROM tasks_measure m JOIN tasks_strategictask t ON t.id = m.strategic_task_id
    {ancestors}
    LEFT JOIN below b ON b.parent_id = m.id LEFT JOIN passing p ON p.measure_id = m.id
   WHERE {of_measures}
), node AS MATERIALIZED (
  SELECT p.node_id, p.kind, p.strategy_id, p.task_id, p.path, p.ministry_id, p.region_id, p.technology_id,
         CASE WHEN p.passes_from <= 1 THEN least(s.public, 0) ELSE s.public END AS public,
         CASE WHEN p.passes_from <= 2 THEN least(s.internal, 0) ELSE s.internal END AS internal,
         CASE WHEN p.passes_from <= 3 THEN least(s.restricted, 0) ELSE s.restricted END AS restricted
    FROM place p JOIN tasks_share s ON s.node_id = p.node_id AND s.kind = p.kind
), node_before AS {kept_before} (
  SELECT * FROM tasks_countednode b WHERE {of_nodes}
), node_differing AS MATERIALIZED (
  SELECT node_id, kind, {n_columns}, n.node_id IS NOT NULL AS stands
    FROM node n FULL JOIN node_before b USING (node_id, kind)
   WHERE n.node_id IS NULL OR b.node_id IS NULL OR ({n_columns}) IS DISTINCT FROM ({b_columns})
), node_written AS (
  INSERT INTO tasks_countednode (node_id, kind, {columns}) SELECT node_id, kind, {columns} FROM node_differing WHERE stands
  ON CONFLICT (node_id, kind) DO UPDATE SET {assignments}
  RETURNING 1
), node_removed AS (
  DELETE FROM tasks_countednode WHERE (node_id, kind) IN (SELECT node_id, kind FROM node_differing WHERE NOT stands)
  RETURNING 1
), share_removed AS (
  DELETE FROM tasks_share s
   WHERE {of_shares} AND NOT EXISTS (SELECT 1 FROM node n WHERE n.node_id = s.node_id AND n.kind = s.kind)
  RETURNING 1
)
