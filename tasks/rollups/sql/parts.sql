-- What milestones add to the figures, in each tier, by the keys of {grouping}: the one place where it is worked out,
-- once for all tiers. {wide} are their sums side by side, {tall} lays them out one below the other.
step AS (
  SELECT r.sign, r.measure_id, {keys_of_rows}, r.state, r.light, r.weighs,
         -- The lowest tier that sees it, and the lowest in which it is late by a predecessor (0: none).
         r.effective_tier * 4 + CASE WHEN r.blocked_from IS NULL THEN 0 WHEN r.light IN ('due_soon', 'on_track') THEN r.blocked_from ELSE 0 END AS seen,
         r.progress_bp::bigint AS done,
         {plan} AS plan,
         r.state <> 'completed' AND (r.state IN ('in_progress', 'suspended') OR r.baseline_start <= %(day)s::date
                                     OR r.current_due <= %(day)s::date) AS is_expected,
         r.reported_on BETWEEN %(month_start)s::date AND %(month_end)s::date AS is_recent,
         (coalesce(r.completed_on, r.forecast) - r.baseline_due)::bigint AS slip_days,
         CASE WHEN r.sign > 0 AND r.state <> 'completed' AND r.current_due >= %(day)s::date THEN r.current_due END AS next_due,
         CASE WHEN r.sign < 0 AND r.state <> 'completed' AND r.current_due >= %(day)s::date THEN r.current_due END AS lost_due,
         r.sign * r.public AS units_1, r.sign * r.internal AS units_2, r.sign * r.restricted AS units_3
    FROM ({milestones}) r {places}
  OFFSET 0  -- else the planner would work out each expression again for every sum that uses it
), grouped AS (
  SELECT measure_id, {sign} AS sign, {keys}, seen / 4 AS effective_tier, nullif(seen %% 4, 0) AS blocked_from,
         {counts}, {wide}, min(next_due) AS next_due, {lost_due} AS lost_due,
         bool_or(weighs) AS weighs
    FROM step
   GROUP BY {grouping}
)
{of_groups}, part AS (
  SELECT g.measure_id, g.sign, {keys}, t.tier, 0 AS nodes, {sums_of_t}, {counts_of_g},
         g.next_due, g.lost_due
    FROM grouped g CROSS JOIN LATERAL (VALUES {tall}) AS t (tier, {sums})
   WHERE t.tier >= g.effective_tier
)
