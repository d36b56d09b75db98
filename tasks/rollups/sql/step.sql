-- The tree of one step on the way from a state (a) to another (b): what stands in it, where, with which weight, in whose
-- charge, as reported and as planned. Each part is taken from one of the two; a node that is in one alone is that one's
-- and comes or goes with its step. What hangs on nothing in this mixture does not stand.
WITH RECURSIVE task AS (
  INSERT INTO tasks_strategictask (id, strategy_id, weight, lead_ministry_id)
  SELECT id, coalesce(a.strategy_id, b.strategy_id), {weight}, {lead_ministry_id} FROM {first}_task a FULL JOIN b_task b USING (id) WHERE {stands}
  RETURNING id
), candidate AS MATERIALIZED (
  -- Below a measure that is yet to come a node stays where it was.
  SELECT id, CASE WHEN {is_moved} THEN b.parent_id ELSE a.parent_id END AS parent_id,
         CASE WHEN {is_moved} THEN b.strategic_task_id ELSE a.strategic_task_id END AS strategic_task_id,
         {weight} AS weight, {lead_ministry_id} AS lead_ministry_id, {region_id} AS region_id, {technology_id} AS technology_id,
         coalesce(b.tier, a.tier) AS tier
    FROM {first}_measure a FULL JOIN b_measure b USING (id) WHERE {stands}
), measure AS (
  SELECT c.id, c.parent_id, c.strategic_task_id, c.weight, c.lead_ministry_id, c.region_id, c.technology_id, c.tier, ARRAY[c.id] AS path
    FROM candidate c JOIN task t ON t.id = c.strategic_task_id WHERE c.parent_id IS NULL
  UNION ALL
  SELECT c.id, c.parent_id, m.strategic_task_id, c.weight, c.lead_ministry_id, c.region_id, c.technology_id, greatest(c.tier, m.tier), m.path || c.id
    FROM measure m JOIN candidate c ON c.parent_id = m.id WHERE cardinality(m.path) < {max_depth}
), measures AS (
  INSERT INTO tasks_measure
    (id, parent_id, strategic_task_id, weight, lead_ministry_id, region_id, technology_id, effective_tier, path, in_scope)
  SELECT *, true FROM measure
  RETURNING 1
), milestone AS (
  SELECT id, CASE WHEN {is_moved} THEN b.parent_id ELSE a.parent_id END AS measure_id,
         coalesce(b.tier, a.tier) AS tier, {milestone_values}
    FROM {first}_milestone a FULL JOIN b_milestone b USING (id) WHERE {stands}
)
INSERT INTO tasks_milestone (id, measure_id, effective_tier, in_scope, {milestone_columns})
SELECT x.id, x.measure_id, greatest(x.tier, m.tier), true, {x_milestone_columns} FROM milestone x JOIN measure m ON m.id = x.measure_id
