-- Milestones that count as late by a predecessor in other tiers than they were counted with. What is counted has the facts
-- of the rows by now and is narrower; all of it is in scope. It is read once, for both ends of the dependencies and for
-- those that were late and wait on nothing any more.
WITH linked AS MATERIALIZED (
  SELECT milestone_id AS id, true AS in_scope, effective_tier, state, completed_on, forecast, current_due, blocked_from
    FROM tasks_countedmilestone
   WHERE blocked_from IS NOT NULL
      OR milestone_id IN (SELECT predecessor_id FROM tasks_dependency UNION ALL SELECT successor_id FROM tasks_dependency)
), late AS MATERIALIZED (
  WITH tasks_milestone AS NOT MATERIALIZED (SELECT * FROM linked)
  {late}
), outdated AS MATERIALIZED (
  SELECT c.id AS milestone_id, {blocked_from} AS blocked_from FROM linked c LEFT JOIN late l ON l.successor_id = c.id
   WHERE c.blocked_from IS DISTINCT FROM {blocked_from}
)
UPDATE tasks_countedmilestone c SET blocked_from = o.blocked_from FROM outdated o WHERE c.milestone_id = o.milestone_id
