-- What the values of an indicator may be, whatever the door: its kind says between which bounds they lie.
CREATE FUNCTION indicator_allows(kind text, value numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT value IS NULL OR kind = 'change' OR (value >= 0 AND (kind <> 'share' OR value <= 100))
$$;

-- FOR SHARE on the indicator: a value that comes while the kind changes waits for it.
CREATE FUNCTION indicator_check_value() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kind text;
BEGIN
  SELECT value_kind INTO kind FROM tasks_indicator WHERE id = NEW.indicator_id FOR SHARE;
  IF NOT indicator_allows(kind, NEW.value) THEN
    RAISE EXCEPTION 'an indicator of kind "%" cannot be %', kind, NEW.value
      USING ERRCODE = 'check_violation', CONSTRAINT = 'indicator_value_bounds', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION indicator_check_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM tasks_indicatorobservation
              WHERE indicator_id = NEW.id AND NOT indicator_allows(NEW.value_kind, value))
     OR EXISTS (SELECT FROM tasks_indicatortarget
                 WHERE indicator_id = NEW.id AND NOT indicator_allows(NEW.value_kind, value)) THEN
    RAISE EXCEPTION 'values on record do not fit the kind "%"', NEW.value_kind
      USING ERRCODE = 'check_violation', CONSTRAINT = 'indicator_kind_fits', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER aa_check_value BEFORE INSERT OR UPDATE OF value, indicator_id ON tasks_indicatorobservation
  FOR EACH ROW EXECUTE FUNCTION indicator_check_value();
CREATE TRIGGER aa_check_value BEFORE INSERT OR UPDATE OF value, indicator_id ON tasks_indicatortarget
  FOR EACH ROW EXECUTE FUNCTION indicator_check_value();
CREATE TRIGGER aa_check_kind BEFORE UPDATE OF value_kind ON tasks_indicator
  FOR EACH ROW EXECUTE FUNCTION indicator_check_kind();
