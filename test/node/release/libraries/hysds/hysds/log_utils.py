"""States and measurements of jobs, to Redis: hysds/hysds hysds/log_utils.py.

Documents are msgpack on the lists that Logstash reads; the state of a task is a key beside them, which is known at
once. Each is logged whole.
"""

import copy
import json
import socket
import uuid
from datetime import datetime, timezone

import msgpack
from celery.utils.log import get_task_logger

from hysds.celery import app
from hysds.redis_pools import redis, text, with_redis
from hysds_commons.libraries import need

need("fabric.api", "filechunkio", "future", "lxml.etree", "packaging.version", "prov.model")

logger = get_task_logger(__name__)

JOB_STATUS_KEY = "hysds-job-status-%s"
WORKER_STATUS_KEY = "hysds-worker-status-%s"
TASK_WORKER_KEY = "hysds-task-worker-%s"
REVOKED_TASK_KEY = "hysds-revoked-task-%s"
PAYLOAD_HASH_KEY = "hysds-payload-hash-%s"

#: After these nobody but the job's worker may write its state.
TERMINAL = {"job-completed", "job-failed", "job-deduped", "job-offline", "job-revoked"}

#: What of a job the measurements have.
MEASURED = (
    "job_info",
    "job_id",
    "task_id",
    "delivery_info",
    "tag",
    "priority",
    "container_image_name",
    "container_image_url",
    "container_image_urls",
    "name",
)


def now():
    """ISO 8601 with microseconds, no zone, then Z."""
    return datetime.now(timezone.utc).replace(tzinfo=None).isoformat() + "Z"


def push(document, key, url):
    redis(url).rpush(app.conf[key], msgpack.dumps(document))


def ensure_hard_time_limit_gap(soft, hard):
    """Limits with at least HARD_TIME_LIMIT_GAP seconds between them."""
    gap = app.conf.HARD_TIME_LIMIT_GAP
    if soft is not None and (hard is None or hard <= soft + gap):
        hard = soft + gap
    return soft, hard


@with_redis
def log_task_worker(task, worker):
    redis().setex(TASK_WORKER_KEY % task, app.conf.HYSDS_JOB_STATUS_EXPIRES, worker)


def get_task_worker(task):
    return text(TASK_WORKER_KEY % task)


def get_worker_status(worker):
    return text(WORKER_STATUS_KEY % worker)


def get_job_status(task):
    return text(JOB_STATUS_KEY % task)


def is_revoked(task):
    return text(REVOKED_TASK_KEY % task) is not None


def is_job_finalized(task):
    """Whether a task's last state is known; False when Redis cannot be asked."""
    try:
        return get_job_status(task) in TERMINAL
    except Exception as error:
        logger.warning("state of task %s: %s", task, error)
        return False


@with_redis
def payload_hash_exists(payload_hash):
    """Whether the same payload was there before; it is from now on."""
    key = PAYLOAD_HASH_KEY % payload_hash
    return redis().set(key, payload_hash, ex=app.conf.HYSDS_JOB_STATUS_EXPIRES, nx=True) is None


@with_redis
def log_job_status(job):
    """The state of a job. Its context goes by with the job, and not twice."""
    document = copy.deepcopy({name: value for name, value in job.items() if name != "context"})
    document["resource"] = "job"
    document["type"] = document.get("job", {}).get("type", "unknown")
    document["@version"] = "1"
    document["@timestamp"] = now()
    if "tag" in document.get("job", {}):
        tags = document.get("tags", [])
        tags = [tags] if isinstance(tags, str) else tags
        document["tags"] = [*tags, document["job"]["tag"]]
    lifetime = app.conf.HYSDS_JOB_STATUS_EXPIRES
    limit = job.get("job", {}).get("job_info", {}).get("time_limit")
    if isinstance(limit, (int, float)) and not isinstance(limit, bool):
        lifetime = max(lifetime, int(limit) + 2 * app.conf.HARD_TIME_LIMIT_GAP)
    redis().setex(JOB_STATUS_KEY % job["uuid"], lifetime, job["status"])
    push(document, "REDIS_JOB_STATUS_KEY", "REDIS_JOB_STATUS_URL")
    logger.info("job_status_json:%s", json.dumps(document))


@with_redis
def log_job_info(job):
    """Measurements of a job that has ended, for Metrics."""
    document = {
        "type": "job_info",
        "@version": "1",
        "@timestamp": now(),
        "job": {name: job[name] for name in MEASURED if name in job},
        "job_type": job["type"],
    }
    push(document, "REDIS_JOB_INFO_KEY", "REDIS_JOB_INFO_URL")
    logger.info("job_info_json:%s", json.dumps(document))


@with_redis
def log_custom_event(event_type, status, event, tags=None, hostname=None):
    """An event of one's own; returns its id."""
    document = {
        "resource": "event",
        "type": event_type,
        "status": status,
        "@timestamp": now(),
        "hostname": socket.getfqdn() if hostname is None else hostname,
        "uuid": str(uuid.uuid4()),
        "tags": tags,
        "@version": "1",
        "event": event,
    }
    push(document, "REDIS_JOB_STATUS_KEY", "REDIS_JOB_STATUS_URL")
    logger.info("hysds.custom_event:%s", json.dumps(document))
    return document["uuid"]
