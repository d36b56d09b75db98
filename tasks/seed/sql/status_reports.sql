-- The accepted report behind every generated milestone that is no longer planned. Parameters: strategy.
INSERT INTO tasks_statusreport
  (uuid, version, milestone_id, ministry_id, status, effective_on, verb, from_state, state, progress_bp, forecast, started_on,
   completed_on, completed_precision, result, next_plan, issues, reason, created_at, submitted_at, accepted_at,
   confidence, source, source_note)
SELECT gen_random_uuid(), 1, x.id, x.responsible_ministry_id, 'accepted', x.reported_on,
       CASE x.state WHEN 'completed' THEN 'complete' WHEN 'suspended' THEN 'suspend' ELSE 'start' END,
       'planned', x.state, x.progress_bp, x.forecast, x.started_on, x.completed_on, 'day', x.source, '', '',
       CASE x.state WHEN 'suspended' THEN x.source ELSE '' END, now(), now(), now(), x.confidence, x.source, ''
  FROM tasks_strategictask t
  JOIN tasks_measure m ON m.strategic_task_id = t.id
  JOIN tasks_milestone x ON x.measure_id = m.id
 WHERE t.strategy_id = %(strategy)s AND x.state <> 'planned'
