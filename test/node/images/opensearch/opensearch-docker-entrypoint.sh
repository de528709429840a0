#!/bin/sh
# What upstream's entry point does with the variables that manifests set: lower-case settings become `-E name=value`, and
# the demo configuration, which this image has not, must be declined.
# https://github.com/opensearch-project/opensearch-build/blob/main/docker/release/config/opensearch
set -eu

if [ "${1-}" != opensearch ]; then
    exec "$@"
fi
shift
if [ "$(id -u)" = 0 ]; then
    echo "OpenSearch cannot run as root." >&2
    exit 1
fi
for name in INSTALL_DEMO_CONFIG PERFORMANCE_ANALYZER_AGENT_CLI; do
    if [ "$(printenv "DISABLE_$name" || true)" != true ]; then
        echo "error: this image has no $name: set DISABLE_$name=true" >&2
        exit 1
    fi
done
for setting in $(env | sed -n 's/^\([a-z0-9_]*\.[a-z0-9_.]*\)=.*/\1/p'); do
    set -- "$@" "-E$setting=$(env | sed -n "s/^$setting=//p")"
done
exec opensearch "$@"
