-- Contributions added up to every slice that counts them. {source}: contributions, or what they changed by.
by_node AS (
  SELECT strategy_id, tier, task_id, path, region_id, technology_id, {summed_with_lost}
    FROM {source} GROUP BY strategy_id, tier, task_id, path, region_id, technology_id
), by_place AS (
  SELECT strategy_id, tier, task_id, region_id, technology_id, {summed_with_lost}
    FROM by_node GROUP BY strategy_id, tier, task_id, region_id, technology_id
), by_ministry AS (
  SELECT strategy_id, tier, task_id, ministry_id, {summed_with_lost}
    FROM {source} GROUP BY strategy_id, tier, task_id, ministry_id
), entry AS (
  SELECT strategy_id, tier, s.slice, s.key, s.second_key, {values}, lost_due FROM by_ministry CROSS JOIN LATERAL (VALUES {ministry_slices}) AS s (slice, key, second_key)
  UNION ALL
  SELECT strategy_id, tier, s.slice, s.key, s.second_key, {values}, lost_due FROM by_place CROSS JOIN LATERAL (VALUES {place_slices}) AS s (slice, key, second_key)
  UNION ALL
  SELECT strategy_id, tier, 'measure', up.id, 0, {values}, lost_due FROM by_node CROSS JOIN LATERAL unnest(path) AS up (id)
), total AS (
  SELECT strategy_id, tier, slice, key, second_key, {total}
    FROM entry WHERE key <> 0 OR slice NOT IN ('task', 'task_ministry', 'task_region')
   GROUP BY strategy_id, tier, slice, key, second_key
)
