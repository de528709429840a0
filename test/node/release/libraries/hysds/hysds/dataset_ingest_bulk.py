"""Datasets of a job, all or none: hysds/hysds hysds/dataset_ingest_bulk.py."""

import json
import os
import shutil
import traceback
from datetime import datetime, timezone

import backoff
import requests

import osaka.main
from hysds.celery import app
from hysds.dataset_files import ingest_files, read
from hysds.datasets import dataset_directories
from hysds.log_utils import logger
from hysds.orchestrator import do_submit_job
from hysds.redis_pools import backoff_max_tries, backoff_max_value
from hysds.utils import disk_usage, parse_time


class NotAllProductsIngested(Exception):
    """Some dataset could not be stored or catalogued: none is."""


@backoff.on_exception(
    backoff.expo,
    (NotAllProductsIngested, requests.RequestException),
    max_tries=backoff_max_tries,
    max_value=backoff_max_value,
)
def bulk_index_dataset(url, documents):
    """Catalogues all in one request, whose body is JSON in a JSON string."""
    answer = requests.post(url, verify=False, json=json.dumps(documents))
    if not 200 <= answer.status_code < 300:
        raise NotAllProductsIngested(answer.text)
    return answer.json()


def queue_dataset(document, queue):
    """Tells the orchestrator of a dataset: by its `ipath`, which decides what becomes of it."""
    payload = {"job_type": f"dataset:{document['ipath']}", "payload": document}
    do_submit_job(payload, queue)


def publish_files(job, context, directory):
    """Stores one dataset; returns its document, where it is, and what was measured."""
    info = job["job_info"]
    identity = os.path.basename(directory)
    shutil.copy(info["context_file"], os.path.join(directory, f"{identity}.context.json"))
    start = datetime.now(timezone.utc).replace(tzinfo=None)
    written = read(os.path.join(info["job_dir"], "_job.json"), {})
    force = context.get("_force_ingest", False)
    metrics, document = ingest_files(
        directory, written, info["job_dir"], info["datasets_cfg_file"], bool(force)
    )
    end = datetime.now(timezone.utc).replace(tzinfo=None)
    seconds, size = (end - start).total_seconds(), disk_usage(directory)
    began = parse_time(info["time_start"]).replace(tzinfo=None)
    minutes = (end - began).total_seconds() / 60
    info["metrics"]["product_provenance"] = {
        "product_type": metrics["ipath"],
        "processing_start_time": began.isoformat() + "Z",
        "availability_time": end.isoformat() + "Z",
        "processing_latency": minutes,
        "total_latency": minutes,
    }
    measured = {
        "path": directory,
        "disk_usage": size,
        "time_start": start.isoformat() + "Z",
        "time_end": end.isoformat() + "Z",
        "duration": seconds,
        "transfer_rate": size / seconds,
    }
    return document, metrics, measured


def staged(document, measured):
    """What a job's measurements say of a dataset."""
    names = (
        "id",
        "urls",
        "browse_urls",
        "dataset",
        "ipath",
        "system_version",
        "dataset_level",
        "dataset_type",
    )
    index = document["grq_index_result"]["index"]
    return {**measured, **{name: document[name] for name in names}, "index": index}


def remove_files(metrics):
    for place in ("pub_path_url", "browse_path"):
        if place in metrics:
            osaka.main.rmall(metrics[place])


def publish_datasets(job, context):
    """Stores every dataset that the job made and that was no input of it, catalogues them, and has rules asked."""
    info = job["job_info"]
    if info["status"] != 0 or info["pid"] == 0:
        logger.info("Bypassing dataset publishing: exit code %s, process %s", info["status"], info["pid"])
        return True
    stored = []
    try:
        for directory in dataset_directories(info["job_dir"]):
            if not os.path.exists(os.path.join(directory, ".localized")):
                stored.append(publish_files(job, context, directory))
        documents = [document for document, _, _ in stored]
        if documents:
            logger.info("publishing %d dataset(s) to Elasticsearch", len(documents))
            bulk_index_dataset(app.conf.GRQ_UPDATE_URL_BULK, documents)
    except Exception as error:
        trace = traceback.format_exc()
        logger.error(trace)
        for _, metrics, _ in stored:
            remove_files(metrics)
        raise NotAllProductsIngested(f"Product failed to ingest to data store: {trace}") from error
    for document, _, measured in stored:
        queue_dataset(document, app.conf.DATASET_PROCESSED_QUEUE)
        info["metrics"]["products_staged"].append(staged(document, measured))
    with open(os.path.join(info["job_dir"], "_datasets.json"), "w") as stream:
        json.dump(documents, stream, indent=2, sort_keys=True)
    return True
