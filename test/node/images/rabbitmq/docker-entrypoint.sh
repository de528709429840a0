#!/bin/sh
# As root it gives the data to the server's user and becomes that; variables that upstream's entry point has dropped
# stop it. https://github.com/docker-library/rabbitmq/blob/master/docker-entrypoint.sh
set -eu

case "${1-}" in
    rabbitmq*)
        dropped=$(env | sed -n 's/^\(RABBITMQ_\(DEFAULT_\(PASS\|USER\)_FILE\|MANAGEMENT_SSL_[A-Z_]*\|SSL_[A-Z_]*\|VM_MEMORY_HIGH_WATERMARK\)\)=.*/\1/p')
        if [ -n "$dropped" ]; then
            echo "error: these variables are deprecated: $dropped" >&2
            exit 1
        fi
        if [ "$(id -u)" = 0 ]; then
            find /var/lib/rabbitmq \! -user rabbitmq -exec chown rabbitmq '{}' +
            exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups "$@"
        fi
        ;;
esac
exec "$@"
