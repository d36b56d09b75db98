-- What milestones and nodes add to every slice that counts them, in each tier. `sign` is 1 for what is counted now
-- and -1 for what was: then the totals are the differences. Each milestone is worked out once for all tiers:
-- {wide} are their sums side by side, {tall} lays them out one below the other.
counted_node AS {kept} (
  {nodes}
), step AS (
  SELECT r.sign, r.measure_id, n.strategy_id, n.task_id, r.ministry_id, r.effective_tier, r.state, r.light,
         CASE WHEN r.light IN ('due_soon', 'on_track') THEN r.blocked_from END AS blocked_from,
         r.progress_bp::bigint AS done,
         CASE WHEN r.baseline_due IS NULL THEN NULL
              WHEN %(day)s::date >= r.baseline_due THEN 10000
              WHEN r.baseline_start IS NULL OR r.baseline_start >= r.baseline_due OR %(day)s::date <= r.baseline_start THEN 0
              ELSE 10000::bigint * (%(day)s::date - r.baseline_start) / (r.baseline_due - r.baseline_start) END::bigint AS plan,
         r.light = 'overdue' AS is_overdue,
         r.state <> 'completed' AND (r.state IN ('in_progress', 'suspended') OR r.baseline_start <= %(day)s::date
                                     OR r.current_due <= %(day)s::date) AS is_expected,
         r.reported_on BETWEEN %(month_start)s::date AND %(month_end)s::date AS is_recent,
         (coalesce(r.completed_on, r.forecast) - r.baseline_due)::bigint AS slip_days,
         CASE WHEN r.sign > 0 AND r.state <> 'completed' AND r.current_due >= %(day)s::date THEN r.current_due END AS next_due,
         CASE WHEN r.sign < 0 AND r.state <> 'completed' AND r.current_due >= %(day)s::date THEN r.current_due END AS lost_due,
         r.sign * r.public AS units_1, r.sign * r.internal AS units_2, r.sign * r.restricted AS units_3
    FROM ({milestones}) r JOIN counted_node n ON n.node_id = r.measure_id AND n.kind = 2 AND n.sign = r.sign
  OFFSET 0  -- else the planner would work out each expression again for every sum that uses it
), grouped AS (
  SELECT measure_id, sign, strategy_id, task_id, ministry_id, effective_tier, blocked_from,
         {counts}, {wide}, min(next_due) AS next_due, min(lost_due) AS lost_due
    FROM step
   GROUP BY GROUPING SETS ({groupings})
), part AS (
  SELECT g.measure_id, g.sign, g.strategy_id, g.task_id, g.ministry_id, t.tier, 0 AS nodes, {sums_of_t}, {counts_of_g},
         g.next_due, g.lost_due
    FROM grouped g CROSS JOIN LATERAL (VALUES {tall}) AS t (tier, {sums})
   WHERE t.tier >= g.effective_tier
), own AS (
  SELECT n.*, t.tier, n.sign AS nodes, n.sign * t.kept AS share, n.sign * t.kept AS unplanned, {zeros}, NULL::date AS next_due, NULL::date AS lost_due
    FROM counted_node n
   CROSS JOIN LATERAL (VALUES (1, n.public), (2, n.internal), (3, n.restricted)) AS t (tier, kept)
   WHERE t.kept IS NOT NULL AND t.tier = ANY(%(tiers)s)
), by_node AS (
  SELECT n.strategy_id, s.tier, n.task_id, n.path, n.region_id, n.technology_id, {values}, s.lost_due
    FROM (
      SELECT node_id, kind, sign, tier, {summed}
        FROM (SELECT measure_id AS node_id, 2 AS kind, sign, tier, {values}, lost_due FROM part WHERE measure_id IS NOT NULL
              UNION ALL
              SELECT node_id, kind, sign, tier, {values}, lost_due FROM own) AS rows
       GROUP BY node_id, kind, sign, tier
    ) AS s JOIN counted_node n USING (node_id, kind, sign)
), by_place AS (
  SELECT strategy_id, tier, task_id, region_id, technology_id, {summed}
    FROM by_node GROUP BY strategy_id, tier, task_id, region_id, technology_id
), by_ministry AS (
  SELECT strategy_id, tier, task_id, ministry_id, {summed}
    FROM (SELECT strategy_id, tier, task_id, ministry_id, {values}, lost_due FROM part WHERE measure_id IS NULL
          UNION ALL
          SELECT strategy_id, tier, task_id, ministry_id, {values}, lost_due FROM own) AS rows
   GROUP BY strategy_id, tier, task_id, ministry_id
), entry AS (
  SELECT strategy_id, tier, s.slice, s.key, s.second_key, {values}, lost_due
    FROM by_ministry CROSS JOIN LATERAL (VALUES {ministry_slices}) AS s (slice, key, second_key)
  UNION ALL
  SELECT strategy_id, tier, s.slice, s.key, s.second_key, {values}, lost_due
    FROM by_place CROSS JOIN LATERAL (VALUES {place_slices}) AS s (slice, key, second_key)
  UNION ALL
  SELECT strategy_id, tier, 'measure', up.id, 0, {values}, lost_due FROM by_node CROSS JOIN LATERAL unnest(path) AS up (id)
), total AS (
  SELECT strategy_id, tier, slice, key, second_key, {total}
    FROM entry WHERE key <> 0 OR slice NOT IN ('task', 'task_ministry', 'task_region')
   GROUP BY strategy_id, tier, slice, key, second_key
)
