-- Notes that money changed: while one stands here, stored money is not read (tasks/rollups/stored_money.py). One for each
-- statement, without an index, emptied by position (ctid).
CREATE TABLE money_outbox (at timestamptz NOT NULL DEFAULT now())
  WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE FUNCTION money_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO money_outbox DEFAULT VALUES;
  RETURN NULL;
END $$;

CREATE TRIGGER money_note AFTER INSERT OR DELETE OR UPDATE ON tasks_budgetentry FOR EACH STATEMENT EXECUTE FUNCTION money_note();
CREATE TRIGGER money_note AFTER INSERT OR DELETE OR UPDATE ON tasks_budgetline FOR EACH STATEMENT EXECUTE FUNCTION money_note();
-- Where a measure stands, whether it counts and who sees it; what stands below it follows by further statements.
CREATE TRIGGER money_note AFTER INSERT OR DELETE ON tasks_measure FOR EACH STATEMENT EXECUTE FUNCTION money_note();
CREATE TRIGGER money_note_update AFTER UPDATE ON tasks_measure FOR EACH ROW
  WHEN ((OLD.parent_id, OLD.strategic_task_id, OLD.in_scope, OLD.effective_tier, OLD.region_id, OLD.technology_id)
        IS DISTINCT FROM
        (NEW.parent_id, NEW.strategic_task_id, NEW.in_scope, NEW.effective_tier, NEW.region_id, NEW.technology_id))
  EXECUTE FUNCTION money_note();
CREATE TRIGGER money_note AFTER INSERT OR DELETE OR UPDATE OF strategy_id ON tasks_strategictask
  FOR EACH STATEMENT EXECUTE FUNCTION money_note();

-- Nothing is stored yet.
INSERT INTO money_outbox DEFAULT VALUES;
