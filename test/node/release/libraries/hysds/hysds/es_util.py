"""Clients of the three search clusters, one each for the life of the process: hysds/hysds hysds/es_util.py.

`*_ES_URL` goes to the client as it is: a URL, a list, or a list of host dictionaries.
"""

from functools import lru_cache

import boto3
from opensearchpy import AWSV4SignerAuth

from hysds.celery import app
from hysds_commons.elasticsearch_utils import ElasticsearchUtility
from hysds_commons.opensearch_utils import OpenSearchUtility


@lru_cache(maxsize=None)
def client(part):
    engine = app.conf.get(f"{part}_ES_ENGINE", "elasticsearch")
    url = app.conf[f"{part}_ES_URL"]
    options = {"timeout": 30, "max_retries": 10, "retry_on_timeout": True}
    if app.conf.get(f"{part}_AWS_ES", False) is True or "es.amazonaws.com" in url:
        region = app.conf.get("AWS_REGION", "us-west-2")
        options["http_auth"] = AWSV4SignerAuth(boto3.Session().get_credentials(), region)
    return (OpenSearchUtility if engine == "opensearch" else ElasticsearchUtility)(url, **options)


def get_mozart_es():
    return client("JOBS")


def get_grq_es():
    return client("GRQ")


def get_metrics_es():
    return client("METRICS")


def assert_doc_settled(utility, index, identity, extra=()):
    """Raises RuntimeError until the last write of a document can be found by a search."""
    body = {
        "query": {"bool": {"must": [{"term": {"_id": identity}}, *extra]}},
        "seq_no_primary_term": True,
        "size": 1,
    }
    hits = utility.search(index=index, body=body, preference=identity)["hits"]["hits"]
    if not hits:
        raise RuntimeError(f"{identity} cannot be found yet")
    written = utility.es.get(index=hits[0]["_index"], id=identity).get("_seq_no")
    found = hits[0].get("_seq_no")
    if found is not None and written is not None and found < written:
        raise RuntimeError(f"the last write of {identity} cannot be found yet")
