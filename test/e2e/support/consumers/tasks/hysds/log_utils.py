"""Which worker has a task, in Redis under the key of HySDS's log_utils.py."""
from hysds.celery import app
from redis import StrictRedis

KEY = "hysds-task-worker-%s"


def log_task_worker(task_id, worker):
    StrictRedis.from_url(app.conf.REDIS_JOB_STATUS_URL).setex(KEY % task_id, 3600, worker)


def get_task_worker(task_id):
    worker = StrictRedis.from_url(app.conf.REDIS_JOB_STATUS_URL).get(KEY % task_id)
    return worker and worker.decode()
