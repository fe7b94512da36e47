#!/usr/bin/env bash
# docker-compose.yml as docker-compose reads it: valid with its secrets, refused without. No container is started.
set -euo pipefail
cd "$(dirname "$0")/.."

empty=$(mktemp)
trap 'rm -f "$empty"' EXIT
mapfile -t names < <(grep -oP '^[A-Z_]+(?==$)' .env.example)
unset "${names[@]}"

if docker-compose --env-file "$empty" config --quiet 2>/dev/null; then
  echo "docker-compose.yml starts without its secrets" >&2
  exit 1
fi
env "${names[@]/%/=secret}" docker-compose --env-file "$empty" config --quiet
