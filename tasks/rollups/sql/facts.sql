-- Milestones as the rows say now. Units stand in the counted copy alone; those that have just been shared out anew are
-- taken from tasks_newshare.
shared AS (
  DELETE FROM tasks_newshare RETURNING *
), milestone AS {kept} (
  SELECT c.id AS milestone_id, c.measure_id, coalesce(c.responsible_ministry_id, 0) AS ministry_id, c.effective_tier, c.state,
         c.progress_bp, c.baseline_start, c.baseline_due, c.current_due, c.forecast, c.completed_on, c.reported_on, c.weight > 0 AS weighs,
         s.milestone_id IS NOT NULL AS is_shared, s.public, s.internal, s.restricted{more}
    FROM ({milestones}) c LEFT JOIN shared s ON s.milestone_id = c.id {late}
)
