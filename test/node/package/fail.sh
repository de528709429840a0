#!/bin/sh
# Fails, and says why in the file that HySDS takes for the job's error. $1: what it says.
set -eu
echo "$1" >_alt_error.txt
echo "failing: $1" >&2
exit 3
