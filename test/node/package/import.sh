#!/bin/sh
# Reads what it imports from its worker: a netrc, settings and the directory .aws. $1: the host that the netrc names.
set -eu
grep -q "machine $1 " netrc
grep -q "mission: scenario" settings.yaml
grep -q "default" aws/config
echo "imported all for $1"
