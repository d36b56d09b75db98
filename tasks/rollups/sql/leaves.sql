-- What every leaf adds: a milestone under each heading that applies to it on the day, or the
-- unplanned units of a node without a child of positive weight. {lights}: milestone id and light.
CREATE TEMPORARY TABLE rollup_leaf ON COMMIT DROP AS
WITH light AS ({lights}), milestone AS (
  SELECT n.task_id, n.path, n.ministry_id, n.region_id, n.technology_id, n.units, x.state, l.light,
         x.progress_bp::bigint AS done, x.baseline_due IS NULL AS is_undated, x.current_due,
         CASE WHEN x.baseline_due IS NULL THEN NULL
              WHEN %(day)s >= x.baseline_due THEN 10000
              WHEN x.baseline_start IS NULL OR x.baseline_start >= x.baseline_due OR %(day)s <= x.baseline_start THEN 0
              ELSE 10000 * (%(day)s - x.baseline_start) / (x.baseline_due - x.baseline_start) END::bigint AS plan,
         x.state NOT IN ('completed', 'cancelled')
           AND (x.state IN ('in_progress', 'suspended') OR coalesce(x.baseline_start <= %(day)s, false)
                OR coalesce(x.current_due <= %(day)s, false)) AS is_expected,
         coalesce(date_trunc('month', x.reported_on::timestamp) = date_trunc('month', %(day)s::timestamp), false) AS is_recent,
         coalesce(x.completed_on, x.forecast) - x.baseline_due AS slip_days
    FROM rollup_node n JOIN tasks_milestone x ON x.id = n.id LEFT JOIN light l ON l.id = x.id
   WHERE n.kind = 'x'
)
SELECT task_id, path, ministry_id, region_id, technology_id, state::text, light::text,
       CASE WHEN state <> 'completed' AND current_due >= %(day)s THEN current_due END AS next_due,
       units AS share, 0::bigint AS unplanned,
       CASE WHEN is_undated THEN units ELSE 0 END AS undated,
       CASE WHEN done IS NOT NULL THEN units ELSE 0 END AS reported,
       units * coalesce(done, 0) AS earned,
       units * coalesce(plan, 0) AS planned,
       CASE WHEN plan IS NOT NULL THEN units * coalesce(done, 0) ELSE 0 END AS earned_compared,
       CASE WHEN done IS NOT NULL THEN units * coalesce(plan, 0) ELSE 0 END AS planned_compared,
       CASE WHEN light = 'overdue' THEN units ELSE 0 END AS overdue,
       CASE WHEN is_expected THEN units ELSE 0 END AS expected,
       CASE WHEN is_expected AND is_recent THEN units ELSE 0 END AS fresh,
       CASE WHEN slip_days IS NOT NULL THEN units ELSE 0 END AS slip_share,
       units * coalesce(slip_days, 0) AS slip
  FROM milestone
UNION ALL
SELECT task_id, path, ministry_id, region_id, technology_id, NULL, NULL, NULL, units, units, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM rollup_node n
 WHERE kind <> 'x' AND units > 0
   AND NOT EXISTS (SELECT 1 FROM rollup_node c WHERE c.parent_kind = n.kind AND c.parent_id = n.id AND c.weight > 0)
