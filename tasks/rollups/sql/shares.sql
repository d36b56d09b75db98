-- Units of one level's nodes from their parents', by largest remainder: everyone gets the floor,
-- the units left over go one each to the largest remainders; ties to sub-measures before
-- milestones, then to the smaller id. Units (10^11) x weight (at most 10^6) stays below 2^63.
WITH part AS (
  SELECT n.kind, n.id, n.parent_kind, n.parent_id, p.units AS whole, n.weight * p.units AS product,
         (sum(n.weight) OVER (PARTITION BY n.parent_kind, n.parent_id))::bigint AS total
    FROM rollup_node n JOIN rollup_node p ON p.kind = n.parent_kind AND p.id = n.parent_id
   WHERE n.level = %(level)s AND n.weight > 0
), ranked AS (
  SELECT kind, id, product / total AS floor_units,
         whole - sum(product / total) OVER (PARTITION BY parent_kind, parent_id) AS left_over,
         row_number() OVER (PARTITION BY parent_kind, parent_id ORDER BY product %% total DESC, kind, id) AS place
    FROM part
)
UPDATE rollup_node n SET units = r.floor_units + CASE WHEN r.place <= r.left_over THEN 1 ELSE 0 END
  FROM ranked r WHERE r.kind = n.kind AND r.id = n.id
