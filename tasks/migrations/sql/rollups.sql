-- What the database does for the figures: it places measures with their path, and notes in an outbox what a
-- change touches. The engine (tasks/rollups) empties the outbox and computes.

-- sum(bigint) would become numeric; this one stays bigint and refuses to overflow.
CREATE AGGREGATE exact_sum(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0', COMBINEFUNC = int8pl, PARALLEL = SAFE);

-- The path joins what a measure takes from its ancestors (see tree.sql).
CREATE OR REPLACE FUNCTION tree_place_measure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent tasks_measure;
BEGIN
  IF NEW.parent_id IS NULL THEN
    NEW.effective_tier := NEW.tier;
    NEW.in_scope := NEW.scope = 'in_scope';
    NEW.depth := 1;
    NEW.path := ARRAY[NEW.id];
    RETURN NEW;
  END IF;
  SELECT * INTO parent FROM tasks_measure WHERE id = NEW.parent_id FOR SHARE;
  IF NEW.id = ANY(parent.path) THEN
    RAISE EXCEPTION 'measure % cannot stand below itself', NEW.id
      USING ERRCODE = 'check_violation', TABLE = 'tasks_measure', CONSTRAINT = 'measure_not_own_parent';
  END IF;
  NEW.effective_tier := greatest(NEW.tier, parent.effective_tier);
  NEW.in_scope := NEW.scope = 'in_scope' AND parent.in_scope;
  NEW.depth := parent.depth + 1;
  NEW.path := parent.path || NEW.id;
  NEW.strategic_task_id := parent.strategic_task_id;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tree_cascade() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.effective_tier, NEW.in_scope, NEW.path, NEW.strategic_task_id)
     IS DISTINCT FROM (OLD.effective_tier, OLD.in_scope, OLD.path, OLD.strategic_task_id) THEN
    UPDATE tasks_measure SET effective_tier = effective_tier WHERE parent_id = NEW.id;
  END IF;
  IF (NEW.effective_tier, NEW.in_scope) IS DISTINCT FROM (OLD.effective_tier, OLD.in_scope) THEN
    UPDATE tasks_milestone SET effective_tier = effective_tier WHERE measure_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

-- The log no longer notes what waits for the figures; a trigger of its own does, which knows old and new parents.
DO $$
DECLARE
  tracked text;
BEGIN
  FOREACH tracked IN ARRAY ARRAY['tasks_strategy', 'tasks_strategictask', 'tasks_measure', 'tasks_milestone', 'tasks_dependency'] LOOP
    EXECUTE format('DROP TRIGGER history_version ON %I', tracked);
    EXECUTE format('DROP TRIGGER history_record ON %I', tracked);
    PERFORM history_track(tracked::regclass, derived => CASE tracked WHEN 'tasks_measure' THEN 'effective_tier,in_scope,depth,path'
                                                                     WHEN 'tasks_milestone' THEN 'effective_tier,in_scope' ELSE '' END);
  END LOOP;
END $$;

-- Index-free on purpose: written by every change, emptied by position (ctid). `change` is
--   leaf: what stands directly in the node counts differently,
--   place: so does all below it (a ministry, region or technology that is inherited),
--   shape: units are shared out differently from here down.
DROP TABLE rollup_outbox;
CREATE TABLE rollup_outbox (node text NOT NULL, node_id bigint NOT NULL, change text NOT NULL, at timestamptz NOT NULL DEFAULT now())
  WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- For a row that came, went or changed, called with the columns that its table names below.
