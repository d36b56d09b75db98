-- Plan and forecast by month of everything in a strategy, in one reading: what a milestone adds once and for good is
-- added in the month in which it does, and summed up over the months; while its plan is under way, month by month.
WITH milestone AS (
  SELECT n.task_id, r.ministry_id, n.region_id, n.technology_id, added.*, {units}
    FROM tasks_countedmilestone r
    JOIN tasks_countednode n ON n.node_id = r.measure_id AND n.kind = {measure}
   CROSS JOIN LATERAL (
     SELECT r.baseline_due AS day, 10000::bigint AS whole, 0::bigint AS partly, 0::bigint AS gained
     UNION ALL
     SELECT d.day, 0, {plan}, 0
       FROM unnest(%(days)s::date[]) AS d (day) WHERE d.day > r.baseline_start AND d.day < r.baseline_due
     UNION ALL
     SELECT '-infinity', 0, 0, CASE WHEN r.state = 'completed' THEN 10000 ELSE coalesce(r.progress_bp, 0) END
     UNION ALL
     SELECT {expected_end}, 0, 0, 10000 - coalesce(r.progress_bp, 0)
      WHERE r.state <> 'completed'
   ) AS added
   WHERE n.strategy_id = %(strategy)s
), by_month AS (
  SELECT task_id, ministry_id, region_id, technology_id, whole, partly, gained, public, internal, restricted,
         greatest((date_trunc('month', day::timestamp) + interval '1 month - 1 day')::date, %(first)s) AS day
    FROM milestone WHERE day <= %(last)s
), summed AS (
  SELECT {slice} AS slice, {key} AS key, day, {sums} FROM by_month GROUP BY GROUPING SETS ({sets})
), point AS (
  SELECT slice, key, day, t.*
    FROM summed CROSS JOIN LATERAL (VALUES {tiers}) AS t (tier, whole, partly, gained)
), owner AS (
  SELECT DISTINCT slice, key, tier FROM point
)
SELECT tier, slice, key, day,
       coalesce(exact_sum(whole) OVER upto, 0) + coalesce(partly, 0) AS planned, coalesce(exact_sum(gained) OVER upto, 0) AS expected
  FROM owner CROSS JOIN unnest(%(days)s::date[]) AS d (day) LEFT JOIN point USING (slice, key, tier, day)
WINDOW upto AS (PARTITION BY slice, key, tier ORDER BY day)
