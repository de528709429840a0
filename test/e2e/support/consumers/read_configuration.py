"""Reads rendered files as their consumers do: one answer for each folder of rendered files, as JSON."""

import json
import netrc
import pathlib
import runpy
import sys
import urllib.parse

from elasticsearch import Elasticsearch
from flask import Config
from kombu import Connection
from opensearchpy import OpenSearch
from redis.connection import parse_url


def search_client(engine, hosts, login):
    """The client as HySDS creates it, whatever the cluster speaks."""
    hosts = hosts if isinstance(hosts, list) else [hosts]
    if engine == "opensearch":
        client = OpenSearch(hosts=hosts, use_ssl=True, verify_certs=False, ssl_show_warn=False, http_auth=login)
    else:
        client = Elasticsearch(hosts=hosts, verify_certs=False, ssl_show_warn=False, http_auth=login)
    connection = client.transport.connection_pool.connections[0]
    return {"host": connection.host, "authorization": connection.headers.get("authorization")}


def read(folder):
    celery = runpy.run_path(str(folder / "celeryconfig.py"))
    broker = Connection(celery["broker_url"])
    flask = {}
    for application in ("mozart", "grq2", "pele"):
        config = Config(str(folder))
        config.from_pyfile(f"{application}/settings.cfg")
        flask[application] = config
    login, _, password = netrc.netrc(folder / "netrc-os").authenticators("default")
    management = urllib.parse.urlsplit(flask["mozart"]["RABBITMQ_ADMIN_API"])
    assert management.password is None, "requests would show it with every refusal"
    return {
        "broker": broker.password,
        "virtualHost": broker.virtual_host,
        "management": netrc.netrc(folder / "netrc").authenticators(management.hostname)[2],
        "redis": parse_url(celery["REDIS_JOB_STATUS_URL"])["password"],
        "grq2Redis": parse_url(flask["grq2"]["REDIS_URL"])["password"],
        "netrc": [login, password],
        "jobs": search_client(celery["JOBS_ES_ENGINE"], celery["JOBS_ES_URL"], (login, password)),
        "peleKey": flask["pele"]["SECRET_KEY"],
    }


if __name__ == "__main__":
    print(json.dumps([read(pathlib.Path(folder)) for folder in sys.argv[1:]]))
