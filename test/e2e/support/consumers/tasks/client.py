"""Sends tasks and reads results: `client.py COMMAND JSON`, and one line of JSON as the answer."""

import glob
import json
import os
import signal
import sys
import time

from hysds.job_worker import run_job
from hysds.celery import app
from hysds.task_worker import clock, echo


def round_trip(queues, timeout):
    """Sends a task to each queue and waits for all results."""
    sent = {queue: echo.apply_async((queue,), queue=queue) for queue in queues}
    return {queue: result.get(timeout=timeout) for queue, result in sent.items()}


def submit(queue, log, jobs):
    """Queues jobs of {name, seconds, priority, contained}; returns their task ids."""
    return [
        run_job.apply_async(
            (log, job["name"], job.get("seconds"), job.get("contained", False)),
            queue=queue,
            priority=job.get("priority", 0),
        ).id
        for job in jobs
    ]


def revoke(task_id):
    """As Mozart does it."""
    app.control.revoke(task_id, terminate=True)


def offline(timeout):
    """The first node that is said to be offline."""
    nodes = []

    def note(event):
        nodes.append(event["hostname"])
        receiver.should_stop = True

    with app.connection() as connection:
        receiver = app.events.Receiver(connection, handlers={"worker-offline": note})
        receiver.capture(timeout=timeout)
    return nodes


def kill(slot, what):
    """Ends at once `everything` of a worker, as its container's end does, its `parent`, or the parent's `child`."""
    mark = f"HYSDS_WORKER_SLOT={slot}".encode()
    own = {process: parent for process, parent, variables in _own_processes() if mark in variables}
    parents = [process for process, parent in own.items() if parent not in own]
    children = [process for process, parent in own.items() if parent in parents]
    victims = {"everything": list(own), "parent": parents, "child": children}[what]
    for process in victims:
        os.kill(process, signal.SIGKILL)
    return len(victims)


def _own_processes():
    """Id, parent and variables of the processes that have this configuration."""
    mark = f"PYTHONPATH={os.environ['PYTHONPATH']}".encode()
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            with open(f"{folder}/environ", "rb") as file:
                variables = file.read().split(b"\0")
            with open(f"{folder}/stat") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        except OSError:  # It has ended.
            continue
        if mark in variables:
            yield int(os.path.basename(folder)), parent, variables


def results(ids, timeout):
    return [run_job.AsyncResult(task_id).get(timeout=timeout) for task_id in ids]


def throughput(queue, workers, processes, tasks, timeout):
    """Tasks a second from the first to the last of a queue that is full when its workers turn to it."""
    deadline = time.time() + timeout
    while len(app.control.ping(timeout=5, limit=workers)) < workers:
        if time.time() > deadline:
            raise TimeoutError(f"fewer than {workers} workers")
    _clocks(queue, 10 * processes, timeout)
    answers = app.control.cancel_consumer(queue, reply=True, timeout=timeout, limit=workers)
    if len(answers) < workers:
        raise TimeoutError("a worker still takes tasks")
    times = _clocks(queue, tasks, timeout, before_results=lambda: app.control.add_consumer(queue))
    return (tasks - 1) / (max(times) - min(times))


def _clocks(queue, tasks, timeout, before_results=lambda: None):
    sent = [clock.apply_async(queue=queue) for _ in range(tasks)]
    before_results()
    return [result.get(timeout=timeout) for result in sent]


def memory():
    """Memory of all workers of this configuration, each shared page counted once, MiB."""
    own = f"PYTHONPATH={os.environ['PYTHONPATH']}".encode()
    total = 0
    for process in glob.glob("/proc/[0-9]*"):
        try:
            with open(f"{process}/environ", "rb") as file:
                is_own = own in file.read().split(b"\0")
            with open(f"{process}/cmdline", "rb") as file:
                is_worker = b"worker" in file.read().split(b"\0")
            if is_own and is_worker:
                with open(f"{process}/smaps_rollup") as file:
                    total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:  # It has ended.
            pass
    return total // 1024


def redis_pools():
    """Opens the Redis addresses as HySDS does, with its own wish not to verify certificates."""
    import celeryconfig
    from redis import BlockingConnectionPool, ConnectionPool, StrictRedis

    ciphers = celeryconfig.broker_use_ssl.get("ciphers")
    pools = [
        BlockingConnectionPool.from_url(url=celeryconfig.REDIS_JOB_STATUS_URL, ssl_cert_reqs="none"),
        BlockingConnectionPool.from_url(url=celeryconfig.REDIS_JOB_INFO_URL, ssl_cert_reqs="none"),
        ConnectionPool.from_url(celeryconfig.REDIS_UNIX_DOMAIN_SOCKET),
    ]
    return [StrictRedis(connection_pool=pool, ssl_ciphers=ciphers).ping() for pool in pools]


if __name__ == "__main__":
    commands = [kill, memory, offline, redis_pools, results, revoke, round_trip, submit, throughput]
    command = {each.__name__: each for each in commands}
    print(json.dumps(command[sys.argv[1]](**json.loads(sys.argv[2]))))
