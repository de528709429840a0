#!/bin/sh
# Runs for $1 seconds, and ends at once by SIGTERM.
set -eu
echo "sleeping $1 s"
exec sleep "$1"
