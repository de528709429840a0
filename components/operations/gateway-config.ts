import { qualifiedHost, serviceHost } from "../kubernetes/cluster-dns";
import { ServiceAddress, Workload, addressOf, services } from "../hysds/catalog/workload";
import { Route } from "../hysds/catalog/workload-spec";

/** One prefix of the gateway and the application behind it. */
export interface GatewayRoute extends Pick<Route, "prefix" | "prefixHandling"> {
    /** What it is, for the start page; absent where nobody goes by hand. */
    readonly title?: string;
    readonly upstream: ServiceAddress;
}

/**
 * The routes of all services that have one, first those where people go by hand.
 *
 * @param namespace of the services
 */
export function gatewayRoutes(workloads: readonly Workload[], namespace: string): GatewayRoute[] {
    const routed = services(workloads).flatMap((service) =>
        service.route ? [{ ...service.route, upstream: addressOf(service, namespace) }] : [],
    );
    return [
        ...routed.map(({ prefix, title, upstream, prefixHandling }) => ({
            prefix,
            title,
            upstream,
            prefixHandling,
        })),
        ...routed.flatMap(({ further = [], upstream, prefixHandling }) =>
            further.map((prefix) => ({ prefix, upstream, prefixHandling })),
        ),
    ];
}

export interface GatewayConfigArgs {
    readonly port: number;
    readonly routes: readonly GatewayRoute[];
    /** Scheme that people use, which links in answers have to have; TLS ends before the gateway. */
    readonly externalScheme: "http" | "https";
    /** Addresses of name servers, or the variable that the image's entrypoint puts them in. */
    readonly resolvers: string;
    /** Of the upstreams' cluster. */
    readonly clusterDomain: string;
}

/** Path that answers as long as the gateway itself works. */
export const HEALTH_PATH = "/healthz";

/**
 * A request as one line of JSON, so that queries and metric filters over the logs compare its status as a number
 * (https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format).
 */
const ACCESS_LOG_FIELDS = {
    time: '"$time_iso8601"',
    client: '"$remote_addr"',
    forwarded_for: '"$http_x_forwarded_for"',
    method: '"$request_method"',
    uri: '"$request_uri"',
    status: "$status",
    bytes: "$body_bytes_sent",
    request_time: "$request_time",
    upstream: '"$proxy_host"',
    upstream_status: '"$upstream_status"',
    user_agent: '"$http_user_agent"',
};

function accessLog(): string {
    const fields = Object.entries(ACCESS_LOG_FIELDS).map(([name, value]) => `"${name}":${value}`);
    return `{${fields.join(",")}}`;
}

/**
 * nginx.conf of the gateway. A pure function.
 *
 * Upstreams stand in variables, so that nginx looks their names up at each request (and keeps the answer for 10 s)
 * instead of once at its start, which would fail while a Service does not exist
 * (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass). With a variable and no path, nginx passes
 * the request's path on as it came, percent-encoding included.
 *
 * Requests may take an hour, as gunicorn allows them; request lines may have 64 KiB, because queries travel in them;
 * TCP keep-alive holds connections through load balancers that forget idle ones after 350 s, as NLBs do.
 */
export function renderGatewayConfig(args: GatewayConfigArgs): string {
    return `worker_processes 2;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;

events {
    worker_connections 1024;
}

http {
    log_format json escape=json '${accessLog()}';
    access_log /dev/stdout json;
    server_tokens off;
    client_body_temp_path /tmp/client_temp;
    proxy_temp_path /tmp/proxy_temp;
    fastcgi_temp_path /tmp/fastcgi_temp;
    uwsgi_temp_path /tmp/uwsgi_temp;
    scgi_temp_path /tmp/scgi_temp;
    resolver ${args.resolvers} valid=10s;

    map $http_upgrade $connection_upgrade {
        default upgrade;
        "" "";
    }
${server(args)}}
`;
}

function server({ port, routes, ...args }: GatewayConfigArgs): string {
    return `    server {
        listen ${port} so_keepalive=60s:30s:8;
        absolute_redirect off;
        client_max_body_size 256m;
        large_client_header_buffers 8 64k;
        proxy_http_version 1.1;
        proxy_connect_timeout 10s;
        proxy_send_timeout 3600s;
        proxy_read_timeout 3600s;
        proxy_socket_keepalive on;
        proxy_max_temp_file_size 0;
        proxy_redirect off;

        location = ${HEALTH_PATH} {
            access_log off;
            default_type text/plain;
            return 200 "ok\\n";
        }

        location = / {
            default_type text/html;
            return 200 "${startPage(routes)}";
        }
${routes.map((route) => location(route, args)).join("")}    }
`;
}

function startPage(routes: readonly GatewayRoute[]): string {
    const links = routes.flatMap(({ prefix, title }) =>
        title === undefined ? [] : [`<li><a href='${prefix}/'>${title}</a></li>`],
    );
    return `<!doctype html><title>HySDS</title><h1>HySDS</h1><ul>${links.join("")}</ul>\\n`;
}

function variable(route: GatewayRoute): string {
    return route.prefix.slice(1).replaceAll(/\W/g, "_");
}

function location(
    route: GatewayRoute,
    { externalScheme, clusterDomain }: Pick<GatewayConfigArgs, "externalScheme" | "clusterDomain">,
): string {
    const { prefix, upstream, prefixHandling } = route;
    const host = qualifiedHost(serviceHost(upstream.name, upstream.namespace), clusterDomain);
    const name = variable(route);
    const scriptName =
        prefixHandling === "script-name"
            ? `            proxy_set_header X-Script-Name ${prefix};\n`
            : "";
    return `
        location = ${prefix} {
            return 308 ${prefix}/$is_args$args;
        }

        location ${prefix}/ {
            set $${name} http://${host}:${upstream.port};
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Proto ${externalScheme};
            proxy_set_header X-Scheme ${externalScheme};
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
${scriptName}            proxy_pass $${name};
        }
`;
}
