"""Celery's event stream to the Redis list that Mozart's Logstash reads: hysds/hysds scripts/process_events.py.

Keeps for 60 seconds which workers live, which decides whether a job that is delivered again is a double. What
orchestrators do is left out, by the start of their node names.
"""

import json
import logging
import re
from datetime import datetime, timezone

import msgpack

from hysds.celery import app
from hysds.event_processors import TASK_FAILED, queue_fail_job, queue_offline_jobs
from hysds.log_utils import WORKER_STATUS_KEY, now
from hysds.redis_pools import SOCKET, redis

logging.basicConfig(format="[%(asctime)s: %(levelname)s/process_events] %(message)s", level=logging.INFO)

ORCHESTRATOR = re.compile(r"^celery@orchestrator")
SUBMISSION = "hysds.orchestrator.submit_job"
ALIVE_SECONDS = 60


def job_type(event):
    """The start of the node's name, which is the queue's; else what the task's arguments say."""
    named = re.search(r"^celery@(.+?)\..+$", event.get("hostname", ""))
    argument = re.search(r"'type': '(.+?)',", event.get("args", "") or "")
    match = named or argument
    return match.group(1) if match else "unknown"


def push(resource, status, event, uuid, **more):
    document = {
        "resource": resource,
        "type": job_type(event),
        "status": status,
        "celery_hostname": event.get("hostname"),
        "uuid": uuid,
        "@version": "1",
        "@timestamp": now(),
        "event": event,
        **more,
    }
    redis(SOCKET).rpush(app.conf.REDIS_JOB_STATUS_KEY, msgpack.dumps(document))
    logging.info("hysds.%s_event:%s", resource, json.dumps(document))


def of_orchestrator(event):
    return ORCHESTRATOR.search(event["hostname"]) is not None


def on_task(event):
    status = event["type"]
    submission = status == "task-sent" and event["name"].startswith(SUBMISSION)
    if status == "task-failed":
        lost = TASK_FAILED.search(str(event.get("exception", "")))
        if lost:
            queue_fail_job(event, event["uuid"], event["exception"], lost.group(1))
    elif of_orchestrator(event) or submission:
        return
    day = datetime.now(timezone.utc).strftime("%Y.%m.%d")
    push("task", status, event, event["uuid"], index=event.get("index", f"task_status-{day}"))


def on_worker(event):
    if of_orchestrator(event):
        return
    status, key = event["type"], WORKER_STATUS_KEY % event["hostname"]
    if status == "worker-offline":
        redis(SOCKET).delete(key)
        queue_offline_jobs(event)
    else:
        redis(SOCKET).setex(key, ALIVE_SECONDS, status)
        logging.info("hysds.worker_status:%s:%s", event["hostname"], status)
    push("worker", status, event, [])


def main():
    state = app.events.State()

    def remembered(handler):
        def handle(event):
            state.event(event)
            handler(event)

        return handle

    tasks = ("sent", "received", "started", "succeeded", "failed", "retried", "revoked")
    handlers = {f"task-{name}": remembered(on_task) for name in tasks}
    handlers.update({f"worker-{name}": remembered(on_worker) for name in ("online", "offline", "heartbeat")})
    with app.connection() as connection:
        receiver = app.events.Receiver(connection, handlers=handlers)
        receiver.capture(limit=None, timeout=None, wakeup=True)


if __name__ == "__main__":
    main()
