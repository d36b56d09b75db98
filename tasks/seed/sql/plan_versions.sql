-- The first plan version of every generated measure and milestone: what its own columns say. Parameters: strategy, since.
WITH measure AS (
  SELECT m.* FROM tasks_measure m JOIN tasks_strategictask t ON t.id = m.strategic_task_id WHERE t.strategy_id = %(strategy)s
)
INSERT INTO tasks_planversion
  (uuid, version, measure_id, milestone_id, effective_on, in_task_id, parent_id, weight, scope, tier, baseline_start, baseline_due, current_due,
   ministry_id, region_id, technology_id, reason, recorded_at, confidence, source, source_note)
SELECT gen_random_uuid(), 1, m.id, NULL, %(since)s::date, m.strategic_task_id, m.parent_id, m.weight, m.scope, m.tier, NULL::date, NULL::date, NULL::date,
       m.lead_ministry_id, m.region_id, m.technology_id, '', now(), m.confidence, m.source, ''
  FROM measure m
UNION ALL
SELECT gen_random_uuid(), 1, NULL, x.id, %(since)s::date, NULL, x.measure_id, x.weight, 'in_scope', x.tier, x.baseline_start, x.baseline_due,
       x.current_due, x.responsible_ministry_id, NULL, NULL, '', now(), x.confidence, x.source, ''
  FROM measure m JOIN tasks_milestone x ON x.measure_id = m.id
