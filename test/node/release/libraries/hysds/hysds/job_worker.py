"""Jobs: hysds/hysds hysds/job_worker.py.

The task is acknowledged when it has ended. A job that is delivered again, because its worker went, is dropped as a
double when a worker of the same node name is alive: without job locks, whoever restarts a worker under its old name
loses the job. A revoked job's container goes on.
"""

import json
import os
import signal
import time
import traceback

from celery.signals import task_revoked

from hysds.celery import app
from hysds.job_execution import JobExecution
from hysds.job_files import JobFiles
from hysds.job_states import JobStates, WorkerExecutionError
from hysds.lock import JobLock, break_stale_lock
from hysds.log_utils import (
    get_job_status,
    get_task_worker,
    get_worker_status,
    is_revoked,
    log_job_info,
    log_job_status,
    log_task_worker,
    logger,
    now,
)
from hysds.user_rules_job import queue_finished_job
from hysds.utils import function_named, makedirs, short_error

POST_PROCESSORS = ("hysds.dataset_ingest_bulk.publish_datasets",)

SIGNALS = {
    signal.SIGHUP: "hangup",
    signal.SIGINT: "interrupted",
    signal.SIGQUIT: "quit",
    signal.SIGABRT: "aborted",
    signal.SIGTERM: "terminated",
}


def redelivered_job_dup(job):
    """Whether another worker has this job already, or has ended it."""
    task = job["task_id"]
    redelivered = job.get("delivery_info", {}).get("redelivered", False)
    status = get_job_status(task)
    logger.info("redelivered_job_dup: redelivered:%s status:%s", redelivered, status)
    if not redelivered:
        return False
    if status == "job-started":
        logger.info("Allowing process_events time to process")
        time.sleep(60)
        status = get_job_status(task)
    if status == "job-started":
        return get_worker_status(get_task_worker(task)) is not None
    return status == "job-completed"


def handle_signals(states):
    """A signal is the job's last state, with HYSDS_HANDLE_SIGNALS."""

    def handler(number, _):
        error = f"Signal handler for run_job() caught signal {number}."
        status = states.failed(error, signum=number)
        status["status"] = f"job-{SIGNALS[number]}"
        log_job_status(status)
        raise WorkerExecutionError(error, status)

    for number in SIGNALS:
        signal.signal(number, handler)


def acquired(job, states):
    """The job's lock, or None for a double that must not run."""
    break_stale_lock(states.payload_id)
    lock = JobLock(states.payload_id, job["task_id"], states.worker)
    if lock.acquire(wait_time=30):
        lock.start_heartbeat()
        return lock
    holder = lock.record() or "unknown (lock released)"
    if not job["delivery_info"].get("redelivered", False):
        states.refuse(f"Job {states.payload_id} already running ({holder})")
    message = f"Redelivered job for payload {states.payload_id} - lock held by {holder}."
    log_job_status(states.full("job-deduped", dedup_msg=message))
    return None


@app.task
def run_job(job, queue_when_finished=True):
    request = run_job.request
    if is_revoked(request.id):
        app.control.revoke(request.id, terminate=True)
    job["task_id"], job["delivery_info"] = request.id, request.delivery_info
    states = JobStates(job, request.hostname)
    if app.conf.HYSDS_HANDLE_SIGNALS:
        handle_signals(states)
    workers = os.path.join(app.conf.ROOT_WORK_DIR, "workers")
    try:
        makedirs(workers)
    except OSError as error:
        status = states.failed(error, traceback.format_exc())
        log_job_status(status)
        raise WorkerExecutionError(str(error), status) from error
    states.drain_file = os.path.join(workers, f"{request.hostname}.failures.json")
    lock = None
    if app.conf.get("ENABLE_JOB_LOCKING", False):
        lock = acquired(job, states)
        if lock is None:
            return states.full("job-deduped")
    elif redelivered_job_dup(job):
        logger.info("Encountered duplicate redelivered job:%s", json.dumps(job))
        return states.brief("job-deduped")
    log_task_worker(request.id, request.hostname)
    try:
        return worked(job, states, queue_when_finished)
    finally:
        if lock is not None:
            lock.release()


def worked(job, states, queue_when_finished):
    """Runs the job, publishes what it made, writes its last state and has its rules asked."""
    files = JobFiles(job, states)
    status = JobExecution(job, states, files).run()
    try:
        for name in post_processors(job, status):
            logger.info("Running post-processor: %s", name)
            function_named(name)(job, states.context)
    except Exception as error:
        status = states.failed(error, traceback.format_exc())
    message = files.text("_alt_msg.txt")
    if message is not None:
        status["msg"] = [short_error(line) for line in message.splitlines(keepends=True)]
    details = files.text("_alt_msg_details.txt")
    if details is not None:
        status["msg_details"] = details
    states.attempt(close, job, states, files, status, queue_when_finished)
    if status["status"] == "job-failed":
        states.fail(status)
    return {**states.brief(status["status"]), "job_url": job["job_info"]["job_url"]}


def post_processors(job, status):
    specification = job.get("params", {}).get("job_specification", {})
    without = specification.get("disable_post_builtins", False) or status["status"] == "job-deduped"
    return [*(() if without else POST_PROCESSORS), *specification.get("post", [])]


def close(job, states, files, status, queue_when_finished):
    files.done()
    log_job_info(job)
    log_job_status(status)
    if queue_when_finished is True:
        index = job.get("job_info", {}).get("index")
        failed = status["status"] == "job-failed"
        queue_finished_job(states.payload_id, index="job_failed" if failed else index)


def mark_done(root, job_id):
    """Leaves `.done` in the directory of a revoked job, so that it may be cleaned up."""
    for directory, names, _ in os.walk(root, followlinks=True):
        if job_id not in names:
            continue
        running, done = (os.path.join(directory, job_id, name) for name in (".running", ".done"))
        if not os.path.exists(done):
            if os.path.exists(running):
                os.rename(running, done)
            with open(done, "w") as stream:
                stream.write(now() + "\n")
        return


@task_revoked.connect(sender=run_job)
def on_revoked(request, signum=None, **_):
    """Writes job-revoked, by the worker that held the job or met it later."""
    job = request.args[0]
    number = int(signum) if signum is not None else 0
    states = JobStates(job, request.hostname)
    error = f"Job was revoked with signal {number}."
    log_job_status({**states.failed(error, signum=number), "status": "job-revoked"})
    mark_done(app.conf.ROOT_WORK_DIR, job["job_id"])
