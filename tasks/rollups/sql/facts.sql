-- Milestones as the rows say now. Units stand in the counted copy alone; those that have just been shared out anew are
-- taken from tasks_newshare.
{shared}milestone AS {kept} (
  SELECT c.id AS milestone_id, c.measure_id, coalesce(c.responsible_ministry_id, 0) AS ministry_id, c.effective_tier, c.state,
         c.progress_bp, c.baseline_start, c.baseline_due, c.current_due, c.forecast, c.completed_on, c.reported_on, c.weight > 0 AS weighs,
         {is_shared} AS is_shared, {units}{more}
    FROM ({milestones}) c {with_shared} {late}
)
