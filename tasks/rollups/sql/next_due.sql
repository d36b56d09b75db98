-- The earliest due date of figures whose earliest went away, from what still stands in them.
UPDATE tasks_figure f SET next_due =
  CASE WHEN f.slice = 'measure' THEN
    (SELECT min(c.current_due) FROM tasks_measure m JOIN tasks_countedmilestone c ON c.measure_id = m.id
      WHERE m.path @> ARRAY[f.key] AND c.effective_tier <= f.tier AND c.state <> 'completed' AND c.current_due >= %(day)s)
  ELSE
    (SELECT c.current_due FROM tasks_countedmilestone c JOIN tasks_countednode n ON n.node_id = c.measure_id AND n.kind = 2
      WHERE n.strategy_id = f.strategy_id AND c.effective_tier <= f.tier AND c.state <> 'completed' AND c.current_due >= %(day)s
        AND CASE f.slice {cases} END
      ORDER BY c.current_due LIMIT 1)
  END
 WHERE f.id = ANY(%(ids)s)
