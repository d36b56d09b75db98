-- Units from the given nodes down to the milestones, in each tier, by largest remainder: everyone gets the
-- floor, the units left over go one each to the largest remainders; ties to sub-measures before milestones, then
-- to the smaller id. A node that is out of scope or above the tier gets null, one of weight 0 gets 0.
-- Units (10^11) x weight (at most 10^6) stays below 2^63. A milestone's go to tasks_newshare where they
-- are not those that it was counted with. Parameters: kinds, ids (topmost nodes), units.
WITH RECURSIVE part AS (
  SELECT r.kind, r.id, t.tier,
         CASE WHEN r.kind = 0 THEN %(units)s::bigint ELSE (ARRAY[s.public, s.internal, s.restricted])[t.tier] END AS units
    FROM unnest(%(kinds)s::int[], %(ids)s::bigint[]) AS r (kind, id)
   CROSS JOIN generate_series(1, 3) AS t (tier)
    LEFT JOIN tasks_share s ON s.node_id = r.id AND s.kind = r.kind
  UNION ALL
  SELECT kind, id, tier,
         CASE WHEN base IS NULL THEN CASE WHEN stands THEN 0 END
              ELSE base + CASE WHEN place <= whole - exact_sum(base) OVER siblings THEN 1 ELSE 0 END END
    FROM (
      SELECT *, row_number() OVER (PARTITION BY parent_kind, parent_id, tier ORDER BY product %% total DESC NULLS LAST, kind, id) AS place
        FROM (
          SELECT *, product / total AS base
            FROM (
              SELECT c.kind, c.id, p.tier, p.kind AS parent_kind, p.id AS parent_id, p.units AS whole, v.stands,
                     CASE WHEN v.stands THEN c.weight * p.units END AS product,
                     nullif(exact_sum(CASE WHEN v.stands THEN c.weight END) OVER (PARTITION BY p.kind, p.id, p.tier), 0) AS total
                FROM part p
               CROSS JOIN LATERAL (
                 SELECT 1, t.id, t.weight, 1, true FROM tasks_strategictask t WHERE p.kind = 0 AND t.strategy_id = p.id
                 UNION ALL
                 SELECT 2, m.id, m.weight, m.effective_tier, m.in_scope FROM tasks_measure m
                  WHERE p.kind = 1 AND m.strategic_task_id = p.id AND m.parent_id IS NULL
                 UNION ALL
                 SELECT 2, m.id, m.weight, m.effective_tier, m.in_scope FROM tasks_measure m WHERE p.kind = 2 AND m.parent_id = p.id
                 UNION ALL
                 SELECT 3, x.id, x.weight, x.effective_tier, x.in_scope FROM tasks_milestone x WHERE p.kind = 2 AND x.measure_id = p.id
               ) AS c (kind, id, weight, effective_tier, in_scope)
               CROSS JOIN LATERAL (SELECT p.units IS NOT NULL AND c.in_scope AND c.effective_tier <= p.tier) AS v (stands)
            ) AS weighed
        ) AS floored
    ) AS ranked
  WINDOW siblings AS (PARTITION BY parent_kind, parent_id, tier)
), wanted AS (
  SELECT id AS node_id, kind, min(units) FILTER (WHERE tier = 1) AS public, min(units) FILTER (WHERE tier = 2) AS internal,
         min(units) FILTER (WHERE tier = 3) AS restricted
    FROM part GROUP BY kind, id
), of_nodes AS (
  INSERT INTO tasks_share (node_id, kind, public, internal, restricted)
  SELECT w.* FROM wanted w LEFT JOIN tasks_share o USING (node_id, kind)
   WHERE w.kind < 3 AND (o.node_id IS NULL OR (o.public, o.internal, o.restricted) IS DISTINCT FROM (w.public, w.internal, w.restricted))
   ORDER BY w.kind, w.node_id  -- siblings lie side by side on disk
  ON CONFLICT (node_id, kind) DO UPDATE SET public = excluded.public, internal = excluded.internal, restricted = excluded.restricted
  RETURNING 1
), of_milestones AS (
  -- One that is not counted, having no units in any tier, needs none.
  INSERT INTO tasks_newshare (milestone_id, public, internal, restricted)
  SELECT w.node_id, w.public, w.internal, w.restricted
    FROM wanted w LEFT JOIN tasks_countedmilestone c ON c.milestone_id = w.node_id
   WHERE w.kind = 3 AND (c.public, c.internal, c.restricted) IS DISTINCT FROM (w.public, w.internal, w.restricted)
  ON CONFLICT (milestone_id) DO UPDATE SET public = excluded.public, internal = excluded.internal, restricted = excluded.restricted
  RETURNING 1
)
SELECT (SELECT count(*) FROM of_nodes) + (SELECT count(*) FROM of_milestones)
