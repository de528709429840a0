"""Health of a HySDS pod, with the standard library alone: importing Celery for each probe would cost a CPU second.

probe.py stores NAME...             ready: every named store answers as its own protocol asks
probe.py heartbeat                  ready: every Celery node of this pod sent its heartbeat lately
probe.py heartbeat --or-broker-away alive: the same, or the broker cannot be reached, which no restart would mend
"""

import os
import socket
import ssl
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 4
# Celery sends a heartbeat every 60 seconds.
HEARTBEAT_SECONDS = 240
DEFAULT_PORTS = {"amqp": 5672, "amqps": 5671, "redis": 6379, "rediss": 6379}
TLS_SCHEMES = ("amqps", "rediss")
SEARCH_PORT = 9200


def connect(url):
    connection = socket.create_connection(
        (url.hostname, url.port or DEFAULT_PORTS[url.scheme]), TIMEOUT_SECONDS
    )
    if url.scheme in TLS_SCHEMES:
        return ssl.create_default_context().wrap_socket(connection, server_hostname=url.hostname)
    return connection


def ask_broker(address):
    """A broker answers the AMQP 0-9-1 protocol header with a method frame, whose type is 1."""
    with connect(urlsplit(address)) as connection:
        connection.sendall(b"AMQP\x00\x00\x09\x01")
        if connection.recv(1) != b"\x01":
            raise ConnectionError("it does not speak AMQP 0-9-1")


def redis_command(*words):
    encoded = [word.encode() for word in words]
    lines = [b"*%d\r\n" % len(encoded)]
    lines += [b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded]
    return b"".join(lines)


def ask_redis(address):
    url = urlsplit(address)
    with connect(url) as connection:
        replies = connection.makefile("rb")
        if url.password:
            user = [unquote(url.username)] if url.username else []
            connection.sendall(redis_command("AUTH", *user, unquote(url.password)))
            if replies.readline() != b"+OK\r\n":
                raise ConnectionError("it refuses the password")
        connection.sendall(redis_command("PING"))
        if replies.readline() != b"+PONG\r\n":
            raise ConnectionError("it does not answer PING")


def ask_search(hosts):
    """Hosts are tried in turn, as HySDS's clients do: one that answers is enough."""
    reasons = []
    for host in map(search_host, hosts if isinstance(hosts, list) else [hosts]):
        try:
            return ask_search_host(**host)
        except OSError as error:
            reasons.append(f"{host['name']}:{host['port']}: {error}")
    raise ConnectionError("; ".join(reasons) or "no host is named")


def search_host(host):
    """
    A host as the clients of Elasticsearch and OpenSearch take it: a URL, or a dictionary.
    https://github.com/opensearch-project/opensearch-py/blob/main/opensearchpy/client/utils.py
    """
    if isinstance(host, str):
        url = urlsplit(host if "://" in host else f"//{host}")
        host = {"host": url.hostname, "port": url.port, "url_prefix": url.path, "use_ssl": url.scheme == "https"}
        if url.username or url.password:
            host["http_auth"] = unquote(url.username or ""), unquote(url.password or "")
    tls = host.get("use_ssl") or host.get("scheme") == "https"
    return {
        "name": host.get("host") or "localhost",
        "port": host.get("port") or (443 if tls else SEARCH_PORT),
        "tls": tls,
        "path": "/" + host.get("url_prefix", "").strip("/"),
        "login": host.get("http_auth"),
    }


def ask_search_host(name, port, tls, path, login):
    import base64
    import http.client

    kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
    login = netrc_login() if login is None else login
    pair = login if isinstance(login, str) else ":".join(login)
    headers = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    connection = kind(name, port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        status = connection.getresponse().status
    except http.client.HTTPException as error:
        raise ConnectionError(f"it does not speak HTTP: {error!r}") from error
    finally:
        connection.close()
    if status != 200:
        raise ConnectionError(f"it answers HTTP {status}")


def netrc_login():
    """
    What HySDS's clients log in with where a host has no credentials; they do not start without the file.
    https://github.com/hysds/hysds_commons/blob/develop/hysds_commons/search_utils.py
    """
    import netrc

    login, _, password = netrc.netrc(Path("~/.netrc-os").expanduser()).authenticators("default")
    return login, password


STORES = {
    "broker": ("broker_url", ask_broker),
    "results": ("result_backend", ask_redis),
    "metrics": ("REDIS_JOB_INFO_URL", ask_redis),
    "search-jobs": ("JOBS_ES_URL", ask_search),
    "search-grq": ("GRQ_ES_URL", ask_search),
}


def ask(name):
    """Why the store does not answer, or None when it does."""
    import celeryconfig

    setting, question = STORES[name]
    try:
        question(getattr(celeryconfig, setting))
    except OSError as error:
        return f"{name} ({setting}): {error}"
    return None


def check_stores(names):
    return [reason for reason in map(ask, names) if reason]


def check_heartbeat():
    directory = Path(os.environ["HYSDS_HEARTBEAT_DIRECTORY"])
    files = list(directory.iterdir()) if directory.is_dir() else []
    if not files:
        return ["no Celery node has connected to the broker yet"]
    now = time.time()
    # A file holds its node's name; worker_heartbeat.py.
    ages = {file.read_text() or file.name: now - file.stat().st_mtime for file in files}
    return [
        f"{name}: last heartbeat {age:.0f} seconds ago"
        for name, age in ages.items()
        if age > HEARTBEAT_SECONDS
    ]


def main(arguments):
    question, *options = arguments
    if question == "stores":
        reasons = check_stores(options)
    else:
        reasons = check_heartbeat()
        if reasons and options == ["--or-broker-away"] and ask("broker"):
            reasons = []
    sys.stderr.writelines(f"{reason}\n" for reason in reasons)
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
