"""Sends tasks and reads results: `client.py COMMAND JSON`, and one line of JSON as the answer."""

import json
import sys

from hysds.job_worker import run_job
from hysds.task_worker import echo


def round_trip(queues, timeout):
    """Sends a task to each queue and waits for all results."""
    sent = {queue: echo.apply_async((queue,), queue=queue) for queue in queues}
    return {queue: result.get(timeout=timeout) for queue, result in sent.items()}


def submit(queue, log, jobs):
    """Queues jobs of {name, seconds, priority}; returns their task ids."""
    return [
        run_job.apply_async((log, job["name"], job["seconds"]), queue=queue, priority=job.get("priority", 0)).id
        for job in jobs
    ]


def results(ids, timeout):
    return [run_job.AsyncResult(task_id).get(timeout=timeout) for task_id in ids]


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
    command = {"round_trip": round_trip, "submit": submit, "results": results, "redis_pools": redis_pools}
    print(json.dumps(command[sys.argv[1]](**json.loads(sys.argv[2]))))
