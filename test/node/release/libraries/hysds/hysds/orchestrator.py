"""Requests for jobs to jobs on queues: hysds/hysds hysds/orchestrator.py."""

import copy
import importlib
import inspect
import json
import os
import re
import socket
import sys
import traceback
from datetime import datetime, timezone
from functools import lru_cache

from celery import uuid

from hysds.celery import app
from hysds.job_worker import run_job
from hysds.log_utils import ensure_hard_time_limit_gap, log_job_status
from hysds.redis_pools import retried
from hysds.user_rules_dataset import queue_dataset_evaluation
from hysds.user_rules_job import queue_finished_job
from hysds.utils import payload_hash, query_dedup_job, short_error

JOB_TYPE = re.compile(r"^\w+?:(.*)$")
#: The `ipath` of a dataset decides whether rules are asked; any other one is taken for a type of jobs.
DATASET_TYPE = re.compile(r"^dataset:\w+?::data/(.*)$")


class OrchestratorExecutionError(Exception):
    def __init__(self, message, job_status=None):
        super().__init__(message)
        self.job_status = job_status


@lru_cache(maxsize=32)
def get_function(name, directory=None):
    """`module.function`, read anew from a directory where one is given."""
    module, _, function = name.rpartition(".")
    if directory and directory not in sys.path:
        sys.path.insert(1, directory)
    return getattr(importlib.reload(importlib.import_module(module)), function)


def job_id(name):
    moment = datetime.now(timezone.utc)
    return f"{name}-{moment:%Y%m%dT%H%M%S}.{moment.microsecond}Z"


class Refusals:
    """What is logged of a request that makes no job."""

    def __init__(self, request, task, queue):
        self.request, self.task, self.queue = request, task, queue
        self.job = {"job_id": task, "name": task, "job_info": request}
        if "job_type" in request:
            self.job["type"] = bare(request["job_type"])

    def log(self, error, trace=None, job=None, **more):
        message = f"Error queueing job from {self.queue}: {error}"
        job = job or self.job
        status = {
            "uuid": job.get("task_id", job["job_id"]),
            "job_id": job["job_id"],
            "payload_id": self.task,
            "status": "job-failed",
            "job": job,
            "context": self.request.get("context", {}),
            "error": message,
            "short_error": short_error(message),
            "traceback": trace or message,
            **more,
        }
        log_job_status(status)
        return OrchestratorExecutionError(str(error), status)


def bare(job_type):
    """The type without `job:`."""
    match = JOB_TYPE.search(job_type)
    return match.group(1) if match else job_type


def creators(refusals):
    """Job creators by type, and the directory that has them."""
    file = os.environ.get("HYSDS_ORCHESTRATOR_CFG")
    if file is None:
        raise refusals.log("Environment variable HYSDS_ORCHESTRATOR_CFG is not set.")
    if not os.path.exists(file):
        raise refusals.log(f"Orchestrator configuration {file} doesn't exist.")
    with open(file) as stream:
        configuration = json.load(stream)
    directory = os.environ.get("HYSDS_JOB_CREATORS_DIR")
    if directory is None:
        raise refusals.log("Environment variable HYSDS_JOB_CREATORS_DIR is not set.")
    return {each["job_type"]: each["job_creators"] for each in configuration["configs"]}, directory


@app.task
def submit_job(j):
    task = submit_job.request.id
    delivery = submit_job.request.delivery_info
    refusals = Refusals(j, task, delivery.get("exchange", "unknown"))
    day = datetime.now(timezone.utc)
    j["index"] = f"job_status-{day:%Y.%m.%d}"
    known, directory = creators(refusals)
    for field in ("job_type", "payload"):
        if field not in j:
            raise refusals.log(f"Invalid job spec. No '{field}' specified.")
    if j.get("payload_hash") is None:
        j["payload_hash"] = payload_hash(j["payload"])
    if j.get("enable_dedup", True) is True and deduplicated(j, refusals):
        return [task]
    job_type = j["job_type"]
    if job_type not in known:
        if DATASET_TYPE.search(job_type):
            return queue_dataset_evaluation(j["payload"])
        name = j.get("job_name", bare(job_type)).replace(":", "__")
        queue = j.get("job_queue") or bare(job_type)
        creator = {"job_name": name, "function": "utils.get_job_json", "job_queues": [queue]}
        known[job_type] = [creator]
    priority = j.get("priority")
    priority = (delivery.get("priority") or 0) if priority is None else priority
    results = []
    for creator in known[job_type]:
        job = created(creator, j, directory, refusals)
        for queue in creator["job_queues"]:
            results += queued(job, creator, queue, j, priority, day, refusals)
    return results


