-- What is to be counted, as the rows say now: milestones with their units, and nodes with the place that their
-- milestones inherit and the units that they keep themselves (null: the node is not in the tier).
WITH blocked AS MATERIALIZED (
  {blocked}
), milestone AS MATERIALIZED (
  SELECT x.id AS milestone_id, x.measure_id, coalesce(x.responsible_ministry_id, 0) AS ministry_id, x.effective_tier, x.state,
         x.progress_bp, x.baseline_start, x.baseline_due, x.current_due, x.forecast, x.completed_on, x.reported_on,
         b.seen_from AS blocked_from, s.public, s.internal, s.restricted, x.weight > 0 AS weighs, x.light
    FROM ({milestones}) x
    JOIN tasks_share s ON s.node_id = x.id AND s.kind = 3
    LEFT JOIN blocked b ON b.successor_id = x.id
), passing AS (
  SELECT measure_id, min(effective_tier) AS tier FROM milestone WHERE weighs GROUP BY measure_id
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
  SELECT m.id, 2, t.strategy_id, t.id, m.path, coalesce(m.ministry_id, t.lead_ministry_id, 0), coalesce(m.region_id, 0),
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
), node AS MATERIALIZED (
  SELECT p.node_id, p.kind, p.strategy_id, p.task_id, p.path, p.ministry_id, p.region_id, p.technology_id,
         CASE WHEN p.passes_from <= 1 THEN least(s.public, 0) ELSE s.public END AS public,
         CASE WHEN p.passes_from <= 2 THEN least(s.internal, 0) ELSE s.internal END AS internal,
         CASE WHEN p.passes_from <= 3 THEN least(s.restricted, 0) ELSE s.restricted END AS restricted
    FROM place p JOIN tasks_share s ON s.node_id = p.node_id AND s.kind = p.kind
), node_before AS MATERIALIZED (
  SELECT * FROM tasks_countednode b WHERE {nodes_before}
), moved_measure AS (
  SELECT n.node_id FROM node n JOIN node_before b USING (node_id, kind)
   WHERE kind = 2 AND ({n_place}) IS DISTINCT FROM ({b_place})
), differing AS MATERIALIZED (
  SELECT milestone_id, {m_columns}, m.light, m.milestone_id IS NOT NULL AS stands,
         m.milestone_id IS NULL OR b.milestone_id IS NULL OR ({m_columns}) IS DISTINCT FROM ({b_columns}) AS is_changed
    FROM milestone m FULL JOIN (SELECT * FROM tasks_countedmilestone b WHERE {milestones_before}) b USING (milestone_id)
   WHERE m.milestone_id IS NULL OR b.milestone_id IS NULL OR ({m_columns}) IS DISTINCT FROM ({b_columns})
      OR m.measure_id IN (SELECT node_id FROM moved_measure)
), milestone_written AS (
  INSERT INTO tasks_countedmilestone (milestone_id, {milestone_columns})
  SELECT milestone_id, {milestone_columns} FROM differing WHERE stands AND is_changed
   ORDER BY measure_id, milestone_id  -- the milestones of a measure lie side by side on disk
  ON CONFLICT (milestone_id) DO UPDATE SET {milestone_assignments}
  RETURNING 1
), milestone_removed AS (
  DELETE FROM tasks_countedmilestone WHERE milestone_id IN (SELECT milestone_id FROM differing WHERE NOT stands)
  RETURNING 1
), node_written AS (
  INSERT INTO tasks_countednode ({node_columns})
  SELECT {n_columns} FROM node n LEFT JOIN node_before b USING (node_id, kind)
   WHERE b.node_id IS NULL OR ({n_columns}) IS DISTINCT FROM ({nb_columns})
  ON CONFLICT (node_id, kind) DO UPDATE SET {node_assignments}
  RETURNING 1
), node_removed AS (
  DELETE FROM tasks_countednode b
   WHERE {nodes_before} AND NOT EXISTS (SELECT 1 FROM node n WHERE n.node_id = b.node_id AND n.kind = b.kind)
  RETURNING 1
)
