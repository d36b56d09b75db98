-- Differences of the totals, added to the figures above. `moved` follows `total`.
moved AS (
  SELECT * FROM total WHERE ({totals_only}) <> ({no_totals}) OR next_due IS DISTINCT FROM lost_due
), updated AS (
  UPDATE tasks_figure f SET {additions}, version = f.version + 1, computed_at = clock_timestamp(),
         next_due = CASE WHEN m.lost_due = f.next_due AND coalesce(m.next_due > m.lost_due, true) THEN NULL
                         ELSE least(f.next_due, m.next_due) END
    FROM moved m
   WHERE (f.strategy_id, f.tier, f.slice, f.key, f.second_key) = (m.strategy_id, m.tier, m.slice, m.key, m.second_key)
  RETURNING f.strategy_id, f.tier, f.slice, f.key, f.second_key, f.id, f.next_due IS NULL AND m.lost_due IS NOT NULL AS lost_due, NOT ({f_stands}) AS is_empty
), inserted AS (
  INSERT INTO tasks_figure (strategy_id, tier, slice, key, second_key, {totals}, version, computed_at)
  SELECT strategy_id, tier, slice, key, second_key, {totals}, 1, clock_timestamp() FROM moved m
   WHERE NOT EXISTS (SELECT 1 FROM updated f
                      WHERE (f.strategy_id, f.tier, f.slice, f.key, f.second_key) = (m.strategy_id, m.tier, m.slice, m.key, m.second_key))
)
SELECT coalesce(array_agg(id) FILTER (WHERE lost_due AND NOT is_empty), '{}'), coalesce(array_agg(id) FILTER (WHERE is_empty), '{}') FROM updated
