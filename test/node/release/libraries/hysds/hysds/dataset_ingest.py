"""One dataset to GRQ by its first API, for triaged jobs: hysds/hysds hysds/dataset_ingest.py."""

import json

import backoff
import requests

from hysds.celery import app
from hysds.dataset_ingest_bulk import publish_files, queue_dataset, staged
from hysds.redis_pools import backoff_max_tries, backoff_max_value


@backoff.on_exception(
    backoff.expo,
    requests.exceptions.RequestException,
    max_tries=backoff_max_tries,
    max_value=backoff_max_value,
)
def index_dataset(url, document):
    answer = requests.post(url, verify=False, data={"dataset_info": json.dumps(document)})
    answer.raise_for_status()
    return answer.json()


def publish_dataset(directory, job, context):
    """Publishes and catalogues a dataset, and has its rules asked; returns its document."""
    document, _, measured = publish_files(job, context, directory)
    document["grq_index_result"] = index_dataset(app.conf.GRQ_UPDATE_URL, document)
    queue_dataset(document, app.conf.DATASET_PROCESSED_QUEUE)
    job["job_info"]["metrics"].setdefault("products_staged", []).append(staged(document, measured))
    return document
