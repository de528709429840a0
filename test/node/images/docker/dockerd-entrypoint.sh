#!/bin/sh
# Upstream's entry point where it is told which sockets to listen on, as manifests tell it: it starts the daemon
# with nested control groups. Its certificates for TCP are refused.
# https://github.com/docker-library/docker/blob/master/28/dind/dockerd-entrypoint.sh
set -eu

case "$*" in
    dockerd*--host=unix://*) ;;
    *)
        echo "error: this stand-in starts dockerd with --host=unix://SOCKET only" >&2
        exit 1
        ;;
esac
find /run /var/run -iname 'docker*.pid' -delete || true
# With control groups v2, processes of the root group make way for the groups of containers.
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    mkdir -p /sys/fs/cgroup/init
    xargs -rn1 < /sys/fs/cgroup/cgroup.procs > /sys/fs/cgroup/init/cgroup.procs || true
    sed -e 's/ / +/g' -e 's/^/+/' < /sys/fs/cgroup/cgroup.controllers > /sys/fs/cgroup/cgroup.subtree_control
fi
exec "$@"
