DROP FUNCTION history_track(regclass, text, text, boolean);
DROP FUNCTION history_record() CASCADE;
DROP FUNCTION history_version() CASCADE;
DROP TABLE rollup_outbox;
