-- The earliest due date of figures whose earliest went away, from what still stands in them.
UPDATE tasks_figure f SET next_due =
  CASE WHEN f.slice = 'measure' THEN
    (SELECT min(c.next_due) FROM tasks_measure m JOIN tasks_contribution c ON c.node_id = m.id AND c.kind = 2 AND c.tier = f.tier
      WHERE m.path @> ARRAY[f.key])
  ELSE
    (SELECT c.next_due FROM tasks_contribution c
      WHERE c.strategy_id = f.strategy_id AND c.tier = f.tier AND c.next_due IS NOT NULL AND CASE f.slice {cases} END
      ORDER BY c.next_due LIMIT 1)
  END
 WHERE f.id = ANY(%(ids)s)
