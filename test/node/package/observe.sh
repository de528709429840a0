#!/bin/sh
# Says what a rule has found. $1: the id of a dataset or of a job.
set -eu
echo "observed $1"
