-- Milestones that count as late by a predecessor in other tiers than they were counted with: of the open ones that are
-- not due yet, for only those can be (the others that were, wait on nothing or are not open any more). What is counted
-- has the facts of the rows by now and is narrower; all of it is in scope. It is read once; predecessors are looked up.
WITH waiting AS MATERIALIZED (
  SELECT milestone_id, current_due, blocked_from, {is_open} AS is_open
    FROM tasks_countedmilestone
   WHERE blocked_from IS NOT NULL OR {is_open} AND milestone_id IN (SELECT successor_id FROM tasks_dependency)
), link AS MATERIALIZED (
  SELECT d.* FROM tasks_dependency d JOIN waiting w ON w.milestone_id = d.successor_id WHERE w.is_open
), predecessor AS MATERIALIZED (
  -- OFFSET 0: one by one, as they are few; the planner takes them for many.
  SELECT c.* FROM (SELECT DISTINCT predecessor_id FROM link) l
   CROSS JOIN LATERAL (
     SELECT milestone_id AS id, true AS in_scope, effective_tier, state, completed_on, forecast, current_due
       FROM tasks_countedmilestone WHERE milestone_id = l.predecessor_id OFFSET 0) c
), late AS MATERIALIZED (
  WITH tasks_dependency AS NOT MATERIALIZED (SELECT * FROM link), tasks_milestone AS NOT MATERIALIZED (SELECT * FROM predecessor)
  {late}
), outdated AS MATERIALIZED (
  SELECT c.milestone_id, {blocked_from} AS blocked_from FROM waiting c LEFT JOIN late l ON l.successor_id = c.milestone_id
   WHERE c.blocked_from IS DISTINCT FROM {blocked_from}
)
UPDATE tasks_countedmilestone c SET blocked_from = o.blocked_from FROM outdated o WHERE c.milestone_id = o.milestone_id
