DROP TRIGGER aa_check_kind ON tasks_indicator;
DROP TRIGGER aa_check_value ON tasks_indicatortarget;
DROP TRIGGER aa_check_value ON tasks_indicatorobservation;
DROP FUNCTION indicator_check_kind();
DROP FUNCTION indicator_check_value();
DROP FUNCTION indicator_allows(text, numeric);
