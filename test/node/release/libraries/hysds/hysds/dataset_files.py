"""A dataset to where datasets.json wants it: ingest_to_object_store of hysds/hysds hysds/dataset_ingest_bulk.py."""

import json
import os
import shutil
from datetime import datetime, timezone
from glob import glob
from subprocess import check_output
from tempfile import mkdtemp
from urllib.parse import urlsplit

import osaka.main
from hysds.datasets import Recognizer
from hysds.es_util import get_mozart_es
from hysds.log_utils import log_custom_event, logger
from hysds.utils import dataset_exists, disk_usage
from osaka.utils import NoClobberException

CONTEXT = "_publish.context.json"


class NoClobberPublishContextException(Exception):
    """Another job publishes the same dataset, or has published it."""


def read(file, default=None):
    if default is not None and not os.path.exists(file):
        return default
    with open(file) as stream:
        return json.load(stream)


def put_all(directory, url, params):
    for root, _, files in os.walk(directory):
        for name in files:
            path = os.path.join(root, name)
            target = os.path.join(url, os.path.relpath(path, directory))
            logger.info("Uploading %s to %s.", path, target)
            osaka.main.put(path, target, params=params, noclobber=True)


class Publication:
    """One dataset of a job on its way to its location."""

    def __init__(self, directory, job, url, params, job_directory):
        self.directory, self.url, self.params = directory, url, params
        self.identity = os.path.basename(directory)
        info = job.get("job_info", {})
        self.context = {
            "payload_id": info.get("job_payload", {}).get("payload_task_id"),
            "payload_hash": info.get("payload_hash"),
            "task_id": job.get("task_id"),
        }
        self.folder = mkdtemp(prefix=".pub_context", dir=job_directory)
        self.context_url = os.path.join(url, CONTEXT)

    def write(self, force):
        """First the mark of who publishes, which keeps others away; then every file, none of them overwritten."""
        if force:
            try:
                osaka.main.rmall(self.url, params=self.params)
            except Exception as error:
                logger.info("nothing removed at %s: %s", self.url, error)
        file = os.path.join(self.folder, CONTEXT)
        with open(file, "w") as stream:
            json.dump(self.context, stream, indent=2, sort_keys=True)
        try:
            osaka.main.put(file, self.context_url, params=self.params, noclobber=True)
        except NoClobberException as error:
            raise NoClobberPublishContextException(f"{self.context_url} is there already") from error
        put_all(self.directory, self.url, self.params)

    def publish(self, force):
        """Overwrites only what no catalogued dataset has."""
        try:
            self.write(force)
        except NoClobberPublishContextException:
            event = self.why_overwrite()
            self.log_orphan(event)
            self.write(force=True)
        except NoClobberException as error:
            if dataset_exists(self.identity):
                osaka.main.rmall(self.context_url, params=self.params)
                message = f"Dataset already exists: {self.identity}. No need to force publish.."
                raise NoClobberException(message) from error
            self.log_orphan("orphaned_dataset-no_es_doc")
            self.write(force=True)
        osaka.main.rmall(self.context_url, params=self.params)
        shutil.rmtree(self.folder, ignore_errors=True)

    def why_overwrite(self):
        """The event of an earlier try that may be overwritten. Raises when it may not."""
        copy = os.path.join(self.folder, f"{CONTEXT}.orig")
        osaka.main.get(self.context_url, copy, params=self.params)
        payload = read(copy).get("payload_id")
        if payload is None:
            raise NoClobberPublishContextException(f"{self.context_url} names no payload")
        if payload != self.context["payload_id"]:
            state = job_state(payload)
            if state == "job-failed":
                return "orphaned_dataset-job_failed"
            if state == "job-started":
                raise NoClobberPublishContextException(f"{self.context_url}: job {payload} is running")
        if dataset_exists(self.identity):
            message = f"Dataset already exists: {self.identity}. No need to force publish."
            raise NoClobberPublishContextException(message)
        same = payload == self.context["payload_id"]
        return "orphaned_dataset-" + ("retry_previous_failed" if same else "no_es_doc")

    def log_orphan(self, event):
        orphan = {**self.context, "dataset_id": self.identity, "dataset_url": self.url}
        log_custom_event(event, "clobber", {"orphan_info": orphan})


