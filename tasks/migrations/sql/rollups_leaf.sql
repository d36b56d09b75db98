-- A milestone that counts differently where it stands is noted itself, not its measure: then only what waits on this
-- one is recounted with it, not what waits on any milestone of the measure.
CREATE OR REPLACE FUNCTION rollup_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
    IF (OLD.measure_id, OLD.weight, OLD.tier, OLD.state = 'cancelled')
       IS NOT DISTINCT FROM (NEW.measure_id, NEW.weight, NEW.tier, NEW.state = 'cancelled') THEN
      INSERT INTO rollup_outbox VALUES ('milestone', NEW.id, 'leaf');
    ELSE
      INSERT INTO rollup_outbox
      SELECT DISTINCT 'measure', id, 'shape' FROM unnest(ARRAY[OLD.measure_id, NEW.measure_id]) AS id WHERE id IS NOT NULL;
    END IF;
  WHEN 'tasks_dependency' THEN
    INSERT INTO rollup_outbox
    SELECT DISTINCT 'milestone', id, 'leaf' FROM unnest(ARRAY[OLD.successor_id, NEW.successor_id]) AS id WHERE id IS NOT NULL;
  END CASE;
  RETURN NULL;
END $$;

-- What waits already names the measure.
UPDATE rollup_outbox SET change = 'place' WHERE node = 'measure' AND change = 'leaf';
