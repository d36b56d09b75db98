-- A snapshot is written by one closing and never again: not changed, not removed, not added to. The application's role
-- has no right to (see `manage.py migrate`); these triggers hold for whoever has.
CREATE FUNCTION snapshot_moment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.transaction_id := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;

CREATE FUNCTION snapshot_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added JOIN tasks_snapshot s ON s.id = added.snapshot_id
              WHERE s.transaction_id <> pg_current_xact_id()::text::bigint) THEN
    RAISE EXCEPTION 'A snapshot is never added to.' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION snapshot_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'A snapshot is never changed or removed.' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER snapshot_moment BEFORE INSERT ON tasks_snapshot FOR EACH ROW EXECUTE FUNCTION snapshot_moment();
CREATE TRIGGER snapshot_whole AFTER INSERT ON tasks_snapshotfigure
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION snapshot_whole();
CREATE TRIGGER snapshot_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON tasks_snapshot
  FOR EACH STATEMENT EXECUTE FUNCTION snapshot_kept();
CREATE TRIGGER snapshot_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON tasks_snapshotfigure
  FOR EACH STATEMENT EXECUTE FUNCTION snapshot_kept();

-- The name of a period follows from its first day; it is neither logged nor counted as a change.
DROP TRIGGER history_version ON tasks_reportingperiod;
DROP TRIGGER history_record ON tasks_reportingperiod;
SELECT history_track('tasks_reportingperiod', derived => 'month');
SELECT history_track('tasks_snapshot', derived => 'transaction_id,missing');
