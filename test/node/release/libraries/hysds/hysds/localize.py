"""Inputs of a job: hysds/hysds hysds/localize.py and download_file of hysds/utils.py."""

import hashlib
import os
import shutil
import traceback
from datetime import datetime, timezone

import backoff

import osaka.main
from hysds.celery import app
from hysds.datasets import dataset_directories
from hysds.log_utils import logger, now
from hysds.utils import disk_usage, download_params, makedirs


def download_to_cache(url, path):
    """Downloads once a work directory, and links: the cache keeps what the job does not."""
    digest = hashlib.md5(url.encode()).hexdigest()
    root = os.environ.get("HYSDS_ROOT_WORK_DIR", app.conf.ROOT_WORK_DIR)
    directory = os.path.join(root, "cache", *digest[:4], digest)
    makedirs(directory)
    complete = os.path.join(directory, ".localized")
    if not os.path.exists(complete):
        try:
            osaka.main.get(url, directory, params=download_params(url))
        except Exception:
            shutil.rmtree(directory)
            raise
        with open(complete, "w") as stream:
            stream.write(now() + "\n")
    for name in os.listdir(directory):
        if name != ".localized":
            source = os.path.join(directory, name)
            nested = os.path.isdir(source) and os.path.isdir(path)
            os.symlink(source, os.path.join(path, name) if nested else path)


@backoff.on_exception(backoff.constant, Exception, max_tries=6, interval=5)
def download(url, path, cache):
    """Downloads, and says how long it took."""
    start = datetime.now(timezone.utc).replace(tzinfo=None)
    try:
        if cache:
            download_to_cache(url, path)
        else:
            osaka.main.get(url, path, params=download_params(url))
    except Exception as error:
        trace = traceback.format_exc()
        logger.error(trace)
        raise RuntimeError(f"Failed to download {url}: {error}\n{trace}") from error
    end = datetime.now(timezone.utc).replace(tzinfo=None)
    seconds, size = (end - start).total_seconds(), disk_usage(path)
    return {
        "url": url,
        "path": path,
        "disk_usage": size,
        "time_start": start.isoformat() + "Z",
        "time_end": end.isoformat() + "Z",
        "duration": seconds,
        "transfer_rate": size / seconds,
    }


def localize_urls(job, context):
    directory = job["job_info"]["job_dir"]
    for wanted in job["localize_urls"]:
        url = wanted["url"]
        path = os.path.join(directory, wanted.get("local_path") or "")
        if os.path.isdir(path) or path.endswith("/"):
            path = os.path.join(path, os.path.basename(url))
        makedirs(os.path.dirname(path))
        metrics = download(url, path, wanted.get("cache", True))
        job["job_info"]["metrics"]["inputs_localized"].append(metrics)
    return True


def mark_localized_datasets(job, context):
    """Inputs that are datasets are not published again."""
    for directory in dataset_directories(job["job_info"]["job_dir"]):
        with open(os.path.join(directory, ".localized"), "w") as stream:
            stream.write(now() + "\n")
    return True
