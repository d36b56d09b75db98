-- The totals themselves, put in the place of the stored figures; how many rows were different.
wanted AS (
  SELECT * FROM total WHERE {stands}
), updated AS (
  UPDATE tasks_figure f SET {replacements}, version = f.version + 1, computed_at = clock_timestamp()
    FROM wanted w
   WHERE (f.strategy_id, f.tier, f.slice, f.key, f.second_key) = (w.strategy_id, w.tier, w.slice, w.key, w.second_key)
     AND ({f_totals}) IS DISTINCT FROM ({w_totals})
  RETURNING 1
), inserted AS (
  INSERT INTO tasks_figure (strategy_id, tier, slice, key, second_key, {totals}, version, computed_at)
  SELECT w.strategy_id, w.tier, w.slice, w.key, w.second_key, {w_totals}, 1, clock_timestamp()
    FROM wanted w LEFT JOIN tasks_figure f USING (strategy_id, tier, slice, key, second_key)
   WHERE f.id IS NULL
  RETURNING 1
), removed AS (
  DELETE FROM tasks_figure f
   WHERE f.tier = ANY(%(tiers)s)
     AND NOT EXISTS (SELECT 1 FROM wanted w
                      WHERE (f.strategy_id, f.tier, f.slice, f.key, f.second_key) = (w.strategy_id, w.tier, w.slice, w.key, w.second_key))
  RETURNING 1
)
SELECT (SELECT count(*) FROM updated) + (SELECT count(*) FROM inserted) + (SELECT count(*) FROM removed)
