#!/bin/sh
# Makes the two roles and the database when the server's folder is new: the owner of the schema, whom `migrate` uses,
# and the application's role, which the migrations give rights on rows only.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv app_password DATABASE_APP_PASSWORD
CREATE ROLE strategy_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE strategy_app LOGIN PASSWORD :'app_password';
CREATE DATABASE strategy OWNER strategy_owner;
REVOKE ALL ON DATABASE strategy FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE strategy TO strategy_app;
SQL
