-- Milestones that count differently now, brought into the counted copy; {moved}: whose measure has moved.
differing AS MATERIALIZED (
  SELECT milestone_id, {m_facts}, {light} AS light, m.milestone_id IS NOT NULL AS stands,
         CASE WHEN m.is_shared THEN m.public ELSE b.public END AS public,
         CASE WHEN m.is_shared THEN m.internal ELSE b.internal END AS internal,
         CASE WHEN m.is_shared THEN m.restricted ELSE b.restricted END AS restricted,
         m.milestone_id IS NULL OR m.is_shared OR ({m_facts}) IS DISTINCT FROM ({b_facts}) AS is_changed
    FROM milestone m FULL JOIN (SELECT * FROM tasks_countedmilestone b WHERE {of_milestones}) b USING (milestone_id)
   WHERE m.milestone_id IS NULL OR m.is_shared
      OR b.milestone_id IS NOT NULL AND (({m_facts}) IS DISTINCT FROM ({b_facts}) OR {moved})
), milestone_written AS (
  INSERT INTO tasks_countedmilestone ({columns})
  SELECT {columns} FROM differing WHERE stands AND is_changed
   ORDER BY measure_id, milestone_id  -- the milestones of a measure lie side by side on disk
  ON CONFLICT (milestone_id) DO UPDATE SET {assignments}
  RETURNING 1
), milestone_removed AS (
  DELETE FROM tasks_countedmilestone WHERE milestone_id IN (SELECT milestone_id FROM differing WHERE NOT stands)
  RETURNING 1
)
