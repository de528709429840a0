"""How a job's states are written, and what a failure does: hysds/hysds hysds/job_worker.py."""

import json
import os
import time
import traceback

from hysds.celery import app
from hysds.log_utils import log_custom_event, log_job_status, logger
from hysds.utils import short_error

#: Failures a second in a row beyond which a worker is taken for broken, and ended.
FAILURE_RATE = app.conf.WORKER_CONTIGUOUS_FAILURE_THRESHOLD / app.conf.WORKER_CONTIGUOUS_FAILURE_TIME


class WorkerExecutionError(Exception):
    def __init__(self, message, job_status=None):
        super().__init__(message)
        self.job_status = job_status


class JobStates:
    """States of one job on one worker."""

    def __init__(self, job, worker):
        info = job["job_info"]
        self.job, self.worker = job, worker
        self.context = job.get("context", {})
        self.payload_id = info["job_payload"]["payload_task_id"]
        self.payload_hash, self.dedup = info["payload_hash"], info["dedup"]
        self.drain_file = None

    def brief(self, status):
        return {
            "uuid": self.job["task_id"],
            "job_id": self.job["job_id"],
            "payload_id": self.payload_id,
            "payload_hash": self.payload_hash,
            "dedup": self.dedup,
            "status": status,
            "celery_hostname": self.worker,
        }

    def full(self, status, **more):
        return {**self.brief(status), "job": self.job, "context": self.context, **more}

    def failed(self, error, trace=None, **more):
        text = str(error)
        return self.full(
            "job-failed",
            error=text,
            short_error=short_error(text),
            traceback=trace or text,
            **more,
        )

    def fail(self, status):
        """Writes the failure and raises it; ends the worker that has nothing but failures."""
        log_job_status(status)
        if self.draining(status):
            log_custom_event("worker_anomaly", "job_drain", status)
            os.unlink(self.drain_file)
            app.control.broadcast("shutdown", destination=[self.worker])
            time.sleep(30)
        raise WorkerExecutionError(status["error"], status)

    def refuse(self, error):
        self.fail(self.failed(error))

    def attempt(self, function, *arguments):
        """Calls it; an error is the job's."""
        try:
            return function(*arguments)
        except Exception as error:
            self.fail(self.failed(error, traceback.format_exc()))

    def draining(self, status):
        """Counts failures in a row in a file below `workers`."""
        if status["status"] != "job-failed":
            return False
        record = {"count": 0, "starttime": time.time(), "pid": os.getpid()}
        if os.path.exists(self.drain_file):
            with open(self.drain_file) as stream:
                before = json.load(stream)
            record = before if before["pid"] == os.getpid() else record
        record["count"] += 1
        with open(self.drain_file, "w") as stream:
            json.dump(record, stream, indent=2, sort_keys=True)
        elapsed = max(time.time() - record["starttime"], 1e-6)
        logger.info("failures in a row: %s", record)
        many = record["count"] > app.conf.WORKER_CONTIGUOUS_FAILURE_THRESHOLD
        return many and record["count"] / elapsed >= FAILURE_RATE
