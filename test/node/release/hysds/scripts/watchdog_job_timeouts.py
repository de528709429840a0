"""Jobs that have not ended for a day: hysds/hysds scripts/watchdog_job_timeouts.py.

Those whose worker has gone become offline, those whose task failed become failed, others are tagged; none of it over a
last state that Redis knows.
"""

import logging
from datetime import datetime, timezone

import job_utils
from hysds.log_utils import get_job_status, is_job_finalized, log_job_status
from hysds.utils import parse_time, short_error

STATES = ["job-started", "job-offline"]
UNKNOWN = "undetermined by watchdog"


def age(timestamp):
    return (datetime.now(timezone.utc) - parse_time(timestamp)).total_seconds()


def next_state(document, overdue, grace):
    """What a started job has become, with the fields of its error. None while its failed task may still say more."""
    worker = job_utils.newest("worker_status-current", document["celery_hostname"])
    task = job_utils.newest("task_status-current", document["uuid"])
    if task is not None and task["status"] == "task-failed":
        if task.get("@timestamp") is not None and age(task["@timestamp"]) < grace:
            return None
        event = task.get("event", {})
        error = event.get("exception", UNKNOWN)
        trace = event.get("traceback", UNKNOWN)
        return {
            "status": "job-failed",
            "error": error,
            "short_error": short_error(error),
            "traceback": trace,
        }
    gone = worker is not None and (
        "timedout" in worker.get("tags", []) or worker["status"] == "worker-offline"
    )
    return {"status": "job-offline" if gone or (worker is None and overdue) else document["status"]}


def look_at(identity, document, grace):
    info = document["job"]["job_info"]
    overdue = age(info["time_start"]) > float(info["time_limit"])
    tags = document.get("tags", [])
    before = document["status"]
    change = next_state(document, overdue, grace) if before == "job-started" else {"status": before}
    late = overdue and "timedout" not in tags
    if change is None or (change["status"] == before and not late):
        return
    task = document["uuid"]
    if is_job_finalized(task):
        logging.warning("Job %s: redis=%s es=%s; left as it is.", identity, get_job_status(task), before)
        return
    document.update(change, tags=[*tags, "timedout"] if late else tags)
    log_job_status(document)
    logging.info("Set job %s to %s via log_job_status().", identity, document["status"])


def sweep(given):
    for hit in job_utils.stuck("job_status-current", STATES, given.timeout):
        try:
            look_at(hit["_id"], hit["_source"], given.grace_secs)
        except (KeyError, TypeError, ValueError) as error:
            logging.error("Job %s: skipping partial job_status doc (%s).", hit["_id"], error)


if __name__ == "__main__":
    job_utils.configure_logging("watchdog_job_timeouts")
    logging.info("host : %s", job_utils.HOST)
    given = job_utils.options(interval=3600, timeout=86400)
    logging.info("task-failed grace period: %d", given.grace_secs)
    job_utils.watch(given, lambda: sweep(given))
