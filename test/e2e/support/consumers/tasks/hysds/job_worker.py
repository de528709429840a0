import os
import shlex
import subprocess
import time

from billiard import Process
from hysds.celery import app
from hysds.log_utils import get_task_worker, log_task_worker


@app.task(bind=True)
def run_job(self, log, name, seconds, contained=False):
    """A job that leaves signs of its begin and end in a file, by itself or by a container."""
    redelivered = self.request.delivery_info["redelivered"]
    if contained:
        if redelivered and _worker_lives(get_task_worker(self.request.id)):
            return "dropped"
        log_task_worker(self.request.id, self.request.hostname)
        return _run_container(log, name)
    _append(log, f"start {name} {os.getpid()} {'again' if redelivered else 'first'}")
    time.sleep(seconds)
    _append(log, f"end {name}")
    return name


def _worker_lives(worker):
    """redelivered_job_dup of HySDS asks Redis, where each heartbeat is known for a minute; this asks the worker."""
    return bool(app.control.ping(destination=[worker], timeout=2))


def _run_container(log, name):
    """As MonitoredRunner of HySDS: a process of its own starts the client, in a session of its own.

    The container runs until there is a file LOG.NAME.
    """
    place = os.path.join(os.environ["HYSDS_ROOT_WORK_DIR"], "jobs", f"{name}-{time.time()}")
    os.makedirs(place)
    script = f"echo start {name} >> {log}; until test -e {log}.{name}; do sleep 0.1; done; echo end {name} >> {log}"
    client = shlex.split(os.environ["HYSDS_ENGINE_CLIENT"])
    runner = Process(target=_wait_for, args=([*client, "run", "-w", place, "image", "sh", "-c", script],))
    runner.start()
    runner.join()
    return name


def _wait_for(command):
    subprocess.Popen(command, preexec_fn=os.setsid).wait()


def _append(log, line):
    with open(log, "a") as file:
        file.write(line + "\n")