CREATE FUNCTION rollup_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE TG_TABLE_NAME
  WHEN 'tasks_strategy' THEN
    INSERT INTO rollup_outbox VALUES ('strategy', coalesce(NEW.id, OLD.id), 'shape');
  WHEN 'tasks_strategictask' THEN
    INSERT INTO rollup_outbox
    SELECT DISTINCT 'strategy', id, 'shape' FROM unnest(ARRAY[OLD.strategy_id, NEW.strategy_id]) AS id
     WHERE id IS NOT NULL AND (OLD.strategy_id, OLD.weight) IS DISTINCT FROM (NEW.strategy_id, NEW.weight);
    INSERT INTO rollup_outbox VALUES ('task', coalesce(NEW.id, OLD.id), 'place');
  WHEN 'tasks_measure' THEN
    INSERT INTO rollup_outbox
    SELECT DISTINCT CASE WHEN parent_id IS NULL THEN 'task' ELSE 'measure' END, coalesce(parent_id, task_id), 'shape'
      FROM (VALUES (OLD.parent_id, OLD.strategic_task_id), (NEW.parent_id, NEW.strategic_task_id)) AS stood (parent_id, task_id)
     WHERE task_id IS NOT NULL
       AND (OLD.parent_id, OLD.strategic_task_id, OLD.weight, OLD.scope, OLD.tier)
           IS DISTINCT FROM (NEW.parent_id, NEW.strategic_task_id, NEW.weight, NEW.scope, NEW.tier);
    INSERT INTO rollup_outbox VALUES ('measure', coalesce(NEW.id, OLD.id), 'place');
  WHEN 'tasks_milestone' THEN
    INSERT INTO rollup_outbox
    SELECT DISTINCT 'measure', id,
           CASE WHEN (OLD.measure_id, OLD.weight, OLD.tier, OLD.state = 'cancelled')
                     IS DISTINCT FROM (NEW.measure_id, NEW.weight, NEW.tier, NEW.state = 'cancelled') THEN 'shape' ELSE 'leaf' END
      FROM unnest(ARRAY[OLD.measure_id, NEW.measure_id]) AS id WHERE id IS NOT NULL;
  WHEN 'tasks_dependency' THEN
    INSERT INTO rollup_outbox
    SELECT DISTINCT 'milestone', id, 'leaf' FROM unnest(ARRAY[OLD.successor_id, NEW.successor_id]) AS id WHERE id IS NOT NULL;
  END CASE;
  RETURN NULL;
END $$;

-- An update of other columns (a title, a threshold, what the database keeps itself) is no news to the figures.
CREATE TRIGGER rollup_note AFTER INSERT OR DELETE ON tasks_strategy FOR EACH ROW EXECUTE FUNCTION rollup_note();
CREATE TRIGGER rollup_note AFTER INSERT OR DELETE OR UPDATE OF strategy_id, weight, lead_ministry_id ON tasks_strategictask
  FOR EACH ROW EXECUTE FUNCTION rollup_note();
CREATE TRIGGER rollup_note AFTER INSERT OR DELETE ON tasks_measure FOR EACH ROW EXECUTE FUNCTION rollup_note();
CREATE TRIGGER rollup_note_update AFTER UPDATE ON tasks_measure FOR EACH ROW
  WHEN ((OLD.parent_id, OLD.strategic_task_id, OLD.weight, OLD.scope, OLD.tier, OLD.lead_ministry_id, OLD.region_id, OLD.technology_id)
        IS DISTINCT FROM
        (NEW.parent_id, NEW.strategic_task_id, NEW.weight, NEW.scope, NEW.tier, NEW.lead_ministry_id, NEW.region_id, NEW.technology_id))
  EXECUTE FUNCTION rollup_note();
CREATE TRIGGER rollup_note AFTER INSERT OR DELETE ON tasks_milestone FOR EACH ROW EXECUTE FUNCTION rollup_note();
CREATE TRIGGER rollup_note_update AFTER UPDATE ON tasks_milestone FOR EACH ROW
  WHEN ((OLD.measure_id, OLD.weight, OLD.tier, OLD.responsible_ministry_id, OLD.state, OLD.progress_bp, OLD.baseline_start,
         OLD.baseline_due, OLD.current_due, OLD.forecast, OLD.completed_on, OLD.reported_on)
        IS DISTINCT FROM
        (NEW.measure_id, NEW.weight, NEW.tier, NEW.responsible_ministry_id, NEW.state, NEW.progress_bp, NEW.baseline_start,
         NEW.baseline_due, NEW.current_due, NEW.forecast, NEW.completed_on, NEW.reported_on))
  EXECUTE FUNCTION rollup_note();
CREATE TRIGGER rollup_note AFTER INSERT OR DELETE OR UPDATE ON tasks_dependency FOR EACH ROW EXECUTE FUNCTION rollup_note();

-- Room on the page for the next version of a row that changes often.
ALTER TABLE tasks_figure SET (fillfactor = 70);
ALTER TABLE tasks_countedmilestone SET (fillfactor = 70);
ALTER TABLE tasks_milestone SET (fillfactor = 70);

WITH RECURSIVE placed AS (
  SELECT id, ARRAY[id] AS path FROM tasks_measure WHERE parent_id IS NULL
  UNION ALL
  SELECT m.id, p.path || m.id FROM placed p JOIN tasks_measure m ON m.parent_id = p.id
)
UPDATE tasks_measure m SET path = p.path FROM placed p WHERE p.id = m.id;
