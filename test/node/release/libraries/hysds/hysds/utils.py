"""Small things that job workers share: hysds/hysds hysds/utils.py."""

import copy
import hashlib
import importlib
import json
import os
import re
from datetime import datetime, timezone
from subprocess import CalledProcessError, check_output

import backoff
import requests

from hysds.celery import app
from hysds.es_util import get_grq_es, get_mozart_es
from hysds.log_utils import logger, payload_hash_exists

#: Of a payload, what does not make it another one.
NOT_HASHED = ("_disk_usage", "_sciflo_job_num", "_sciflo_wuid")


class NoDedupJobFoundException(Exception):
    """The payload was there before, but its job is not indexed yet."""


def function_named(name):
    """`package.module.function`."""
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module), function)


def makedirs(directory):
    os.makedirs(directory, 0o777, exist_ok=True)


def disk_usage(path):
    """Bytes below a path, links followed; 0 where they cannot be counted."""
    try:
        return int(check_output(["du", "-sbL", path]).split()[0])
    except (OSError, CalledProcessError):
        return 0


def parse_time(text):
    """A time that this package wrote, in UTC."""
    form = "%Y-%m-%dT%H:%M:%S.%fZ" if "." in text else "%Y-%m-%dT%H:%M:%SZ"
    return datetime.strptime(text, form).replace(tzinfo=timezone.utc)


def short_error(error):
    """An error in 35 characters."""
    text = str(error)
    return f"{text[:20]}.....{text[-10:]}" if len(text) > 35 else text


def payload_hash(payload):
    kept = {name: value for name, value in copy.deepcopy(payload).items() if name not in NOT_HASHED}
    return hashlib.md5(json.dumps(kept, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@backoff.on_exception(backoff.expo, requests.exceptions.RequestException, max_tries=8, max_value=32)
@backoff.on_exception(
    backoff.expo, NoDedupJobFoundException, max_tries=8, max_value=32, raise_on_giveup=False
)
def query_dedup_job(key, filter_id=None, states=None, is_worker=False):
    """The oldest job with the same payload in one of the states, or None."""
    known = payload_hash_exists(key)
    must = [
        {"term": {"payload_hash": key}},
        {"terms": {"status": states or ["job-queued", "job-started", "job-completed"]}},
    ]
    query = {"bool": {"must": must}}
    if filter_id is not None:
        query["bool"]["must_not"] = {"term": {"uuid": filter_id}}
    body = {
        "sort": [{"job.job_info.time_queued": {"order": "asc"}}],
        "size": 1,
        "_source": ["status"],
        "query": query,
    }
    answer = get_mozart_es().search(index="job_status-current", body=body, ignore=404)
    if answer.get("status") == 404:
        return None
    for hit in answer["hits"]["hits"]:
        return {"_id": hit["_id"], "status": hit["_source"]["status"]}
    if known and not is_worker:
        raise NoDedupJobFoundException(f"no job with payload {key} yet")
    return None


def dataset_exists(identity):
    body = {"query": {"bool": {"must": [{"term": {"_id": identity}}]}}}
    return get_grq_es().get_count(index="grq", body=body, ignore=404) > 0


def download_params(url):
    """The profile of BUCKET_PROFILES that is for a URL, for osaka."""
    for profile in app.conf.get("BUCKET_PROFILES", []):
        patterns = profile.get("bucket_patterns")
        if patterns is None:
            return {"profile_name": profile["profile"]}
        patterns = patterns if isinstance(patterns, list) else [patterns]
        if any(re.search(pattern, url) for pattern in patterns):
            logger.info("%s is for profile %s", url, profile["profile"])
            return {"profile_name": profile["profile"]}
    return {}


def valid_index_pattern(pattern):
    """No comma at either end, and not only asterisks."""
    pattern = pattern.strip()
    return not pattern.startswith(",") and not pattern.endswith(",") and set(pattern) != {"*"}
