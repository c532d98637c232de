#!/bin/bash
# Runs once, on an empty cluster: each role owns a schema of its own name, and nobody else gets in.
set -eu
{
  echo "REVOKE ALL ON SCHEMA public FROM PUBLIC;"
  for role in customer admin commerce shop_sessions console_sessions; do
    # hexadecimal, as deploy/init makes it: nothing to quote
    password=$(</run/secrets/"$role".password)
    echo "CREATE ROLE $role LOGIN PASSWORD '$password';"
    echo "CREATE SCHEMA AUTHORIZATION $role;"
  done
} | psql --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB"
