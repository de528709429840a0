#!/bin/sh
# Makes one dataset, as HySDS finds them: a directory with a file NAME.dataset.json. $1: its name.
set -eu
mkdir "$1"
stamp=$(date -u +%Y-%m-%dT%H:%M:%S)
printf '{"version": "1.0", "label": "%s", "creation_timestamp": "%sZ"}\n' "$1" "$stamp" >"$1/$1.dataset.json"
printf '{"made_by": "%s"}\n' "$(id -u)" >"$1/$1.met.json"
printf 'data of %s\n' "$1" >"$1/$1.txt"
echo "made $1"
