-- The totals themselves, put in the place of the stored figures; how many rows of nodes, and how many figures, were
-- different.
wanted AS MATERIALIZED (
  SELECT * FROM total WHERE {stands}
), outdated AS MATERIALIZED (
  SELECT f.id, strategy_id, tier, slice, key, second_key, {w_totals}
    FROM (SELECT * FROM tasks_figure WHERE tier = ANY(%(tiers)s) AND slice = ANY(%(slices)s)) f
    FULL JOIN wanted w USING (strategy_id, tier, slice, key, second_key)
   WHERE f.id IS NULL OR w.nodes IS NULL OR ({f_totals}) IS DISTINCT FROM ({w_totals})
), updated AS (
  UPDATE tasks_figure f SET {replacements}, version = f.version + 1, computed_at = clock_timestamp()
    FROM outdated w WHERE w.id = f.id AND w.nodes IS NOT NULL
), inserted AS (
  INSERT INTO tasks_figure (strategy_id, tier, slice, key, second_key, {totals}, version, computed_at)
  SELECT strategy_id, tier, slice, key, second_key, {totals}, 1, clock_timestamp() FROM outdated WHERE id IS NULL
), removed AS (
  DELETE FROM tasks_figure WHERE id IN (SELECT id FROM outdated WHERE nodes IS NULL)
)
SELECT (SELECT count(*) FROM node_differing) + (SELECT count(*) FROM share_removed), (SELECT count(*) FROM outdated)
