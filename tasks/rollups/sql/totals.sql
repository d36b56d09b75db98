-- What milestones and nodes add to every slice that counts them. `sign` is 1 for what is counted now and -1 for what
-- was: then the totals are the differences.
{parts}, own AS (
  SELECT n.*, t.tier, t.kept
    FROM ({nodes}) n
   CROSS JOIN LATERAL (VALUES (1, n.public), (2, n.internal), (3, n.restricted)) AS t (tier, kept)
   WHERE t.kept IS NOT NULL AND t.tier = ANY(%(tiers)s)
), by_node AS (
  SELECT o.strategy_id, o.tier, o.task_id, o.path, o.ministry_id, o.region_id, o.technology_id, {with_own}, s.next_due, s.lost_due
    FROM own o
    LEFT JOIN (SELECT measure_id, sign, tier, {summed} FROM part WHERE measure_id IS NOT NULL GROUP BY measure_id, sign, tier) s
      ON s.measure_id = o.node_id AND o.kind = 2 AND s.sign = o.sign AND s.tier = o.tier
), by_parent AS (
  SELECT strategy_id, tier, path[:cardinality(path) - 1] AS above, {summed}
    FROM by_node WHERE cardinality(path) > 1 GROUP BY strategy_id, tier, above
), by_place AS (
  SELECT strategy_id, tier, task_id, region_id, technology_id, {summed}
    FROM by_node GROUP BY strategy_id, tier, task_id, region_id, technology_id
), entry AS (
  SELECT strategy_id, tier, s.slice, s.key, s.second_key, {values}, lost_due
    FROM by_place CROSS JOIN LATERAL (VALUES {place_slices}) AS s (slice, key, second_key)
  {by_ministry}
  UNION ALL
  SELECT strategy_id, tier, 'measure', path[cardinality(path)], 0, {values}, lost_due FROM by_node WHERE path <> '{}'
  UNION ALL
  SELECT strategy_id, tier, 'measure', up.id, 0, {values}, lost_due FROM by_parent CROSS JOIN LATERAL unnest(above) AS up (id)
), total AS (
  SELECT strategy_id, tier, slice, key, second_key, {total}
    FROM entry WHERE key <> 0 OR slice NOT IN ('task', 'task_ministry', 'task_region')
   GROUP BY strategy_id, tier, slice, key, second_key
)
