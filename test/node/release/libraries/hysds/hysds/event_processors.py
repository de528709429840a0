"""What follows from Celery's events: hysds/hysds hysds/event_processors.py. Asks for the search client at import."""

import re
import socket

import backoff

from hysds.celery import app
from hysds.es_util import get_mozart_es
from hysds.log_utils import (
    JOB_STATUS_KEY,
    TASK_WORKER_KEY,
    is_job_finalized,
    log_job_status,
    logger,
    now,
)
from hysds.redis_pools import SOCKET, retried, text
from hysds.task_worker import run_task
from hysds.user_rules_job import queue_finished_job

mozart_es = get_mozart_es()

#: Failures in which the worker could not write the job's state itself; a soft limit is none of them.
TASK_FAILED = re.compile(r"(?<![A-Za-z])(WorkerLostError|TimeLimitExceeded|ConnectionError)")


def ended(document):
    document.setdefault("job", {}).setdefault("job_info", {})["time_end"] = now()
    log_job_status(document)


def fail_job(event, uuid, exc, short_error):
    """Writes job-failed for a task that was lost, where its worker wrote no last state."""
    if is_job_finalized(uuid):
        logger.info("fail_job: %s has its last state", uuid)
        return
    fail_lost_job(event, uuid, exc, short_error)


@backoff.on_exception(backoff.expo, Exception, max_tries=5, max_value=10)
def fail_lost_job(event, uuid, exc, short_error):
    query = {"query": {"bool": {"must": [{"term": {"uuid": uuid}}]}}}
    hits = mozart_es.search(index="job_status-current", body=query)["hits"]["hits"]
    if not hits:
        raise RuntimeError(f"Failed to query for task UUID {uuid}")
    document = hits[0]["_source"]
    if document["status"] not in ("job-started", "job-queued"):
        logger.info("fail_job: %s is %s", uuid, document["status"])
        return
    trace = event.get("traceback", "")
    document.update(status="job-failed", error=exc, short_error=short_error, traceback=trace)
    ended(document)
    queue_finished_job(document["payload_id"], index=hits[0]["_index"])


@retried(Exception)
def offline_jobs(event):
    """Writes job-offline for what a worker ran that has gone, unless another worker has it by now."""
    hostname = event["hostname"]
    must = [{"term": {"celery_hostname": hostname}}, {"term": {"status": "job-started"}}]
    try:
        for hit in mozart_es.query(index="job_status-current", body={"query": {"bool": {"must": must}}}):
            document = hit["_source"]
            state = text(JOB_STATUS_KEY % document["uuid"], SOCKET)
            worker = text(TASK_WORKER_KEY % document["uuid"], SOCKET)
            if state != "job-started" or worker != hostname:
                logger.info("offline_jobs: %s is %s on %s", document["uuid"], state, worker)
                continue
            document.update(
                status="job-offline",
                error="Received worker-offline event during job execution.",
                short_error="worker-offline",
            )
            ended(document)
    except Exception:
        logger.warning("offline_jobs: %s", hostname, exc_info=True)


@retried(socket.error)
def queue_event(function, *arguments):
    payload = {
        "type": "process_events",
        "function": f"hysds.event_processors.{function}",
        "args": list(arguments),
    }
    run_task.apply_async((payload,), queue=app.conf.PROCESS_EVENTS_TASKS_QUEUE)


def queue_fail_job(event, uuid, exc, short_error):
    queue_event("fail_job", event, uuid, exc, short_error)


def queue_offline_jobs(event):
    queue_event("offline_jobs", event)
