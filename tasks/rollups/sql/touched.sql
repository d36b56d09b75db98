-- What waiting changes touch: the topmost nodes from which units are shared out anew, and the nodes whose
-- contributions may differ. A dependency passes a change on to the successor's measure, and no further:
-- a light asks its predecessors' dates, not their lights. What is deleted stays named, so that it is taken away.
WITH root AS (
  SELECT 0 AS kind, s.id FROM tasks_strategy s WHERE s.id = ANY(%(strategy_shape)s)
  UNION ALL
  SELECT 1, t.id FROM tasks_strategictask t WHERE t.id = ANY(%(task_shape)s) AND t.strategy_id <> ALL(%(strategy_shape)s)
  UNION ALL
  SELECT 2, m.id FROM tasks_measure m JOIN tasks_strategictask t ON t.id = m.strategic_task_id
   WHERE m.id = ANY(%(measure_shape)s) AND NOT m.path[:m.depth - 1] && %(measure_shape)s
     AND t.id <> ALL(%(task_shape)s) AND t.strategy_id <> ALL(%(strategy_shape)s)
), task AS (
  SELECT unnest(%(task_shape)s || %(task_place)s) AS id
  UNION SELECT t.id FROM tasks_strategictask t WHERE t.strategy_id = ANY(%(strategy_shape)s)
), measure AS (
  SELECT unnest(%(measure_leaf)s || %(measure_place)s || %(measure_shape)s) AS id
  UNION SELECT m.id FROM tasks_measure m WHERE m.path && (%(measure_shape)s || %(measure_place)s)
  UNION SELECT m.id FROM tasks_measure m WHERE m.strategic_task_id IN (SELECT id FROM task)
  UNION SELECT x.measure_id FROM tasks_milestone x WHERE x.id = ANY(%(milestone_leaf)s)
), successor AS (
  SELECT x.measure_id AS id
    FROM measure m JOIN tasks_milestone p ON p.measure_id = m.id
    JOIN tasks_dependency d ON d.predecessor_id = p.id JOIN tasks_milestone x ON x.id = d.successor_id
)
SELECT ARRAY(SELECT kind FROM root ORDER BY kind, id), ARRAY(SELECT id FROM root ORDER BY kind, id),
       %(strategy_shape)s, ARRAY(SELECT id FROM task), ARRAY(SELECT id FROM measure UNION SELECT id FROM successor)
