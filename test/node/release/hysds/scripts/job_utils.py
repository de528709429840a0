"""What the watchdogs share: hysds/hysds scripts/job_utils.py and the frame of scripts/watchdog_*.py.

They print their queries and what these find, and the setting of the cluster as it is: credentials in it are printed.
"""

import argparse
import json
import logging
import random
import time

from hysds.celery import app
from hysds.es_util import get_mozart_es

HOST = app.conf.get("JOBS_ES_URL", "https://localhost:9200")


def configure_logging(name):
    form = f"[%(asctime)s: %(levelname)s/{name}] %(message)s"
    logging.basicConfig(format=form, level=logging.INFO)


def stuck(index, statuses, timeout):
    """Documents in one of the states whose last change is longer ago than that, seconds."""
    must = [{"terms": {"status": statuses}}, {"range": {"@timestamp": {"lt": f"now-{timeout}s"}}}]
    query = {"query": {"bool": {"must": must}}}
    print(json.dumps(query, indent=2))
    found = get_mozart_es().query(body=query, index=index)
    print(found)
    logging.info("Found %d documents in %s older than %s seconds.", len(found), statuses, timeout)
    return found


def newest(index, identity):
    """The newest document of an id behind an alias, or None."""
    body = {"query": {"term": {"_id": identity}}, "sort": [{"@timestamp": {"order": "desc"}}]}
    hits = get_mozart_es().search(index=index, body=body)["hits"]["hits"]
    return hits[0]["_source"] if hits else None


def tag_stuck(index, status, timeout):
    """Tags stuck documents as timed out; one that has gone meanwhile is left out."""
    for hit in stuck(index, [status], timeout):
        tags = hit["_source"].get("tags", [])
        if "timedout" in tags:
            continue
        change = {"doc": {"tags": [*tags, "timedout"]}}
        try:
            get_mozart_es().update_document(index=hit["_index"], id=hit["_id"], body=change)
            logging.info("Tagged %s as timedout.", hit["_id"])
        except Exception as error:
            logging.warning("Failed to update %s: %s", hit["_id"], error)


def options(interval, timeout):
    parser = argparse.ArgumentParser()
    parser.add_argument("-i", "--interval", type=int, default=interval)
    parser.add_argument("-u", "--url", default=HOST)
    parser.add_argument("-t", "--timeout", type=int, default=timeout)
    parser.add_argument("-g", "--grace-secs", type=int, default=300)
    return parser.parse_args()


def watch(given, sweep):
    """Sweeps for ever, each time after the interval, a quarter more or less."""
    quarter = given.interval // 4
    logging.info("interval min: %d", given.interval - quarter)
    logging.info("interval max: %d", given.interval + quarter)
    logging.info("url: %s", given.url)
    logging.info("timeout threshold: %d", given.timeout)
    while True:
        try:
            sweep()
        except Exception:
            logging.exception("Got error")
        time.sleep(random.randint(given.interval - quarter, given.interval + quarter))
