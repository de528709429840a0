import { qualifiedHost } from "../../../kubernetes/cluster-dns";
import { origin } from "../../../backends/endpoint";
import { PUBLIC_PATHS } from "../../catalog/public-paths";
import { ConfigurationInputs, StoreAddress } from "../inputs";

/** Where the pods of hysds-ui listen. */
export const UI_PORT = 8080;
/** Path that answers as long as nginx itself works. */
export const UI_HEALTH_PATH = "/healthz";

/** One search cluster as the browser sees it. */
interface SearchRoute {
    readonly path: string;
    /** The alias that is searched. */
    readonly alias: string;
    /** A regular expression of the indices whose documents may be read one by one. */
    readonly documents?: string;
    readonly store: StoreAddress;
}

/**
 * nginx.conf of hysds-ui: the bundle, and the searches that it makes from the browser, which are `POST _msearch` and
 * `POST _count` on the aliases `grq` and `job_status`, and `GET _doc` of one dataset. Everything else on the paths of
 * the searches answers 403. Bodies are judged by search.js. What goes on is put together anew: path, method and body
 * are the browser's, its query string and headers are not. Credentials of the search clusters stay here.
 *
 * The image's entrypoint puts the name servers in. Clusters stand in variables, so that nginx starts while their names
 * do not exist yet.
 */
export function renderUiNginx({
    search,
    clusterDomain,
}: Pick<ConfigurationInputs, "search" | "clusterDomain">): string {
    const routes: SearchRoute[] = [
        {
            path: PUBLIC_PATHS.grqSearch,
            alias: "grq",
            documents: "grq_[a-z0-9._-]+",
            store: qualified(search.grq, clusterDomain),
        },
        {
            path: PUBLIC_PATHS.mozartSearch,
            alias: "job_status",
            store: qualified(search.mozart, clusterDomain),
        },
    ];
    return `load_module modules/ngx_http_js_module.so;
worker_processes 1;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;

events {
    worker_connections 512;
}

http {
    include /etc/nginx/mime.types;
    access_log /dev/stdout;
    server_tokens off;
    client_body_temp_path /tmp/client_temp;
    proxy_temp_path /tmp/proxy_temp;
    fastcgi_temp_path /tmp/fastcgi_temp;
    uwsgi_temp_path /tmp/uwsgi_temp;
    scgi_temp_path /tmp/scgi_temp;
    resolver \${NGINX_LOCAL_RESOLVERS} valid=10s;
    js_import search from /etc/nginx/search.js;
${server(routes)}}
`;
}

function server(routes: readonly SearchRoute[]): string {
    const { ui } = PUBLIC_PATHS;
    return `    server {
        listen ${UI_PORT};
        absolute_redirect off;
        root /usr/share/nginx/html;
        gzip on;
        gzip_types application/javascript application/json image/svg+xml text/javascript;
        client_max_body_size 1m;
        client_body_buffer_size 1m;
        proxy_http_version 1.1;
        proxy_pass_request_headers off;
        proxy_connect_timeout 10s;
        proxy_read_timeout 120s;

        location = ${UI_HEALTH_PATH} {
            access_log off;
            default_type text/plain;
            return 200 "ok\\n";
        }

        location ${ui}/ {
            add_header Cache-Control no-cache;
            try_files $uri ${ui}/index.html;
        }
${routes.map(location).join("")}    }
`;
}

function location({ path, alias, documents, store }: SearchRoute): string {
    return `
        location ${path}/ {
            default_type application/json;
            return 403 '{"error":"Not a search of the HySDS user interface","status":403}\\n';
        }

        location = ${path}/${alias}/_msearch {
            js_content search.msearch;
        }

        location = ${path}/${alias}/_count {
            js_content search.count;
        }

        location = /allowed${path}/${alias}/_msearch {
            internal;
${proxy(store, `${alias}/_msearch`, "application/x-ndjson")}        }

        location = /allowed${path}/${alias}/_count {
            internal;
${proxy(store, `${alias}/_count`, "application/json")}        }
${documents === undefined ? "" : documentsOf(path, documents, store)}`;
}

/** Identifiers of datasets that need no escaping in a path, which are all that HySDS's own naming makes. */
function documentsOf(path: string, indices: string, store: StoreAddress): string {
    return `
        location ~ "^${path}/(?<document>${indices}/_doc/[\\w.:@+=~-]+)$" {
            limit_except GET {
                deny all;
            }
${proxy(store, "$document", "application/json")}        }
`;
}

function proxy(store: StoreAddress, path: string, contentType: string): string {
    const { username = "", password } = store;
    const credentials = Buffer.from(`${username}:${password}`).toString("base64");
    const authorization =
        password === undefined
            ? ""
            : `            proxy_set_header Authorization "Basic ${credentials}";\n`;
    return `            set $store ${origin(store)};
            proxy_set_header Host $proxy_host;
            proxy_set_header Content-Type ${contentType};
${authorization}${store.tls ? VERIFIED : ""}            proxy_pass $store/${path};
`;
}

/** nginx verifies nothing unless told. The file is Alpine's and Debian's, of public authorities. */
const VERIFIED = `            proxy_ssl_server_name on;
            proxy_ssl_verify on;
            proxy_ssl_verify_depth 3;
            proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
`;

/** nginx's resolver adds no domain to names. */
function qualified(store: StoreAddress, clusterDomain: string): StoreAddress {
    return { ...store, host: qualifiedHost(store.host, clusterDomain) };
}
