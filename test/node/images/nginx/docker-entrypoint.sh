#!/bin/sh
# What upstream's entry point does before nginx starts, and before nginx only: names the node's name servers, and writes
# each template of NGINX_ENVSUBST_TEMPLATE_DIR, with the variables that NGINX_ENVSUBST_FILTER lets through.
# https://github.com/nginx/docker-nginx/tree/master/entrypoint
set -eu

resolvers() {
    awk '$1 == "nameserver" { print ($2 ~ /:/) ? "[" $2 "]" : $2 }' /etc/resolv.conf | paste -sd ' '
}

render_templates() {
    templates=${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
    suffix=${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}
    output=${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}
    [ -d "$templates" ] || return 0
    if [ ! -w "$output" ]; then
        echo "error: $templates exists, but $output is not writable" >&2
        return 0
    fi
    names=$(awk -v filter="${NGINX_ENVSUBST_FILTER:-}" \
        'BEGIN { for (name in ENVIRON) if (name ~ filter) printf "${%s} ", name }')
    # Through links, behind which a ConfigMap has its files: each is written twice, as upstream does.
    find -L "$templates" -type f -name "*$suffix" | while read -r template; do
        relative=${template#"$templates/"}
        target=$output/${relative%"$suffix"}
        mkdir -p "$(dirname "$target")"
        envsubst "$names" < "$template" > "$target"
    done
}

if [ "${1-}" = nginx ] || [ "${1-}" = nginx-debug ]; then
    if [ -n "${NGINX_ENTRYPOINT_LOCAL_RESOLVERS:-}" ]; then
        NGINX_LOCAL_RESOLVERS=$(resolvers)
        export NGINX_LOCAL_RESOLVERS
    fi
    render_templates
fi
exec "$@"
