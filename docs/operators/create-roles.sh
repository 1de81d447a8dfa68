#!/bin/sh
# Run once by the PostgreSQL container on an empty volume; on a server of your own run the same SQL as superuser.
# portal_owner migrates and owns the tables; portal_web is what the site itself uses, and owns nothing.
# Both passwords go into addresses (postgresql://…): use letters and digits only.
set -eu

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set owner_password="$OWNER_PASSWORD" --set web_password="$WEB_PASSWORD" <<'SQL'
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE portal_web LOGIN PASSWORD :'web_password';
CREATE DATABASE portal OWNER portal_owner;
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_web;
SQL
