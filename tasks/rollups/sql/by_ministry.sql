-- What the slices of ministries add to `entry` of totals.sql.
  UNION ALL
  SELECT strategy_id, tier, s.slice, s.key, s.second_key, {values}, lost_due
    FROM (
      SELECT strategy_id, tier, task_id, ministry_id, {summed}
        FROM (SELECT strategy_id, tier, task_id, ministry_id, {values}, lost_due FROM part WHERE measure_id IS NULL
              UNION ALL
              SELECT strategy_id, tier, task_id, ministry_id, {own_values}, NULL, NULL FROM own o) AS rows
       GROUP BY strategy_id, tier, task_id, ministry_id
    ) AS by_ministry CROSS JOIN LATERAL (VALUES {ministry_slices}) AS s (slice, key, second_key)
