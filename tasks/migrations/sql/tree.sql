-- What a node takes from its ancestors: the strictest tier, whether all is in scope, the depth, the strategic task.
-- FOR SHARE on the parent: a child that is placed while the parent changes waits for it.
CREATE FUNCTION tree_place_measure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  parent tasks_measure;
BEGIN
  IF NEW.parent_id IS NULL THEN
    NEW.effective_tier := NEW.tier;
    NEW.in_scope := NEW.scope = 'in_scope';
    NEW.depth := 1;
    RETURN NEW;
  END IF;
  SELECT * INTO parent FROM tasks_measure WHERE id = NEW.parent_id FOR SHARE;
  NEW.effective_tier := greatest(NEW.tier, parent.effective_tier);
  NEW.in_scope := NEW.scope = 'in_scope' AND parent.in_scope;
  NEW.depth := parent.depth + 1;
  NEW.strategic_task_id := parent.strategic_task_id;
  RETURN NEW;
END $$;

CREATE FUNCTION tree_place_milestone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT greatest(NEW.tier, m.effective_tier), m.in_scope AND NEW.state <> 'cancelled'
    INTO NEW.effective_tier, NEW.in_scope
    FROM tasks_measure m WHERE m.id = NEW.measure_id FOR SHARE;
  RETURN NEW;
END $$;

CREATE FUNCTION tree_cascade() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.effective_tier, NEW.in_scope, NEW.depth, NEW.strategic_task_id)
     IS DISTINCT FROM (OLD.effective_tier, OLD.in_scope, OLD.depth, OLD.strategic_task_id) THEN
    UPDATE tasks_measure SET effective_tier = effective_tier WHERE parent_id = NEW.id;
    UPDATE tasks_milestone SET effective_tier = effective_tier WHERE measure_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

-- Trigger names sort: place before version, cascade after both.
CREATE TRIGGER aa_tree_place BEFORE INSERT OR UPDATE OF tier, scope, parent_id, strategic_task_id, effective_tier, in_scope, depth ON tasks_measure
  FOR EACH ROW EXECUTE FUNCTION tree_place_measure();
CREATE TRIGGER aa_tree_place BEFORE INSERT OR UPDATE OF tier, state, measure_id, effective_tier, in_scope ON tasks_milestone
  FOR EACH ROW EXECUTE FUNCTION tree_place_milestone();
CREATE TRIGGER tree_cascade AFTER UPDATE ON tasks_measure FOR EACH ROW EXECUTE FUNCTION tree_cascade();
