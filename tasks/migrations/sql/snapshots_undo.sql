DROP TRIGGER history_version ON tasks_reportingperiod;
DROP TRIGGER history_record ON tasks_reportingperiod;
SELECT history_track('tasks_reportingperiod');
DROP FUNCTION snapshot_moment() CASCADE;
DROP FUNCTION snapshot_whole() CASCADE;
DROP FUNCTION snapshot_kept() CASCADE;
