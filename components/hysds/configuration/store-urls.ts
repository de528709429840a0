import { SearchAddress, StoreAddress } from "./inputs";
import { PythonValue } from "./quoting";

/**
 * A URL for redis-py and for Celery's result backend. Both read TLS options from its query, which wins over the
 * `ssl_cert_reqs="none"` that HySDS passes in code, so the server's certificate is verified.
 * https://redis-py.readthedocs.io/en/stable/connections.html#redis.connection.ConnectionPool.from_url
 */
export function redisUrl(store: StoreAddress): string {
    const verification = "?ssl_cert_reqs=required&ssl_check_hostname=true";
    return `${store.url}/0${store.tls ? verification : ""}`;
}

/**
 * `*_ES_URL`. HySDS creates its OpenSearch client with `use_ssl=True`, which turns an `http://` URL into HTTPS; only
 * a host in dictionary form overrides it.
 * https://github.com/opensearch-project/opensearch-py/blob/main/opensearchpy/client/utils.py
 */
export function searchHosts(address: SearchAddress): PythonValue {
    if (address.engine !== "opensearch" || address.tls) {
        return address.url;
    }
    const host = { host: address.host, port: address.port, use_ssl: false };
    const { username = "", password } = address;
    return [password === undefined ? host : { ...host, http_auth: [username, password] }];
}

/** `scheme://host:port`: the address without credentials. */
export function origin(address: StoreAddress): string {
    return `${address.scheme}://${address.host}:${address.port}`;
}
