"""Ends what a job leaves behind whose worker process is gone; job workers load it by `--include job_leftovers`.

A container engine runs containers on when the client that started them dies: after a crash of the worker, after a
revoke and after a hard time limit, which kill Celery's child alone. HySDS runs one job at a time in each worker, by a
client that lives as long as its job. So of two things nothing is left to wait for: processes of this worker that do
not descend from it, and containers in a job's directory whose client is dead.
"""

import logging
import os
import shlex
import signal
import subprocess
import threading
from pathlib import Path

from celery.exceptions import Terminated, TimeLimitExceeded, WorkerLostError
from celery.signals import task_prerun, worker_init
from celery.worker.request import Request
from hysds.job_worker import run_job
from hysds.log_utils import log_task_worker

logger = logging.getLogger(__name__)

# The client as hysds.containers calls it.
CLIENT = shlex.split(os.environ["HYSDS_ENGINE_CLIENT"])
CLIENT_SECONDS = 60
JOBS = os.path.join(os.environ["HYSDS_ROOT_WORK_DIR"], "jobs", "")
# Only what descends from this worker has it: the container's own variables are those of probes and shells, too.
MARK = f"HYSDS_WORKER_SLOT={os.environ['HYSDS_WORKER_SLOT']}".encode()
# A child that was killed is gone by then.
REAP_SECONDS = 2
LOST = "lost"


def processes():
    """Process ids of this container."""
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


def words(process, file):
    """The words of a file in /proc that separates them by NUL; none when the process has ended or is not ours."""
    try:
        return Path(f"/proc/{process}/{file}").read_bytes().split(b"\0")
    except OSError:
        return []


def parent(process):
    try:
        # "PID (NAME) STATE PPID …", and a name may have anything in it.
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def lineage(process):
    """The process and its ancestors."""
    while process > 0:
        yield process
        process = parent(process)


def end_processes(worker):
    """Kills the processes of this slot that neither descend from the worker nor lead to it."""
    kept = set(lineage(worker))
    for process in processes():
        if MARK in words(process, "environ") and process not in kept and worker not in lineage(process):
            logger.warning("Ending process %d, which a job left: %s", process, words(process, "cmdline")[:3])
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass


def engine(*arguments):
    """Lines that the engine's client prints. It fails where a container has ended in the meantime."""
    done = subprocess.run(
        [*CLIENT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=CLIENT_SECONDS
    )
    if done.returncode != 0:
        logger.info("%s: %s", arguments[0], done.stderr.strip())
    return done.stdout.splitlines()


def containers():
    """Directory of each job's container, by its id."""
    ids = engine("ps", "--all", "--quiet", "--no-trunc")
    lines = engine("inspect", "--format", "{{.Id}} {{.Config.WorkingDir}}", *ids) if ids else []
    places = dict(line.split(" ", 1) for line in lines)
    return {container: place for container, place in places.items() if place.startswith(JOBS)}


def directories_of_clients():
    """Job directories of the clients that live: hysds.containers names one behind `-w`."""
    commands = [words(process, "cmdline") for process in processes()]
    return {
        os.fsdecode(command[command.index(b"-w") + 1])
        for command in commands
        if b"-w" in command[:-1]
    }


def end_containers():
    """Removes the containers of jobs whose client is dead."""
    # In this order: a client lives before its container does.
    found = containers()
    alive = directories_of_clients()
    left = [
        container
        for container, place in found.items()
        if not any(place == job or place.startswith(f"{job}/") for job in alive)
    ]
    if left:
        logger.warning("Ending containers that jobs left: %s", {each: found[each] for each in left})
        engine("rm", "--force", *left)


def end_leftovers(worker):
    end_processes(worker)
    try:
        end_containers()
    except (OSError, subprocess.SubprocessError) as error:
        logger.warning("The container engine does not answer: %s", error)


@worker_init.connect
def end_those_of_predecessor(**_):
    end_leftovers(os.getpid())


@task_prerun.connect(sender=run_job)
def end_those_of_last_job(**_):
    end_leftovers(os.getppid())


class JobRequest(Request):
    """What Celery does when the child that runs a job is gone: revoked, over its hard time limit, out of memory.

    https://docs.celeryq.dev/en/stable/userguide/tasks.html#requests-and-custom-requests
    """

    def on_failure(self, exc_info, send_failed_event=True, return_ok=False):
        if issubclass(exc_info.type, (Terminated, TimeLimitExceeded, WorkerLostError)):
            threading.Timer(REAP_SECONDS, end_leftovers, [os.getpid()]).start()
        if issubclass(exc_info.type, WorkerLostError):
            # HySDS drops a job that is delivered again while the worker that had it lives, as this one does.
            log_task_worker(self.id, LOST)
        super().on_failure(exc_info, send_failed_event, return_ok)


run_job.Request = JobRequest