def deduplicated(j, refusals):
    """Whether another job has the same payload; logs this one as its double then."""
    other = query_dedup_job(j["payload_hash"])
    if other is None:
        return False
    log_job_status(
        {
            "uuid": refusals.task,
            "job_id": refusals.task,
            "payload_id": refusals.task,
            "payload_hash": j["payload_hash"],
            "dedup": True,
            "dedup_job": other["_id"],
            "status": "job-deduped",
            "job": refusals.job,
            "context": j.get("context", {}),
            "dedup_msg": f"orchestrator found duplicate job {other['_id']} with status {other['status']}",
        }
    )
    queue_finished_job(refusals.task, index=j["index"])
    return True


def created(creator, j, directory, refusals):
    """The job that a creator makes of a payload."""
    function = get_function(creator["function"], directory)
    takes_type = "job_type" in inspect.getfullargspec(function).args
    try:
        job = function(j["payload"], bare(j["job_type"])) if takes_type else function(j["payload"])
    except Exception:
        error = f"Job creator function {creator['function']} failed to generate job JSON."
        double = {"payload_hash": j["payload_hash"], "dedup": j.get("enable_dedup", True)}
        raise refusals.log(error, traceback.format_exc(), **double) from None
    job.setdefault("context", {}).update(j.get("context", {}))
    return job


def queued(template, creator, queue, j, priority, moment, refusals):
    """Puts one job on a queue and logs it. A failure to do so is logged, and no error."""
    task, dedup = refusals.task, j.get("enable_dedup", True)
    job = copy.deepcopy(template)
    job["job_id"] = job_id(job.get("name", creator["job_name"]))
    job.setdefault("name", job["job_id"])
    for name in ("container_image_name", "container_image_url", "container_image_urls"):
        if j.get(name) is not None:
            job[name] = j[name]
    for name in ("container_mappings", "runtime_options"):
        if j.get(name) is not None:
            job[name] = j[name]
    for name in ("tag", "username"):
        if name not in job and j.get(name) is not None:
            job[name] = j[name]
    soft, hard = ensure_hard_time_limit_gap(
        creator.get("soft_time_limit", j.get("soft_time_limit")),
        creator.get("time_limit", j.get("time_limit")),
    )
    job["priority"] = priority
    job["job_info"] = {
        "id": job["job_id"],
        "job_queue": queue,
        "time_queued": moment.replace(tzinfo=None).isoformat() + "Z",
        "index": j["index"],
        "time_limit": hard,
        "soft_time_limit": soft,
        "payload_hash": j["payload_hash"],
        "dedup": dedup,
        "job_payload": {"job_type": j["job_type"], "payload_task_id": task},
    }
    job["task_id"] = uuid()
    double = {"payload_hash": j["payload_hash"], "dedup": dedup}
    try:
        do_run_job(job, queue, hard, soft, priority)
        log_job_status(
            {
                "uuid": job["task_id"],
                "job_id": job["job_id"],
                "payload_id": task,
                **double,
                "status": "job-queued",
                "job": job,
            }
        )
    except Exception as error:
        refusals.log(error, traceback.format_exc(), job, **double)
        queue_finished_job(task, index=j["index"])
        return []
    return [job["task_id"]]


@retried(socket.error)
def do_run_job(job, queue, time_limit, soft_time_limit, priority):
    return run_job.apply_async(
        (job,),
        queue=queue,
        time_limit=time_limit,
        soft_time_limit=soft_time_limit,
        priority=priority,
        task_id=job["task_id"],
    )


@retried(socket.error)
def do_submit_job(job, queue):
    """Queues a request; of it only the priority is the message's."""
    options = {"priority": job["priority"]} if "priority" in job else {}
    return submit_job.apply_async((job,), queue=queue, **options)
