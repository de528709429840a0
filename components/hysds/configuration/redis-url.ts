import { StoreAddress } from "./inputs";

/**
 * A URL for redis-py. It reads TLS options from the query, and they win over the arguments that HySDS passes in code
 * (`ssl_cert_reqs="none"`), so the server's certificate is verified wherever the URL says so.
 * https://redis-py.readthedocs.io/en/stable/connections.html#redis.connection.ConnectionPool.from_url
 */
export function redisUrl(store: StoreAddress): string {
    return store.tls ? `${store.url}/0?ssl_cert_reqs=required` : `${store.url}/0`;
}
