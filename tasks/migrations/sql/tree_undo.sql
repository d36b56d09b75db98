DROP FUNCTION tree_cascade() CASCADE;
DROP FUNCTION tree_place_milestone() CASCADE;
DROP FUNCTION tree_place_measure() CASCADE;
