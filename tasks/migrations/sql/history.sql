-- The change log is written here and nowhere else: whatever the door, a row written is a row logged.
-- The functions belong to the schema's owner and run with the owner's rights; the application's
-- role can read the log and nothing more.

-- Index-free on purpose: written by every change, emptied by position (ctid).
CREATE TABLE rollup_outbox (table_name text NOT NULL, object_id bigint NOT NULL, at timestamptz NOT NULL DEFAULT now());

-- Raises `version` where a logged column changes. Arguments: derived columns, redacted columns, rollup.
CREATE FUNCTION history_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  derived text[] := string_to_array(TG_ARGV[0], ',') || '{version}'::text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.version := 1;
  ELSIF to_jsonb(OLD) - derived IS DISTINCT FROM to_jsonb(NEW) - derived THEN
    NEW.version := OLD.version + 1;
  ELSE
    NEW.version := OLD.version;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION history_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  context jsonb := coalesce(nullif(current_setting('history.context', true), ''), '{}')::jsonb;
  derived text[] := string_to_array(TG_ARGV[0], ',');
  redacted text[] := string_to_array(TG_ARGV[1], ',');
  old_row jsonb; new_row jsonb; was jsonb; became jsonb; object_row jsonb; column_name text;
BEGIN
  IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - derived; END IF;
  IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - derived; END IF;
  object_row := coalesce(new_row, old_row);
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key) INTO was, became
      FROM jsonb_each(old_row) o
     WHERE o.key <> 'version' AND o.value IS DISTINCT FROM new_row -> o.key;
    IF was IS NULL THEN RETURN NULL; END IF;
  ELSE
    was := old_row;
    became := new_row;
  END IF;
  FOREACH column_name IN ARRAY redacted LOOP
    IF was ? column_name THEN was := jsonb_set(was, ARRAY[column_name], '"(hidden)"'); END IF;
    IF became ? column_name THEN became := jsonb_set(became, ARRAY[column_name], '"(hidden)"'); END IF;
  END LOOP;
  INSERT INTO tasks_change (transaction_id, at, actor_id, on_behalf_of_id, request_id, door, database_role, verb, reason,
                            table_name, object_id, version, operation, before, after)
  VALUES (pg_current_xact_id()::text::bigint, clock_timestamp(), (context ->> 'actor_id')::bigint,
          (context ->> 'on_behalf_of_id')::bigint, coalesce(context ->> 'request_id', ''),
          coalesce(context ->> 'door', 'database'), session_user, coalesce(context ->> 'verb', lower(TG_OP)),
          coalesce(context ->> 'reason', ''), TG_TABLE_NAME, (object_row ->> 'id')::bigint,
          coalesce((object_row ->> 'version')::int, 0), lower(TG_OP), was, became);
  IF TG_ARGV[2] = 'rollup' THEN
    INSERT INTO rollup_outbox (table_name, object_id) VALUES (TG_TABLE_NAME, (object_row ->> 'id')::bigint);
  END IF;
  RETURN NULL;
END $$;

-- Puts a table under the log. `derived` columns are kept by the database and neither logged nor counted;
-- `redacted` ones are logged as changed without their content; `rollup` wakes the figures.
CREATE FUNCTION history_track(tracked regclass, derived text DEFAULT '', redacted text DEFAULT '', rollup boolean DEFAULT false)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  arguments text := format('(%L, %L, %L)', derived, redacted, CASE WHEN rollup THEN 'rollup' ELSE '' END);
BEGIN
  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = tracked AND attname = 'version' AND NOT attisdropped) THEN
    EXECUTE format('CREATE TRIGGER history_version BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION history_version%s',
                   tracked, arguments);
  END IF;
  EXECUTE format('CREATE TRIGGER history_record AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION history_record%s',
                 tracked, arguments);
END $$;
REVOKE ALL ON FUNCTION history_track(regclass, text, text, boolean) FROM PUBLIC;
