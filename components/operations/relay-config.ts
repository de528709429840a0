import { qualifiedHost } from "../kubernetes/cluster-dns";

/** How the relay finds what is behind it. */
export interface RelayNetwork {
    /** Addresses of name servers, or the variable that the image's entrypoint puts them in. */
    readonly resolvers: string;
    readonly clusterDomain: string;
}

/** A TCP port of the relay and what is behind it. */
export interface RelayRoute {
    /** On the relay's loopback. */
    readonly port: number;
    /** A Service of the cluster, or a fully qualified name. */
    readonly host: string;
    readonly hostPort: number;
}

/**
 * nginx.conf of the relay: every route listens on loopback only, so nothing reaches it but a port-forward into its pod,
 * which Kubernetes grants by RBAC (`pods/portforward`). A pure function.
 *
 * Upstreams stand in variables, so that nginx looks names up at each connection instead of once at its start, which
 * would fail while a Service does not exist (https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_pass).
 */
export function renderRelayConfig(
    routes: readonly RelayRoute[],
    { resolvers, clusterDomain }: RelayNetwork,
): string {
    return `worker_processes 1;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;

events {
    worker_connections 512;
}

stream {
    resolver ${resolvers} valid=10s;
    proxy_connect_timeout 10s;
    proxy_timeout 1h;
    proxy_socket_keepalive on;
${routes.map((route) => server(route, clusterDomain)).join("")}}
`;
}

function server({ port, host, hostPort }: RelayRoute, clusterDomain: string): string {
    const name = qualifiedHost(host, clusterDomain);
    return `
    server {
        listen 127.0.0.1:${port};
        set $behind_${port} ${name}:${hostPort};
        proxy_pass $behind_${port};
    }
`;
}