def job_state(payload):
    query = {"query": {"bool": {"must": [{"term": {"_id": payload}}]}}}
    request = {"index": "job_status-current", "body": query, "_source_includes": ["status"]}
    for hit in get_mozart_es().search(**request)["hits"]["hits"]:
        return hit["_source"]["status"]
    return None


def metadata_of(directory, recognizer):
    """NAME.met.json, or what the extractor says, with met.json over it."""
    identity = os.path.basename(directory)
    file, seed = os.path.join(directory, f"{identity}.met.json"), os.path.join(directory, "met.json")
    if os.path.exists(file) or recognizer.extractor is None:
        return read(file, {})
    metadata = json.loads(check_output([recognizer.extractor, directory]))
    metadata = {**metadata, "data_product_name": identity, **read(seed, {})}
    with open(file, "w") as stream:
        json.dump(metadata, stream, indent=2)
    if os.path.exists(seed):
        os.unlink(seed)
    return metadata


def browse_images(directory, recognizer):
    """Small browse images go to the browse location; all are named."""
    images = []
    for image in glob(f"{directory}/*browse.png"):
        small = image.replace("browse.png", "browse_small.png")
        name = os.path.basename(small) if os.path.exists(small) else None
        if name is not None:
            target = os.path.join(recognizer.location("browse"), name)
            osaka.main.put(small, target, params=recognizer.osaka_params("browse"))
        stem = os.path.basename(image)
        tooltip = stem.removesuffix("browse.png").removesuffix(".")
        images.append({"img": stem, "small_img": name, "tooltip": tooltip})
    return images


def ingest_files(directory, job, job_directory, datasets_file, force):
    """Publishes a dataset; returns measurements and the document for GRQ.

    Raises RuntimeError without a version, for a scheme that osaka does not know, and for PROV-ES, which the stand-in
    does not write.
    """
    identity = os.path.basename(directory)
    dataset = read(os.path.join(directory, f"{identity}.dataset.json"))
    if "version" not in dataset:
        raise RuntimeError("Failed to find required field: version")
    if os.path.exists(os.path.join(directory, f"{identity}.prov_es.json")):
        raise RuntimeError("the stand-in writes no PROV-ES")
    recognizer = Recognizer(datasets_file, directory, identity, dataset["version"])
    metadata = metadata_of(directory, recognizer)
    context = read(os.path.join(directory, f"{identity}.context.json"), {})
    recognizer.values.update(dataset=dataset, met=metadata)
    metrics = {"ipath": recognizer.ipath, "path": directory}
    urls, browse_urls, images = [], [], []
    if recognizer.configured("publish"):
        location = recognizer.location("publish")
        urls = recognizer.urls("publish")
        if not osaka.main.supported(location):
            raise RuntimeError(f"Scheme {urlsplit(location).scheme} is currently not supported.")
        size, start = disk_usage(directory), datetime.now(timezone.utc).replace(tzinfo=None)
        params = recognizer.osaka_params("publish")
        Publication(directory, job, location, params, job_directory).publish(force)
        end = datetime.now(timezone.utc).replace(tzinfo=None)
        metrics.update(
            url=urlsplit(location).path,
            disk_usage=size,
            time_start=start.isoformat() + "Z",
            time_end=end.isoformat() + "Z",
            duration=(end - start).total_seconds(),
            transfer_rate=size / (end - start).total_seconds(),
            pub_path_url=location,
        )
    if recognizer.configured("browse"):
        browse_urls = recognizer.urls("browse")
        images = browse_images(directory, recognizer)
        metrics["browse_path"] = recognizer.location("browse")
    index = recognizer.entry.get("index")
    document = {
        "id": identity,
        "objectid": identity,
        "metadata": metadata,
        "dataset": recognizer.ipath.split("/")[1],
        "ipath": recognizer.ipath,
        "system_version": dataset["version"],
        "dataset_level": recognizer.filled(recognizer.entry["level"]),
        "dataset_type": recognizer.filled(recognizer.entry["type"]),
        "urls": urls,
        "browse_urls": browse_urls,
        "images": images,
        "prov": context.get("_prov", {}),
        **dataset,
        "grq_index_result": {"index": index},
    }
    if index is not None:
        document["index"] = index
    return metrics, document
