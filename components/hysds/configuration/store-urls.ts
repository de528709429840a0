import { origin } from "../../backends/endpoint";
import { SearchAddress, StoreAddress } from "./inputs";
import { PythonSecret, PythonValue } from "./quoting";

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
 * `*_ES_URL`, which HySDS's watchdogs log. So it holds no credentials where HySDS's clients find them in `~/.netrc-os`;
 * that has one login for all clusters, and one which differs is given with the host, hidden from logs.
 *
 * HySDS creates its OpenSearch client with `use_ssl=True`, which turns an `http://` URL into HTTPS; only a host in
 * dictionary form overrides it.
 * https://github.com/opensearch-project/opensearch-py/blob/main/opensearchpy/client/utils.py
 *
 * @param netrc the cluster whose login is in `~/.netrc-os`
 */
export function searchHosts(address: SearchAddress, netrc: SearchAddress): PythonValue {
    const { host, port, tls, engine, username = "", password } = address;
    const found = password === undefined || sameLogin(address, netrc);
    if (found && (tls || engine === "elasticsearch")) {
        return origin(address);
    }
    const inFull = { host, port, use_ssl: tls };
    return [found ? inFull : { ...inFull, http_auth: [username, new PythonSecret(password)] }];
}

function sameLogin(one: SearchAddress, other: SearchAddress): boolean {
    return one.username === other.username && one.password === other.password;
}
