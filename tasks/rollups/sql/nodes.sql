-- The nodes that exist in a tier (in scope and readable with all their ancestors, which the
-- columns in_scope and effective_tier say), with what they inherit. Parameters: strategy, tier.
CREATE TEMPORARY TABLE rollup_node ON COMMIT DROP AS
WITH RECURSIVE measure AS (
  SELECT m.id, m.weight, 't' AS parent_kind, t.id AS parent_id, t.id AS task_id, ARRAY[m.id] AS path,
         coalesce(m.lead_ministry_id, t.lead_ministry_id) AS ministry_id, m.region_id, m.technology_id
    FROM tasks_strategictask t JOIN tasks_measure m ON m.strategic_task_id = t.id AND m.parent_id IS NULL
   WHERE t.strategy_id = %(strategy)s AND m.in_scope AND m.effective_tier <= %(tier)s
  UNION ALL
  SELECT m.id, m.weight, 'm', p.id, p.task_id, p.path || m.id,
         coalesce(m.lead_ministry_id, p.ministry_id), coalesce(m.region_id, p.region_id),
         coalesce(m.technology_id, p.technology_id)
    FROM measure p JOIN tasks_measure m ON m.parent_id = p.id
   WHERE m.in_scope AND m.effective_tier <= %(tier)s
)
SELECT 's' AS kind, 0::bigint AS id, 1::bigint AS weight, '' AS parent_kind, 0::bigint AS parent_id, NULL::bigint AS task_id,
       '{}'::bigint[] AS path, NULL::bigint AS ministry_id, NULL::bigint AS region_id, NULL::bigint AS technology_id,
       0 AS level, %(units)s::bigint AS units
UNION ALL
SELECT 't', t.id, t.weight, 's', 0, t.id, '{}', t.lead_ministry_id, NULL, NULL, 1, 0
  FROM tasks_strategictask t WHERE t.strategy_id = %(strategy)s
UNION ALL
SELECT 'm', id, weight, parent_kind, parent_id, task_id, path, ministry_id, region_id, technology_id, 1 + cardinality(path), 0
  FROM measure
UNION ALL
SELECT 'x', x.id, x.weight, 'm', m.id, m.task_id, m.path, x.responsible_ministry_id, m.region_id, m.technology_id,
       2 + cardinality(m.path), 0
  FROM measure m JOIN tasks_milestone x ON x.measure_id = m.id
 WHERE x.in_scope AND x.effective_tier <= %(tier)s
